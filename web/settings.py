"""Settings of the server: `[serve]` in onrecord.toml, or `ONRECORD_SERVE_…` in the environment."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct


class ServeSettings(Struct, frozen=True):
    """Where it listens and what it refuses; each type says in words what is allowed."""

    host: Annotated[str, Meta(min_length=1, description="an address or the name of a host")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="a whole number from 0 (any free port) to 65535")] = 8000
    threads: Annotated[int, Meta(ge=0, le=256, description="a whole number from 0 (one a processor) to 256")] = 0
    grace: Annotated[float, Meta(ge=0, le=3600, description="seconds from 0 to 3600")] = 30.0
