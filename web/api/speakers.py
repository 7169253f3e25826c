"""`GET /api/speakers`: every label printed in the archive, who is behind it, and how much is said under it."""

from __future__ import annotations

import asyncio

from litestar import get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Struct

from index.store import Voice
from web.services import Services


class Speakers(Struct, frozen=True):
    """The most heard first. `speaker` is None where a label names nobody."""

    speakers: tuple[Voice, ...]


@get("/api/speakers")
async def speakers(services: NamedDependency[SkipValidation[Services]]) -> Speakers:
    """Who speaks in the archive."""
    return await asyncio.to_thread(lambda: Speakers(tuple(services.store.view().voices())))
