"""Whether a stretch is within a question's own filters: evidence that they shut out can never be cited.

In: filters, the stretch, its transcript, and everybody who speaks in the set, for a name may be stated elsewhere. Out:
None, or what shuts it out. A transcript without a date is not held against `since` and `until`: the file's
reader may have found none where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from eval.datasets.dataset import Evidence
from eval.datasets.folder import Voice
from index.filters import Filters
from index.text.names import meant
from index.transcript import Span, Transcript


def shut_out(filters: Filters, one: Evidence, transcript: Transcript, voices: Sequence[Voice]) -> str | None:
    """The field of `filters` that leaves the stretch `one` of `transcript` out."""
    if filters.transcripts and transcript.id not in filters.transcripts:
        return "transcripts"
    if filters.collections and transcript.collection not in filters.collections:
        return "collections"
    if transcript.date and transcript.date < (filters.since or ""):
        return "since"
    if transcript.date and transcript.date > (filters.until or "9999"):
        return "until"
    if filters.speakers and not _spoken(filters.speakers, one, transcript, voices):
        return "speakers"
    return None


def no_dates(filters: Filters) -> list[str]:
    """The fields of `filters` that should be a day, YYYY-MM-DD, and are none."""
    return [name for name in ("since", "until") if not _is_day(getattr(filters, name))]


def _is_day(text: str | None) -> bool:
    try:
        return text is None or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _spoken(speakers: Sequence[str], one: Evidence, transcript: Transcript, voices: Sequence[Voice]) -> bool:
    """Whether one of `speakers` says a part of the stretch."""
    asked = {voice for voice, is_meant in zip(voices, meant(speakers, voices)) if is_meant}
    stretch = Span(one.start, one.end)
    return any(
        (turn.label, transcript.names.get(turn.label or "")) in asked
        for turn, span in zip(transcript.turns, transcript.spans)
        if span.overlaps(stretch)
    )
