"""`/api/answers`: an answer that was given is shared by its id, and found again under its address."""

from __future__ import annotations

import asyncio
from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, SkipValidation
from msgspec import Meta, Struct

from qa.answer import Answer
from qa.receipts import CitationToday, verify
from web.api.body import LONGEST, Body
from web.services import Services


class Share(Struct, frozen=True, forbid_unknown_fields=True):
    """The `id` of the answer to share."""

    id: Annotated[str, Meta(min_length=1, max_length=200)]


class SharedAt(Struct, frozen=True):
    """Where it is found: an address on this server."""

    url: str


class SharedAnswer(Struct, frozen=True):
    """The answer as it was, and each of its citations as the record has it today."""

    answer: Answer
    citations: tuple[CitationToday, ...]


@post("/api/answers", status_code=201, dto=Body, request_max_body_size=LONGEST)
async def share(data: JSONBody[Share], services: NamedDependency[SkipValidation[Services]]) -> SharedAt:
    """Share one of the last answers given. Sharing it again gives the same address."""
    await asyncio.to_thread(services.answers.share, data.id)
    return SharedAt(f"/answers/{data.id}")


@get("/api/answers/{id:str}")
async def shared_answer(id: FromPath[str], services: NamedDependency[SkipValidation[Services]]) -> SharedAnswer:
    """An answer that was shared."""
    return await asyncio.to_thread(shared, services, id)


def shared(services: Services, id: str) -> SharedAnswer:
    """The answer shared as `id`, with its citations as they stand today. UnknownAnswer."""
    answer = services.answers.shared(id)
    return SharedAnswer(answer, verify(answer, services.store.view()).citations)
