"""Evidence: what a drafted sentence cites, as stretches of the record with who said them, when, and where.

In: the passages that were shown and the numbers cited. Out: `Evidence`. Cited sentences that
adjoin in one turn are one stretch, so that a quotation may run over them; nothing else is joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct, structs

from index.transcript import Span, Transcript, Turn
from qa.citing import widened
from qa.shown import Number, ShownPassage, ShownSentence


class Stretch(Struct, frozen=True, eq=False, dict=True):
    """A span of one turn of the transcript stored as `transcript_id`, in the passage by which it was found."""

    transcript_id: str
    transcript: Transcript
    span: Span
    passage_id: int

    @cached_property
    def text(self) -> str:
        """The record's own words."""
        return self.transcript.text[self.span.start : self.span.end]

    @cached_property
    def turn(self) -> Turn:
        return self.transcript.turns[self.transcript.turn_at(self.span.start)]

    @property
    def label(self) -> str | None:
        """What the file prints before the turn."""
        return self.turn.label

    @property
    def name(self) -> str | None:
        """The person whom the record itself puts behind the label."""
        return self.transcript.names.get(self.label) if self.label else None

    def contains(self, other: Stretch) -> bool:
        return self.transcript_id == other.transcript_id and self.span.contains(other.span)

    def wider(self) -> Stretch:
        """With the sentence before it in its turn; itself where there is none."""
        return structs.replace(self, span=widened(self.transcript, self.span))


class Evidence(Struct, frozen=True, eq=False, dict=True):
    """All that one drafted sentence rests on, in the order cited."""

    stretches: tuple[Stretch, ...]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(stretch.text for stretch in self.stretches)

    def wider(self) -> Evidence:
        """Each stretch with the sentence before it."""
        return Evidence(tuple(stretch.wider() for stretch in self.stretches))


def evidence(shown: Sequence[ShownPassage], numbers: Sequence[Number]) -> Evidence:
    """What `numbers`, all of which were shown, stand for."""
    stretches: list[Stretch] = []
    for passage, sentence in _cited(shown, numbers):
        adjoining = next((at for at, one in enumerate(stretches) if _adjoins(one, passage, sentence)), None)
        if adjoining is None:
            stored = passage.ranked.stored
            stretches.append(Stretch(stored.transcript_id, passage.transcript, sentence.span, stored.id))
        else:
            known = stretches[adjoining]
            span = Span(min(known.span.start, sentence.span.start), max(known.span.end, sentence.span.end))
            stretches[adjoining] = structs.replace(known, span=span)
    return Evidence(tuple(stretches))


def _cited(shown: Sequence[ShownPassage], numbers: Sequence[Number]) -> Iterator[tuple[ShownPassage, ShownSentence]]:
    for passage, sentence in dict.fromkeys(numbers):
        yield shown[passage - 1], shown[passage - 1].sentences[sentence - 1]


def _adjoins(stretch: Stretch, passage: ShownPassage, sentence: ShownSentence) -> bool:
    """Whether nothing but white space stands between the two, in one turn; or they are the same words."""
    transcript = passage.transcript
    if stretch.transcript is not transcript or transcript.turn_at(stretch.span.start) != sentence.turn:
        return False
    first, last = sorted((stretch.span, sentence.span))
    return last.start <= first.end or not transcript.text[first.end : last.start].strip()
