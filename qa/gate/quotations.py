"""Quotations: what a drafted sentence puts between quotation marks must stand in what it cites, word for word.

In: a drafted sentence and its evidence. Out: a fault where a quotation stands, by the ladder, in no
single stretch; its detail says which and, where the record comes near, what it really says.
Nothing is glued over two stretches; over an omission that is marked a quotation may go on in a later one
of the same turn. Words left out of the middle of a sentence may not be those
that negate it ("we will … raise taxes" of "we will not raise taxes"), nor may they be left outside of the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.text.difference import nearest
from index.text.ladder import Place, find, places
from index.text.quoted import quoted
from index.transcript import Span, Transcript
from qa.gate.denied import left_outside
from qa.gate.evidence import Evidence, Stretch
from qa.gate.fault import Fault

__all__ = ["fault", "quoted"]

_NEGATION = re.compile(r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|hardly|cannot)\b|n['’]t\b", re.I)
_SENTENCE_ENDED = re.compile(r"[.!?][\"'”’)\]]*\s")
_WORD = re.compile(r"\w")
_LONGEST_SHOWN = 200
"""Characters of a quotation in a detail."""


def fault(text: str, evidence: Evidence) -> Fault | None:
    """Whether a quotation in `text` does not stand in `evidence`; the first that doesn't is named."""
    for quotation in quoted(text):
        standing = [*_within(quotation.text, evidence), *_over(quotation.text, evidence)]
        if not standing:
            return Fault("quotation_not_found", _detail(quotation.text, evidence))
        denying = [left_outside(text, quotation, transcript, span) for transcript, span in standing]
        if all(denying):
            shown = f"“{_cut(quotation.text)}”"
            return Fault("negation", f"the cited words do not say {shown}, before or after which “{denying[0]}” stands")
    return None


def _within(quotation: str, evidence: Evidence) -> Iterator[tuple[Transcript, Span]]:
    """Where it stands in one stretch."""
    for stretch in evidence.stretches:
        for place in places(quotation, stretch.text):
            if _omitted_negation(place, stretch.text) is None:
                yield stretch.transcript, place.span.moved(stretch.span.start)


def _over(quotation: str, evidence: Evidence) -> Iterator[tuple[Transcript, Span]]:
    """Where it stands over several stretches of a turn."""
    for turn in _turns(evidence):
        for span in _spans(quotation, turn):
            yield turn[0].transcript, span


def _turns(evidence: Evidence) -> list[list[Stretch]]:
    """The stretches, turn by turn, of the turns of which several are cited."""
    turns: dict[tuple[int, int], list[Stretch]] = {}
    for stretch in evidence.stretches:
        at = id(stretch.transcript), stretch.transcript.turn_at(stretch.span.start)
        turns.setdefault(at, []).append(stretch)
    return [several for several in turns.values() if len(several) > 1]


def _spans(quotation: str, stretches: Sequence[Stretch]) -> Iterator[Span]:
    """Where each piece of `quotation`, in order, stands in one of these stretches of a turn."""
    start, end = min(one.span.start for one in stretches), max(one.span.end for one in stretches)
    for place in places(quotation, stretches[0].transcript.text[start:end]):
        pieces = [piece.moved(start) for piece in place.pieces]
        if len(pieces) > 1 and all(any(one.span.contains(piece) for one in stretches) for piece in pieces):
            yield place.span.moved(start)


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
