"""Settings of the server: `[serve]` in onrecord.toml, or `ONRECORD_SERVE_…` in the environment."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct


class ServeSettings(Struct, frozen=True):
    """Where it listens and what it refuses; each type says in words what is allowed."""

    host: Annotated[str, Meta(min_length=1, description="an address or the name of a host")] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535, description="a whole number from 0 (any free port) to 65535")] = 8000
    threads: Annotated[int, Meta(ge=0, le=256, description="a whole number from 0 (one a processor) to 256")] = 0
    grace: Annotated[float, Meta(ge=0, le=3600, description="seconds from 0 to 3600")] = 30.0
    log_form: Annotated[Literal["text", "json"], Meta(description="text or json")] = "text"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="debug, info, warning or error")
    ] = "info"
    upload_bytes: Annotated[int, Meta(ge=1000, le=1_000_000_000, description="bytes from 1000 to 1000000000")] = (
        64_000_000
    )
    """Of one transcript, a file or posted as JSON."""
    uploads_bytes: Annotated[
        int, Meta(ge=1000, le=1_000_000_000_000, description="bytes from 1000 to 1000000000000")
    ] = 2_000_000_000
    """Of all files that one request brings."""
    worker_idle: Annotated[float, Meta(ge=0, le=86400, description="seconds from 0 to 86400")] = 60.0
    """How long the process that stores transcripts waits for the next one."""
    worker_patience: Annotated[float, Meta(ge=0, le=86400, description="seconds from 0 to 86400")] = 60.0
    """How long a file waits while another program writes to the archive."""
