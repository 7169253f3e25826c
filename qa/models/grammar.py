"""Grammars (llama.cpp's GBNF) that hold a model to the sentence numbers it was shown.

That makes a citation well formed, not true: whether the sentence bears anything out, the gate sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from prompts import DROP, MOST, NO_ANSWER, Number

_SENTENCES = 8
"""Sentences of a reply in prose at most; as many as a repair may ask for."""

_LONGEST = 400
"""Characters of a sentence, an abbreviation counted as one."""

_MARKERS = 3
"""Markers behind one sentence."""

_ABBREVIATIONS = ("Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Gen.", "Sen.", "Rep.", "Gov.", "No.", "U.S.", "a.m.", "p.m.")
"""What ends in a full stop and goes on."""


def pointing(numbers: Sequence[Number]) -> str:
    """Up to five of `numbers`, one a line, or NO ANSWER."""
    return "\n".join(
        (
            f'root ::= "{NO_ANSWER}" | marker ("\\n" marker){{0,{MOST - 1}}}',
            _marker(numbers),
        )
    )


def prose(numbers: Sequence[Number]) -> str:
    """Sentences that each end in one to three of `numbers`, DROP in place of one, or NO ANSWER.

    A full stop within a sentence is followed by no space but after an abbreviation, so that none
    goes without a number. One that finds no end is broken off with an ellipsis and without a
    number, so that it is never taken for a whole one.
    """
    return "\n".join(
        (
            f'root ::= "{NO_ANSWER}" | line ([ \\n] line){{0,{_SENTENCES - 1}}}',
            f'line ::= sentence | endless | "{DROP}"',
            f'sentence ::= part{{1,{_LONGEST}}} [.!?]? ["”]? " "? marker{{1,{_MARKERS}}} "."?',
            f'endless ::= part{{{_LONGEST}}} "…"',
            f"part ::= [^\\x5B\\x5D.!?\\n] | [.!?] [^\\x5B\\x5D.!?\\n \"”] | {_either(_ABBREVIATIONS, ' ')}",
            _marker(numbers),
        )
    )


def _marker(numbers: Sequence[Number]) -> str:
    passages = [
        f'"{passage}." ({_either([str(sentence) for _, sentence in group])})'
        for passage, group in groupby(numbers, key=lambda number: number[0])
    ]
    return f'marker ::= "[" ({" | ".join(passages)}) "]"'


def _either(words: Sequence[str], after: str = "") -> str:
    return " | ".join(f'"{word}{after}"' for word in words)
