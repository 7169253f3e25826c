"""A whole transcript as programs see it: its summary, its canonical text and the turns as spans of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from index.store.nouns import SummarySpeaker
from index.transcript import Mark, Outside, Transcript

if TYPE_CHECKING:
    from index.store import Summary


class WholeTurn(Struct, frozen=True, kw_only=True):
    """A turn as a span of the text. Offsets are code points, times seconds; `marks` count from its first character."""

    label: str | None
    speaker: str | None
    start_char: int
    end_char: int
    start: float | None
    end: float | None
    marks: tuple[Mark, ...]


class WholeTranscript(Struct, frozen=True, kw_only=True):
    """A summary with the text, and in place of their number the turns, one for one as they were stored."""

    id: str
    title: str | None
    date: str | None
    collection: str | None
    source: str | None
    media: str | None
    language: str | None
    turns: tuple[WholeTurn, ...]
    words: int
    speakers: tuple[SummarySpeaker, ...]
    text: str
    digest: str
    outside: tuple[Outside, ...]


def whole(summary: Summary, transcript: Transcript) -> WholeTranscript:
    """`transcript` with what its `summary` says of it."""
    turns = tuple(
        WholeTurn(
            label=turn.label,
            speaker=turn.speaker,
            start_char=span.start,
            end_char=span.end,
            start=turn.start,
            end=turn.end,
            marks=turn.marks,
        )
        for turn, span in zip(transcript.turns, transcript.spans)
    )
    known = msgspec.structs.asdict(summary) | {"turns": turns}
    return WholeTranscript(**known, text=transcript.text, digest=transcript.digest, outside=transcript.outside)
