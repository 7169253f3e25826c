"""A stretch of a transcript: as many whole turns as are wanted at once, and where to go on."""

from __future__ import annotations

from msgspec import Struct

from index.store import Summary
from index.transcript import Transcript


class ExcerptTurn(Struct, frozen=True, kw_only=True):
    """What of one turn is in it. Offsets are code points into the transcript's text, `start` is in seconds."""

    label: str | None
    speaker: str | None
    start_char: int
    end_char: int
    start: float | None
    text: str


class Excerpt(Struct, frozen=True, kw_only=True):
    """`text[start_char:end_char]` of a transcript of `length` characters; `next_char` None where it ends."""

    transcript: Summary
    digest: str
    start_char: int
    end_char: int
    length: int
    next_char: int | None
    turns: tuple[ExcerptTurn, ...]


def excerpt(summary: Summary, transcript: Transcript, start: int, characters: int) -> Excerpt:
    """From `start` on up to `characters`: to the end of a turn, or of a word in a turn that is longer than that."""
    text = transcript.text
    start = min(start, len(text))
    end = _end(transcript, start, min(start + characters, len(text)))
    turns = [
        _turn(transcript, at, max(start, span.start), min(end, span.end))
        for at, span in enumerate(transcript.spans)
        if span.start < end and start < span.end
    ]
    return Excerpt(
        transcript=summary,
        digest=transcript.digest,
        start_char=start,
        end_char=end,
        length=len(text),
        next_char=end if end < len(text) else None,
        turns=tuple(turns),
    )


def _end(transcript: Transcript, start: int, furthest: int) -> int:
    """The last end of a turn up to `furthest`, else of a word, else that."""
    if furthest == len(transcript.text):
        return furthest
    ends = [span.end for span in transcript.spans if start < span.end <= furthest]
    if ends:
        return ends[-1]
    space = transcript.text.rfind(" ", start + 1, furthest)
    return furthest if space < 0 else space + 1


def _turn(transcript: Transcript, at: int, start: int, end: int) -> ExcerptTurn:
    turn = transcript.turns[at]
    return ExcerptTurn(
        label=turn.label,
        speaker=turn.speaker,
        start_char=start,
        end_char=end,
        start=transcript.second_at(start),
        text=transcript.text[start:end],
    )
