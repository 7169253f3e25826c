"""Quotations: what a drafted sentence puts between quotation marks must stand in what it cites, word for word.

In: a drafted sentence and its evidence. Out: a fault where a quotation stands, by the ladder, in no
single stretch; its detail says which and, where the record comes near, what it really says.
Nothing is glued over two stretches; over an omission that is marked a quotation may go on in a later one
of the same turn. Words left out of the middle of a sentence may not be those
that negate it ("we will … raise taxes" of "we will not raise taxes").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from index.text.difference import Run, difference, nearest
from index.text.ladder import Place, find, normalised, places
from index.text.quoted import Quotation, quoted
from index.text.sentences import Sentence, sentences
from index.transcript import Span
from qa.gate.evidence import Evidence, Stretch
from qa.gate.fault import Fault

__all__ = ["Placement", "Quotation", "Run", "difference", "fault", "is_verbatim", "quoted"]

_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|hardly|cannot)\b|n['’]t\b", re.I)
_SENTENCE_ENDED = re.compile(r"[.!?][\"'”’)\]]*\s")
_WORD = re.compile(r"\w")
_LONGEST_SHOWN = 200
"""Characters of a quotation in a detail."""


class Placement(Struct, frozen=True, eq=False):
    """Where a drafted sentence stands: a span of the transcript of `stretch`, within it."""

    stretch: Stretch
    span: Span


def fault(text: str, evidence: Evidence) -> Fault | None:
    """Whether a quotation in `text` does not stand in `evidence`; the first that doesn't is named."""
    for quotation in quoted(text):
        alone = any(_stands(quotation.text, stretch.text) for stretch in evidence.stretches)
        if not alone and not any(_spans(quotation.text, turn) for turn in _turns(evidence)):
            return Fault("quotation_not_found", _detail(quotation.text, evidence))
    return None


def is_verbatim(text: str, evidence: Evidence) -> Placement | None:
    """Where all of `text` is one or several whole sentences of a stretch; None where it is anything else.

    Part of a sentence does not count: "the bus will run" stands in "nobody believes that the bus will run".
    """
    said = _unquoted(text)
    for stretch in evidence.stretches:
        for place in places(said, stretch.text):
            if len(place.pieces) == 1 and _is_whole(stretch, place.span):
                return Placement(stretch, place.span.moved(stretch.span.start))
    return None


def _stands(quotation: str, text: str) -> bool:
    return any(_omitted_negation(place, text) is None for place in places(quotation, text))


def _turns(evidence: Evidence) -> list[list[Stretch]]:
    """The stretches, turn by turn, of the turns of which several are cited."""
    turns: dict[tuple[int, int], list[Stretch]] = {}
    for stretch in evidence.stretches:
        at = id(stretch.transcript), stretch.transcript.turn_at(stretch.span.start)
        turns.setdefault(at, []).append(stretch)
    return [several for several in turns.values() if len(several) > 1]


def _spans(quotation: str, stretches: Sequence[Stretch]) -> bool:
    """Whether each piece of `quotation`, in order, stands in one of these stretches of a turn."""
    start, end = min(one.span.start for one in stretches), max(one.span.end for one in stretches)
    return any(
        len(place.pieces) > 1
        and all(any(one.span.contains(piece.moved(start)) for one in stretches) for piece in place.pieces)
        for place in places(quotation, stretches[0].transcript.text[start:end])
    )


def _omitted_negation(place: Place, text: str) -> str | None:
    """A word that `place` leaves out and that turns what is quoted of the sentence into its opposite."""
    for gap in place.gaps:
        omitted = text[gap.start : gap.end]
        negation = _NEGATION.search(omitted)
        if negation and not _SENTENCE_ENDED.search(omitted):
            return negation.group()
    return None


def _detail(quotation: str, evidence: Evidence) -> str:
    shown = f"“{_cut(quotation)}”"
    for text in evidence.texts:
        place = find(quotation, text)
        omitted = _omitted_negation(place, text) if place else None
        if omitted:
            return f"{shown} leaves out “{omitted}” of what is cited"
    near = [(found, text) for text in evidence.texts if (found := nearest(quotation, text))]
    if not near:
        return f"{shown} does not stand in what is cited"
    found, text = min(near, key=lambda one: one[0].changes)
    return f"{shown} does not stand in what is cited, which says “{_cut(text[found.span.start : found.span.end])}”"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def _unquoted(text: str) -> str:
    """`text` without the quotation marks around all of it."""
    inner = quoted(text)
    outside = text[: inner[0].span.start] + text[inner[0].span.end :] if len(inner) == 1 else text
    return text if _WORD.search(outside) or not inner else inner[0].text


def _is_whole(stretch: Stretch, span: Span) -> bool:
    """Whether `span` of the stretch's text begins where a sentence begins and ends where one ends."""
    if not _says(stretch.text[: span.start]) and _ends(stretch.text[span.end :]):
        return True
    turn = stretch.turn
    begins = stretch.span.start - stretch.transcript.spans[stretch.transcript.turn_at(stretch.span.start)].start
    whole = _sentences(turn.text, stretch.transcript.language, tuple(mark[0] for mark in turn.marks))
    start, end = span.start + begins, span.end + begins
    first = max((one.start for one in whole if one.start <= start), default=0)
    last = min((one.end for one in whole if one.end >= end), default=len(turn.text))
    return not _says(turn.text[first:start]) and _ends(turn.text[end:last])


def _ends(text: str) -> bool:
    """Whether nothing is said in `text`, the rest of a sentence, and it makes no question of what was."""
    return "?" not in text and not _says(text)


def _says(text: str) -> bool:
    """Whether there is a word in `text` that is no aside."""
    return _WORD.search(normalised(text).text) is not None


@lru_cache(maxsize=256)
def _sentences(text: str, language: str | None, cues: tuple[int, ...]) -> tuple[Sentence, ...]:
    return tuple(one for one in sentences(text, language, cues) if not one.aside)
