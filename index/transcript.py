"""The nouns of the record: transcript, turn, span, mark.

`Transcript.text` is the canonical text: the turns' texts joined by a blank line and nothing
else. Every offset in Onrecord is a half-open span into it, in Unicode code points. Speaker,
date and seconds are looked up by offset; nothing here guesses any of them.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from functools import cached_property

from msgspec import Struct, json

TURN_BREAK = "\n\n"

Mark = tuple[int, float]
"""A character of a turn's text and the second at which it is said."""


class Span(Struct, frozen=True, order=True):
    """A half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


class Turn(Struct, frozen=True, omit_defaults=True):
    """What one voice says until another speaks.

    `label` is what the file prints; `speaker` is that label, or None where it names nobody.
    `start` and `end` are seconds; `marks` hold the second of characters of `text`, ascending.
    """

    text: str
    label: str | None = None
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    marks: tuple[Mark, ...] = ()


class Speaker(Struct, frozen=True, omit_defaults=True):
    """A label and the person the record itself says is behind it, if it does."""

    label: str
    name: str | None = None


class Outside(Struct, frozen=True):
    """Text of the file that is nobody's speech, and where it stood ("line 3", "before the speech")."""

    text: str
    where: str


class Transcript(Struct, frozen=True, dict=True, kw_only=True):
    """One event of the record, as read: who said what, in order."""

    turns: tuple[Turn, ...]
    id: str | None = None
    title: str | None = None
    date: str | None = None
    collection: str | None = None
    source: str | None = None
    media: str | None = None
    language: str | None = None
    speakers: tuple[Speaker, ...] = ()
    outside: tuple[Outside, ...] = ()

    @cached_property
    def text(self) -> str:
        """The canonical text into which every offset points."""
        return TURN_BREAK.join(turn.text for turn in self.turns)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where each turn stands in `text`, one for one with `turns`, empty ones too."""
        spans, at = [], 0
        for turn in self.turns:
            spans.append(Span(at, at + len(turn.text)))
            at += len(turn.text) + len(TURN_BREAK)
        return tuple(spans)

    @cached_property
    def digest(self) -> str:
        """`sha256:` of text, turn spans and labels: the same speech by the same voices."""
        spoken = [(turn.label, span.start, span.end) for turn, span in zip(self.turns, self.spans)]
        return "sha256:" + hashlib.sha256(json.encode([self.text, spoken])).hexdigest()

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]

    @cached_property
    def names(self) -> dict[str, str]:
        """Label -> the person behind it, where the record says so."""
        return {speaker.label: speaker.name for speaker in self.speakers if speaker.name}

    def turn_at(self, offset: int) -> int:
        """The index of the turn in which the character at `offset` stands (or after which)."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def second_at(self, offset: int) -> float | None:
        """The second of the last mark at or before `offset` in its turn, else the turn's start."""
        index = self.turn_at(offset)
        turn, local = self.turns[index], offset - self._starts[index]
        known = bisect_right(turn.marks, local, key=lambda mark: mark[0])
        return turn.marks[known - 1][1] if known else turn.start

    def second_after(self, offset: int) -> float | None:
        """The second at which what stands before `offset` is over: the next mark, else the turn's end."""
        index = self.turn_at(max(0, offset - 1))
        turn, local = self.turns[index], offset - self._starts[index]
        following = bisect_right(turn.marks, local - 1, key=lambda mark: mark[0])
        return turn.marks[following][1] if following < len(turn.marks) else turn.end
