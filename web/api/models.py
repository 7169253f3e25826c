"""`GET /api/models`: the models that can be asked here, each with what it still needs."""

from __future__ import annotations

import asyncio

from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Struct, structs

from qa.models.listed import Listed
from web.problems import without_paths
from web.services import Services


class Models(Struct, frozen=True):
    """The default first."""

    models: tuple[Listed, ...]


@get("/api/models")
async def models(services: NamedDependency[SkipValidation[Services]]) -> Models:
    """The models that a request can choose among."""
    listed = await asyncio.to_thread(services.listed)
    return Models(tuple(structs.replace(one, needs=[without_paths(need) for need in one.needs]) for one in listed))
