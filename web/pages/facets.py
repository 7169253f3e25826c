"""Facets: how many of some transcripts each speaker, collection and year has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from index.store import Summary
from index.text.names import meant

MOST_SPEAKERS = 15
MOST_COLLECTIONS = 12
MOST_YEARS = 20


class Facet(Struct, frozen=True):
    """One value by which transcripts can be narrowed, and how many of them have it."""

    value: str
    transcripts: int


class Facets(Struct, frozen=True):
    """Speakers and collections the most frequent first, years the latest first; `voices` counts all speakers."""

    speakers: tuple[Facet, ...]
    collections: tuple[Facet, ...]
    years: tuple[Facet, ...]
    voices: int


def facets(summaries: Sequence[Summary]) -> Facets:
    """Of the transcripts that `summaries` tell of. A speaker is the name behind a label, else the label."""
    speakers: Counter[str] = Counter()
    for one in summaries:
        speakers.update({speaker.name or speaker.label for speaker in one.speakers})
    collections = Counter(one.collection for one in summaries if one.collection)
    years = Counter(one.date[:4] for one in summaries if one.date)
    return Facets(
        speakers=_most(speakers, MOST_SPEAKERS),
        collections=_most(collections, MOST_COLLECTIONS),
        years=tuple(Facet(year, years[year]) for year in sorted(years, reverse=True)[:MOST_YEARS]),
        voices=len(speakers),
    )


def nobody_called(asked: str, summaries: Sequence[Summary]) -> bool:
    """Whether `asked` names a speaker whom none of `summaries` has; false where it is empty."""
    if not asked:
        return False
    printed = [(speaker.label, speaker.name) for one in summaries for speaker in one.speakers]
    return not any(meant([asked], printed))


def _most(counted: Counter[str], most: int) -> tuple[Facet, ...]:
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0].casefold()))
    return tuple(Facet(value, count) for value, count in ordered[:most])
