"""`GET /api/transcripts` and `GET /api/transcripts/{id}`: what the archive holds, and one transcript whole."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Annotated, Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.exceptions import ValidationException
from litestar.params import FromPath, QueryParameter, SkipValidation

from index.errors import UnknownTranscript
from index.filters import Filters
from index.store import LocalStore
from index.whole import WholeTranscript, whole
from qa.bounds import checked_filters
from qa.errors import QuestionRefused
from web.access.seen import seen
from web.listing import Listing, leaves, listing
from web.services import Services

MOST = 200
"""Transcripts of one page."""


@get("/api/transcripts")
async def transcripts(
    request: Request[Any, Any, Any],
    services: NamedDependency[SkipValidation[Services]],
    collection: Annotated[list[str] | None, QueryParameter(description="Of this collection; may be repeated.")] = None,
    speaker: Annotated[
        list[str] | None,
        QueryParameter(description="Where this speaker is heard: a label, a name or a surname; may be repeated."),
    ] = None,
    since: Annotated[date | None, QueryParameter(description="Of this day or later.")] = None,
    until: Annotated[date | None, QueryParameter(description="Of this day or earlier.")] = None,
    q: Annotated[str, QueryParameter(description="Words, all of which stand in title, id or speakers.")] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=MOST, description="How many of them.")] = 50,
    cursor: Annotated[str | None, QueryParameter(description="`next` of the page before.")] = None,
) -> Listing:
    """The transcripts, by date, those without one last; `next` is the cursor of the next page."""
    asked = Filters(
        speakers=tuple(speaker or ()),
        collections=tuple(collection or ()),
        since=since.isoformat() if since else None,
        until=until.isoformat() if until else None,
    )
    try:
        checked_filters(asked)
    except QuestionRefused as error:
        field, _, why = str(error).partition(": ")
        raise ValidationException(str(error), extra=[{"key": field, "message": why}]) from None
    filters = seen(request, asked)
    return await asyncio.to_thread(lambda: listing(services.store.view(), filters, q, limit, cursor))


@get("/api/transcripts/{id:str}")
async def transcript(
    id: FromPath[str], request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]
) -> WholeTranscript:
    """A whole transcript: summary, text and the turns as spans of that. Offsets are code points, times seconds."""
    return await asyncio.to_thread(found, services.store, id, seen(request, Filters(transcripts=(id,))))


def found(store: LocalStore, id: str, filters: Filters) -> WholeTranscript:
    """The transcript `id`, if `filters` leave it. UnknownTranscript."""
    view = store.view()
    summary = view.summary(id)
    if not leaves(view, filters)(summary):
        raise UnknownTranscript(f"no transcript {id!r} is in the archive")
    return whole(summary, view.transcript(id))
