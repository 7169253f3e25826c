"""Settings of the server: `[serve]` in onrecord.toml, or `ONRECORD_SERVE_…` in the environment."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Names = Annotated[str, Meta(description="names with commas between them")]
Addresses = Annotated[str, Meta(description="addresses or networks with commas between them, or *")]


class ServeSettings(Struct, frozen=True):
    """Where it listens, whom it lets in and what it refuses; each type says in words what is allowed."""

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
    hosts: Names = ""
    """Under which it may be asked, beside its own address."""
    proxies: Addresses = ""
    """Whose word is taken for who asks, and whether by https."""
    require_tokens: Annotated[bool, Meta(description="true or false")] = False
    """On loopback too."""
    session_hours: Annotated[float, Meta(gt=0, le=8760, description="hours above 0, up to 8760")] = 12.0
    sign_ins: Annotated[int, Meta(ge=1, le=10_000, description="a whole number from 1 to 10000")] = 10
    """Attempts a minute from one address."""
    rate: Annotated[
        Annotated[int, Meta(ge=0, le=1_000_000)] | None, Meta(description="a whole number from 0 (no bound) to 1000000")
    ] = None
    """Requests a minute of one token or address that ask or change something; None leaves it to where it is bound."""
    at_work: Annotated[int, Meta(ge=1, le=1000, description="a whole number from 1 to 1000")] = 8
    """Questions at once."""
    waiting: Annotated[int, Meta(ge=0, le=100_000, description="a whole number from 0 to 100000")] = 256
    """Questions in line."""
    body_bytes: Annotated[int, Meta(ge=1000, le=1_000_000_000, description="bytes from 1000 to 1000000000")] = 8_000_000
    """Of a request that brings no transcript; a long history in a script of many bytes a character needs most of it."""
    body_seconds: Annotated[float, Meta(gt=0, le=3600, description="seconds above 0, up to 3600")] = 30.0
    """Until a body is there; a large one has longer."""
