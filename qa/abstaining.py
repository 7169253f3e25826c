"""Abstaining before a model is asked: nothing is stored, nobody of that name speaks, no transcript has those dates."""

from __future__ import annotations

from msgspec import structs

from index.filters import Filters
from index.search import Found
from index.store import View
from index.text.names import bears
from qa.models import Declined


def nothing_to_search(view: View, found: Found, filters: Filters) -> Declined | None:
    """Why nothing of the archive can answer under `filters`, or None where something may."""
    if not view.summaries():
        return Declined("empty_index", "The archive is empty: ingest transcripts first (onrecord ingest PATH).")
    unknown = [asked for asked in filters.speakers if not _speaks(asked, view)]
    if filters.speakers and len(unknown) == len(filters.speakers):
        return Declined("speaker_unknown", f"Nobody called {_listed(unknown)} speaks in the archive.")
    if found.scope.passages:
        return None
    undated = structs.replace(filters, since=None, until=None)
    if (filters.since or filters.until) and view.scope(undated).passages:
        return Declined("outside_dates", f"The archive holds nothing {_between(filters)} that the other filters leave.")
    return Declined("nothing_relevant", "No transcript of the archive is left by these filters.")


def _speaks(asked: str, view: View) -> bool:
    return any(voice.speaker and bears(asked, voice.label or "", voice.name) for voice in view.voices())


def _listed(names: list[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)


def _between(filters: Filters) -> str:
    return " ".join(
        part
        for part in (
            f"since {filters.since}" if filters.since else "",
            f"until {filters.until}" if filters.until else "",
        )
        if part
    )
