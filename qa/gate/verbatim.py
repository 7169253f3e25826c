"""Whether a drafted sentence is one or more whole sentences of the record: then no rule over words has anything to ask.

Part of a sentence does not count: "the bus will run" stands in "nobody believes the bus will run".
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.asides import asides
from index.text.sentences import sentences
from qa.gate.evidence import Evidence, Stretch

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "‑": "-", "\u2060": ""})


def is_verbatim(text: str, evidence: Evidence) -> bool:
    """Whether `text`, but for case, marks, spacing and asides, is whole sentences of one stretch."""
    wanted = _words(text)
    return bool(wanted) and any(_holds(stretch, wanted) for stretch in evidence.stretches)


def _holds(stretch: Stretch, wanted: str) -> bool:
    text = stretch.text
    if wanted not in _words(text) and wanted not in _words(without_asides(text)):
        return False
    if wanted in (_words(text), _words(without_asides(text))):
        return True
    turn = stretch.transcript.turn_at(stretch.span.start)
    begins = stretch.transcript.spans[turn].start
    cues = tuple(mark[0] for mark in stretch.turn.marks)
    whole = _sentences(stretch.turn.text, stretch.transcript.language, cues)
    cited = [one for at, *one in whole if stretch.span.start <= at + begins < stretch.span.end]
    return any(
        wanted in (" ".join(one[0] for one in cited[first:last]), " ".join(one[1] for one in cited[first:last]))
        for first in range(len(cited))
        for last in range(first + 1, first + 9)
    )


@lru_cache(maxsize=256)
def _sentences(text: str, language: str | None, cues: tuple[int, ...]) -> tuple[tuple[int, str, str], ...]:
    """Where each sentence that is speech begins, its words, and those without asides."""
    whole = (one for one in sentences(text, language, cues) if not one.aside)
    said = ((one.start, text[one.start : one.end]) for one in whole)
    return tuple((start, _words(words), _words(without_asides(words))) for start, words in said)


@lru_cache(maxsize=20_000)
def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.translate(_PLAIN).casefold()))


@lru_cache(maxsize=20_000)
def without_asides(text: str) -> str:
    """`text` without stage directions and editors' insertions."""
    for aside in reversed(asides(text)):
        text = text[: aside.start] + " " + text[aside.end :]
    return text
