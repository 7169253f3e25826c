"""`GET /health/live` and `/health/ready`: whether the server runs, and whether it can answer at once."""

from __future__ import annotations

from typing import Literal

from litestar import get
from litestar.di import NamedDependency
from litestar.exceptions import ServiceUnavailableException
from litestar.params import SkipValidation
from msgspec import Struct

from web.problems import without_paths
from web.services import Services


class Health(Struct, frozen=True):
    """In one word."""

    status: Literal["live", "ready"]


@get("/health/live", operation_id="live")
async def live() -> Health:
    """The server runs."""
    return Health("live")


@get("/health/ready", operation_id="ready")
async def ready(services: NamedDependency[SkipValidation[Services]]) -> Health:
    """The archive can be read and the embedding model is loaded; 503 says what is not so."""
    if problem := await services.readiness.problem():
        raise ServiceUnavailableException(f"not ready: {without_paths(problem)}")
    return Health("ready")
