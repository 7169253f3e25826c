"""What the archive holds, in a line: how many transcripts and words, from when to when."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from index.store import Summary


class Holdings(Struct, frozen=True):
    """`since` and `until` are the first and last date, None where nothing is dated."""

    transcripts: int
    words: int
    since: str | None
    until: str | None
    collections: tuple[str, ...]


def holdings(summaries: Sequence[Summary]) -> Holdings:
    """Of the transcripts that `summaries` tell of."""
    dates = [one.date for one in summaries if one.date]
    return Holdings(
        transcripts=len(summaries),
        words=sum(one.words for one in summaries),
        since=min(dates, default=None),
        until=max(dates, default=None),
        collections=tuple(sorted({one.collection for one in summaries if one.collection})),
    )
