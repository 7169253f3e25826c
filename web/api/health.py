"""`GET /health/live` and `/health/ready`: whether the server runs, and whether it can answer."""

from __future__ import annotations

from typing import Literal

from litestar import get
from msgspec import Struct


class Health(Struct, frozen=True):
    """In one word."""

    status: Literal["live", "ready"]


@get("/health/live", sync_to_thread=False)
def live() -> Health:
    """The server runs."""
    return Health("live")
