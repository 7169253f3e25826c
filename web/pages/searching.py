"""`/search`: the passages that fit a query, each with who speaks, when, and the way to its place."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import MediaType, Request, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.types import ControllerRouterHandler

from index.errors import UnknownTranscript
from index.filters import Filters
from index.store import Summary, View
from web.access.seen import seen
from web.api.search import MOST_HITS, Hits, hits
from web.leaving import while_there
from web.listing import listed
from web.pages.asked import Asked, asked
from web.pages.facets import facets, nobody_called
from web.pages.holdings import holdings
from web.pages.passage import passages
from web.pages.templates import page
from web.services import Services

SHOWN = 20
"""Passages on a page."""


@get("/search", media_type=MediaType.HTML, include_in_schema=False)
async def search_page(request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]) -> str:
    """What `?q=` finds; without it the form alone."""

    def made() -> str:
        wanted = asked("/search", request.query_params)
        view = services.store.view()
        everything = listed(view, seen(request, Filters()))
        first = SHOWN * (min(wanted.page, MOST_HITS // SHOWN) - 1)
        found = _found(services, wanted, seen(request, wanted.filters), first + SHOWN)
        return page(
            request,
            "search.html",
            asked=wanted,
            held=holdings(everything),
            facets=facets(everything),
            unheard=nobody_called(wanted.speaker, everything),
            only=_only(view, wanted),
            found=found,
            first=first,
            passages=passages(view, found.hits[first:], wanted.q, wanted.filters.speakers) if found else (),
            more=found is not None and len(found.hits) == first + SHOWN < MOST_HITS,
        )

    async def in_line() -> str:
        async with services.line.place():
            return await asyncio.to_thread(made)

    if not request.query_params.get("q"):
        return await asyncio.to_thread(made)
    return await while_there(request, in_line())


def _found(services: Services, wanted: Asked, filters: Filters, k: int) -> Hits | None:
    return hits(services.search, wanted.q, filters, k) if wanted.q else None


def _only(view: View, wanted: Asked) -> Summary | None:
    """The one transcript that is searched, if it is one."""
    try:
        return view.summary(wanted.transcript) if wanted.transcript else None
    except UnknownTranscript:
        return None


ROUTES: tuple[ControllerRouterHandler, ...] = (search_page,)
