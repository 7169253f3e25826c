"""`/`: where one asks. What the archive holds is told on the page; the rest is the scripts' and the endpoint's."""

from __future__ import annotations

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

from litestar import MediaType, Request, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Struct

from index.filters import Filters
from index.store import Summary, View
from web.access.access import access
from web.access.seen import seen
from web.pages.examples import examples
from web.pages.holdings import Holdings, holdings
from web.pages.templates import page
from web.services import Services

LATEST = 5
"""Transcripts that are named."""


class Told(Struct, frozen=True):
    """What the page tells of an archive."""

    holdings: Holdings
    examples: tuple[str, ...]
    latest: tuple[Summary, ...]


_told: WeakKeyDictionary[View, Told] = WeakKeyDictionary()
"""A view never changes: what is told of it is made once."""


@get("/", media_type=MediaType.HTML, include_in_schema=False)
async def ask_page(request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]) -> str:
    """The page. `q`, `transcript`, `speaker`, `collection`, `since` and `until` fill it in; nothing is asked yet."""

    def made() -> str:
        view = services.store.view()
        wanted = tuple(request.query_params.getall("transcript", []))
        named = seen(request, Filters(transcripts=wanted)).transcripts if wanted else ()
        asked = [one for one in view.summaries() if one.id in named]
        may_change = access(request).may_change
        return page(request, "ask.html", told=told(view), asked=asked, models=services.listed(), may_change=may_change)

    return await asyncio.to_thread(made)


def told(view: View) -> Told:
    """Of the archive that `view` shows."""
    known = _told.get(view)
    if known is None:
        summaries = view.summaries()
        dated = [one for one in summaries if one.date]
        latest = tuple(reversed(dated[-LATEST:])) or tuple(summaries[:LATEST])
        known = _told[view] = Told(holdings(summaries), examples(view), latest)
    return known
