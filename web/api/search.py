"""`POST /api/search`: a query in; the passages that fit it best out, with how much was searched."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation
from msgspec import Meta, Struct

from index.filters import Filters
from index.hit import Hit, hit
from index.search import Search
from qa.answer import Searched
from qa.bounds import checked_filters, checked_text
from qa.errors import QuestionRefused
from qa.leaning import LONGEST_QUESTION
from web.access.seen import seen
from web.api.body import LONGEST, Body
from web.leaving import while_there
from web.services import Services

MOST_HITS = 100


class Query(Struct, frozen=True, forbid_unknown_fields=True):
    """What is looked for, in which part of the archive, and how many passages are wanted."""

    query: Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION)]
    filters: Filters = Filters()
    k: Annotated[int, Meta(ge=1, le=MOST_HITS)] = 10


class Hits(Struct, frozen=True):
    """The passages, best first, and the part of the archive they were looked for in. Timings are milliseconds."""

    hits: tuple[Hit, ...]
    searched: Searched
    timings: dict[str, float]


@post("/api/search", status_code=200, dto=Body, request_max_body_size=LONGEST)
async def search(
    data: JSONBody[Query],
    request: Request[Any, Any, Any],
    services: NamedDependency[SkipValidation[Services]],
) -> Hits:
    """The passages that fit a query best, by its words and by its meaning."""
    return await while_there(request, found_in_line(services, data.query, seen(request, data.filters), data.k))


async def found_in_line(services: Services, query: str, filters: Filters, k: int) -> Hits:
    """As `hits`, when those that came before are done. QuestionRefused; 429."""
    async with services.line.place():
        return await asyncio.to_thread(hits, services.search, query, filters, k)


def hits(search: Search, query: str, filters: Filters, k: int) -> Hits:
    """The `k` passages that fit `query` best within `filters`. QuestionRefused where they are out of bounds."""
    checked_text("query", query, LONGEST_QUESTION)
    checked_filters(filters)
    if not query.strip():
        raise QuestionRefused("query: it is empty; search for words")
    found = search.find(query, filters, k)
    passages = tuple(hit(found.view, one) for one in found.passages)
    return Hits(passages, Searched.within(found.scope), found.timings)
