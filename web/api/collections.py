"""`GET /api/collections`: the collections of the archive, and how much is in each."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Struct

from index.store import Summary, View
from web.services import Services


class Collection(Struct, frozen=True, kw_only=True):
    """A collection and what it holds."""

    name: str
    transcripts: int
    turns: int
    words: int


class Collections(Struct, frozen=True):
    """By name; transcripts that are in none are left out."""

    collections: tuple[Collection, ...]


@get("/api/collections")
async def collections(services: NamedDependency[SkipValidation[Services]]) -> Collections:
    """The collections that a filter can name."""
    return await asyncio.to_thread(lambda: counted(services.store.view()))


def counted(view: View) -> Collections:
    """Those of `view`."""
    held: defaultdict[str, list[Summary]] = defaultdict(list)
    for summary in view.summaries():
        if summary.collection is not None:
            held[summary.collection].append(summary)
    return Collections(
        tuple(
            Collection(
                name=name,
                transcripts=len(summaries),
                turns=sum(one.turns for one in summaries),
                words=sum(one.words for one in summaries),
            )
            for name, summaries in sorted(held.items())
        )
    )
