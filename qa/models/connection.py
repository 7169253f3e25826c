"""The connection to a model's server: an HTTP client, and what is tried again.

Only what the server itself says it could not do now (429, 5xx) is tried again, and only before
it has begun to reply.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx2

from qa.errors import ModelBrokeOff, ModelError, ModelNotReady

T = TypeVar("T")

WAITS = (1.0, 3.0)
"""Seconds before a second and a third try."""

LONGEST_WAIT = 10.0
"""Seconds a server may ask us to wait before it is tried again."""

_CONNECTING = 10.0
_LONGEST_SAID = 300


class Busy(Exception):
    """The server can't now; `error` is what to say if it never can, `after` the seconds it asks for."""

    def __init__(self, error: ModelError, after: float | None) -> None:
        super().__init__(str(error))
        self.error = error
        self.after = after


async def persistently(attempt: Callable[[], Awaitable[T]], waits: Sequence[float]) -> T:
    """What `attempt` gives, tried again after each of `waits` where it was Busy; then its ModelError."""
    for wait in waits:
        try:
            return await attempt()
        except Busy as busy:
            if (busy.after or 0.0) > LONGEST_WAIT:
                raise busy.error from None
            await asyncio.sleep(max(wait, busy.after or 0.0))
    try:
        return await attempt()
    except Busy as busy:
        raise busy.error from None


def shown(address: str) -> str:
    """`address` as it may be printed and logged: without the name and password that may stand in it."""
    return str(httpx2.URL(address).copy_with(userinfo=b""))


def unreachable(model: str, address: str, error: Exception) -> ModelError:
    """What an SDK's connection error comes to: nothing answers at `address`, or it hung up before it replied."""
    cause = error.__cause__ or error
    why = " ".join(str(cause).split())[:_LONGEST_SAID] or type(cause).__name__
    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
        return ModelNotReady(f"{model}: no server answers at {address} ({why}); start it, or set another `base_url`")
    return ModelBrokeOff(f"{model}: the connection to {address} broke off before it replied ({why}); ask again")


def refusal(model: str, status: int, said: str, after: str | None) -> Busy | ModelError:
    """What a server means by `status` and the words with it; `after` is its Retry-After."""
    said = " ".join(said.split())[:_LONGEST_SAID]
    if status == 429:
        return Busy(ModelNotReady(f"{model}: its server takes no more requests for now (429): {said}"), seconds(after))
    if status >= 500:
        return Busy(ModelBrokeOff(f"{model}: its server failed ({status}): {said}"), seconds(after))
    if status in (401, 403):
        return ModelNotReady(f"{model}: its server does not take the key ({status}); set another")
    if any(sign in said.lower() for sign in _TOO_LONG):
        return ModelNotReady(f"{model}: the prompt does not fit into its context; set `context` to its size: {said}")
    return ModelNotReady(f"{model}: its server refuses the request ({status}): {said}")


def plain(error: Busy | ModelError) -> ModelError:
    """`error` where nothing is tried again."""
    return error.error if isinstance(error, Busy) else error


def seconds(after: str | None) -> float | None:
    """The seconds from now that a Retry-After header means: a number or a date."""
    if after is None:
        return None
    try:
        return max(0.0, float(after))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(after)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def is_loopback(address: str) -> bool:
    """Whether `address` (a URL) is this machine's own, so that what is sent there does not leave it."""
    host = httpx2.URL(address).host
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def http_client(address: str) -> httpx2.AsyncClient:
    """A client for the server at `address`.

    It keeps no connection open after a reply, so that it outlives the event loop it was used in and
    needs no closing; time limits are held by others. This machine is never asked for through a proxy.
    A name and password in the address are sent as such; ask the server at `shown(address)`, for what
    is asked is logged with its address.
    """
    url = httpx2.URL(address)
    return httpx2.AsyncClient(
        auth=httpx2.BasicAuth(url.username, url.password) if url.userinfo else None,
        limits=httpx2.Limits(max_keepalive_connections=0),
        timeout=httpx2.Timeout(None, connect=_CONNECTING),
        trust_env=not is_loopback(address),
    )


_TOO_LONG = ("context length", "context_length", "exceed_context_size", "context size", "context window", "too long")
