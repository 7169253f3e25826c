"""The archive: its transcripts by date, narrowed by a form, with what each speaker, collection and year has."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from litestar import MediaType, Request, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from litestar.types import ControllerRouterHandler
from msgspec import Struct, structs

from index.filters import Filters
from index.store import Summary, View
from web.access.access import access
from web.access.seen import seen
from web.listing import listed
from web.pages.asked import Asked, asked
from web.pages.facets import facets, nobody_called
from web.pages.holdings import holdings
from web.pages.templates import page
from web.services import Services

ON_A_PAGE = 50
_ID = re.compile(r"[A-Za-z0-9._-]{1,200}")
_MONTHS = "January February March April May June July August September October November December".split()


class Month(Struct, frozen=True):
    """The transcripts of one month, or those without a date."""

    name: str
    transcripts: tuple[Summary, ...]


@get("/archive", media_type=MediaType.HTML, include_in_schema=False)
async def archive_page(request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]) -> str:
    """A page of it; the newest first unless `order=oldest`."""

    def made() -> str:
        wanted = asked("/archive", request.query_params)
        view = services.store.view()
        everything = listed(view, seen(request, Filters()))
        found = listed(view, seen(request, wanted.filters), wanted.q) if wanted.narrowed else everything
        ordered = found if wanted.order == "oldest" else _newest_first(found)
        first = (wanted.page - 1) * ON_A_PAGE
        return page(
            request,
            "archive.html",
            asked=wanted,
            held=holdings(everything),
            found=len(found),
            undated=_undated(view, request, wanted),
            words=sum(one.words for one in found),
            months=_by_month(ordered[first : first + ON_A_PAGE]),
            pages=max(1, -(-len(found) // ON_A_PAGE)),
            facets=facets(found),
            unheard=nobody_called(wanted.speaker, everything),
            may_change=access(request).may_change,
            removed=_removed(view, request.query_params.get("removed", "")),
        )

    return await asyncio.to_thread(made)


def _undated(view: View, request: Request[Any, Any, Any], wanted: Asked) -> int:
    """How many transcripts a date leaves out only because they bear none."""
    if not wanted.since and not wanted.until:
        return 0
    without = structs.replace(wanted.filters, since=None, until=None)
    return sum(one.date is None for one in listed(view, seen(request, without), wanted.q))


def _removed(view: View, id: str) -> str:
    """`id`, where it can be that of a transcript that is gone: an address alone makes nothing so."""
    return id if _ID.fullmatch(id) and view.form(id) is None else ""


def _newest_first(summaries: Sequence[Summary]) -> list[Summary]:
    """Those without a date last, all the same."""
    dated = [one for one in summaries if one.date]
    return [*reversed(dated), *(one for one in summaries if not one.date)]


def _by_month(summaries: Sequence[Summary]) -> list[Month]:
    return [
        Month(_named(month), tuple(group)) for month, group in groupby(summaries, key=lambda one: (one.date or "")[:7])
    ]


def _named(month: str) -> str:
    """`2021-05` as `May 2021`."""
    year, _, number = month.partition("-")
    return f"{_MONTHS[int(number) - 1]} {year}" if number else "Undated"


ROUTES: tuple[ControllerRouterHandler, ...] = (archive_page,)
