"""A transcript: its page, the part of it that is read beside an answer, and its JSON form to keep."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.types import ControllerRouterHandler

from index.errors import UnknownTranscript
from index.filters import Filters
from index.reading import canonical
from index.store import View
from web.access.access import access
from web.access.seen import seen
from web.pages import places, reading
from web.pages.templates import page, rendered
from web.services import Services


@get("/transcripts/{id:str}", media_type=MediaType.HTML, include_in_schema=False)
async def transcript_page(
    id: FromPath[str], request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]
) -> str:
    """All of it; `?start=&end=`, several times for several places, marks places."""

    def made() -> str:
        view = _seen_in(request, services, id)
        transcript = view.transcript(id)
        marked = _named(request, len(transcript.text))
        whole = reading.shown(view.summary(id), transcript, marked, view.facts(id))
        return page(request, "transcript.html", shown=whole, may_change=access(request).may_change)

    return await asyncio.to_thread(made)


@get("/transcripts/{id:str}/reading", media_type=MediaType.HTML, include_in_schema=False)
async def reading_part(
    id: FromPath[str], request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]
) -> str:
    """The turns around the marked places, without the layout, for a panel beside an answer."""

    def made() -> str:
        view = _seen_in(request, services, id)
        transcript = view.transcript(id)
        marked = _named(request, len(transcript.text))
        part = reading.shown(view.summary(id), transcript, marked, around=reading.AROUND)
        return rendered("parts/reading.html", shown=part)

    return await asyncio.to_thread(made)


@get("/transcripts/{id:str}/export", include_in_schema=False)
async def export(
    id: FromPath[str], request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]
) -> Response[bytes]:
    """The JSON form that `ingest` takes, as a file to keep."""

    def made() -> bytes:
        form = canonical.encode(_seen_in(request, services, id).transcript(id))
        return msgspec.json.format(msgspec.json.encode(form), indent=1)

    kept = await asyncio.to_thread(made)
    disposition = f'attachment; filename="{id}.json"'  # an id has no character that would need quoting
    return Response(kept, media_type=MediaType.JSON, headers={"Content-Disposition": disposition})


def _seen_in(request: Request[Any, Any, Any], services: Services, id: str) -> View:
    """The archive as it is, in which `request` may see transcript `id`. UnknownTranscript."""
    view = services.store.view()
    view.summary(id)
    if id not in (seen(request, Filters(transcripts=(id,))).transcripts or (id,)):
        raise UnknownTranscript(f"no transcript {id!r} is in the archive")
    return view


def _named(request: Request[Any, Any, Any], length: int) -> tuple[Any, ...]:
    asked = request.query_params
    return places.named(asked.getall("start", []), asked.getall("end", []), length)


ROUTES: tuple[ControllerRouterHandler, ...] = (transcript_page, reading_part, export)
