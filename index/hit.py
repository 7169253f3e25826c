"""A hit: a ranked passage as users and programs see it, field for field what `search --json` gives."""

from __future__ import annotations

from msgspec import Struct

from index.search import RankedPassage, Ranks
from index.store import View
from index.transcript import Span


class HitTurn(Struct, frozen=True):
    """The stretch of one turn inside a hit."""

    label: str | None
    speaker: str | None
    start_char: int
    end_char: int


class Hit(Struct, frozen=True, kw_only=True):
    """Offsets are code points into the transcript's text, times seconds; `score` compares hits of one search."""

    passage_id: int
    transcript_id: str
    title: str | None
    date: str | None
    start_char: int
    end_char: int
    text: str
    score: float
    ranks: Ranks
    turns: tuple[HitTurn, ...]
    start: float | None
    end: float | None


def hit(view: View, ranked: RankedPassage) -> Hit:
    """`ranked` with its words, speakers and times looked up in the transcript."""
    stored = ranked.stored
    transcript = view.transcript(stored.transcript_id)
    span = Span(stored.passage.start, stored.passage.end)
    turns = range(transcript.turn_at(span.start), transcript.turn_at(max(span.start, span.end - 1)) + 1)
    return Hit(
        passage_id=stored.id,
        transcript_id=stored.transcript_id,
        title=transcript.title,
        date=transcript.date,
        start_char=span.start,
        end_char=span.end,
        text=transcript.text[span.start : span.end],
        score=ranked.score,
        ranks=ranked.ranks,
        turns=tuple(
            HitTurn(
                transcript.turns[at].label,
                transcript.turns[at].speaker,
                max(span.start, transcript.spans[at].start),
                min(span.end, transcript.spans[at].end),
            )
            for at in turns
        ),
        start=transcript.second_at(span.start),
        end=transcript.second_after(span.end),
    )
