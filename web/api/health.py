"""`GET /health/live` and `/health/ready`: whether the server runs, and whether it can answer at once."""

from __future__ import annotations

from typing import Literal

from litestar import get
from litestar.di import NamedDependency
from litestar.exceptions import ServiceUnavailableException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import SkipValidation
from msgspec import Struct

from web.problems import MEDIA_TYPE, Problem, without_paths
from web.services import Services


class Health(Struct, frozen=True):
    """In one word."""

    status: Literal["live", "ready"]


@get("/health/live", operation_id="live")
async def live() -> Health:
    """The server runs."""
    return Health("live")


_NOT_READY = ResponseSpec(
    Problem, description="Not yet, or not any more.", media_type=MEDIA_TYPE, generate_examples=False
)


@get("/health/ready", operation_id="ready", responses={503: _NOT_READY})
async def ready(services: NamedDependency[SkipValidation[Services]]) -> Health:
    """The archive can be read and the embedding model is loaded; 503 says what is not so."""
    if problem := await services.readiness.problem():
        raise ServiceUnavailableException(f"not ready: {without_paths(problem)}")
    return Health("ready")
