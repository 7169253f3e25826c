"""`POST` and `DELETE /api/transcripts`: a transcript as JSON, or files; and one taken away."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from litestar import Request, Response, delete, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException, ValidationException
from litestar.params import FromPath, SkipValidation
from msgspec import Struct

from index.errors import InvalidTranscript, ReadingError, Unreadable
from index.reading import FORMATS
from index.store import Summary
from web.jobs.job import Job
from web.jobs.jobs import Jobs
from web.jobs.receiving import Received, receive_form, receive_whole
from web.jobs.refusing import look, look_at_posted, said
from web.services import Services

JSON = "application/json"
FORM = "multipart/form-data"


class Queued(Struct, frozen=True):
    """A job for each file, in the order in which they came."""

    jobs: list[Job]


@post("/api/transcripts")
async def add(
    request: Request[Any, Any, Any],
    services: NamedDependency[SkipValidation[Services]],
    jobs: NamedDependency[SkipValidation[Jobs]],
) -> Response[Summary | Queued]:
    """A transcript as JSON is stored and can be found before the answer; files are queued, with a job each."""
    kind, options = request.content_type
    if kind == JSON:
        return await _post(request, services, jobs)
    if kind != FORM:
        raise HTTPException(f"a transcript comes as {JSON}, files as {FORM}; not {kind or 'unsaid'!r}", status_code=415)
    if not options.get("boundary"):
        raise ValidationException("the Content-Type names no boundary")
    received = await receive_form(request.stream(), options["boundary"], jobs.spool, services.settings.upload_bytes)
    try:
        return Response(Queued(await _queued(received, jobs)), status_code=202)
    except BaseException:
        received.erase()
        raise


@delete("/api/transcripts/{id:str}")
async def remove(
    id: FromPath[str],
    services: NamedDependency[SkipValidation[Services]],
    jobs: NamedDependency[SkipValidation[Jobs]],
) -> None:
    """Remove a transcript: no later answer quotes it. A waiting file that holds the same brings it back."""
    await asyncio.to_thread(lambda: services.store.view().summary(id))
    await jobs.remove(id)


async def _post(request: Request[Any, Any, Any], services: Services, jobs: Jobs) -> Response[Summary | Queued]:
    kept = await receive_whole(request.stream(), jobs.spool)
    try:
        await asyncio.to_thread(look_at_posted, kept)
        done = await jobs.post(kept)
    except InvalidTranscript as error:
        raise _invalid(str(error)) from None
    finally:
        kept.unlink(missing_ok=True)
    summary = await asyncio.to_thread(lambda: services.store.view().summary(done.transcript))
    return Response(summary, status_code=201 if done.outcome == "added" else 200)


async def _queued(received: Received, jobs: Jobs) -> list[Job]:
    uploads = received.uploads
    format, collection = (received.fields.get(name, "").strip() or None for name in ("format", "collection"))
    if format is not None and format not in FORMATS:
        raise _refused("format", f"no format is called {format!r}; there are: {', '.join(FORMATS)}")
    if not uploads:
        raise _refused("file", "there is none")
    if len(uploads) == 1:
        (upload,) = uploads
        if upload.refused:
            raise HTTPException(f"{upload.name}: {upload.refused}", status_code=413)
        try:
            await asyncio.to_thread(look, upload.kept, upload.name, format)
        except ReadingError as error:
            status = 422 if isinstance(error, Unreadable) else 415
            raise HTTPException(f"{upload.name}: {said(error)}", status_code=status) from None
    return jobs.add(uploads, collection, format)


_PLACE = re.compile(r"([\w.\[\]]+): (.+)", re.DOTALL)
_MEMBER = re.compile(r"Object (?:contains (unknown)|missing required) field `(.*)`")


def _invalid(message: str) -> ValidationException:
    """A ValidationException that names the field."""
    place = _PLACE.fullmatch(message)
    field, why = (place[1], place[2]) if place else ("", message)
    if member := _MEMBER.fullmatch(why):
        field = f"{field}.{member[2]}" if field else member[2]
        why = "there is no such field" if member[1] else "it is missing"
    return _refused(field or "body", why)


def _refused(field: str, why: str) -> ValidationException:
    return ValidationException(f"{field}: {why}", extra=[{"key": field, "message": why}])
