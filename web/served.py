"""Requests as they were served: what log and metrics are told of each, whatever it was and however it ended.

It stands outside the application, so that it sees what no route knows, too, and what was refused on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from time import perf_counter
from typing import Any, cast
from uuid import uuid4

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from msgspec import Struct
from structlog.contextvars import bound_contextvars

HEADER = "X-Request-Id"
"""In a request: what its sender calls it. In every answer: what it is called in the log."""

UNMATCHED = "(none)"
"""The route of a request that none takes."""

LEFT = 499
"""The status of a request whose sender left before it had one."""

_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_LONGEST_PATH = 200


class Served(Struct, frozen=True, kw_only=True):
    """A request that was answered. `route` is the template that took it, `path` as it came, without the query."""

    method: str
    route: str
    path: str
    status: int
    seconds: float


Told = Callable[[Served], None]


def telling(app: ASGIApp, *told: Told) -> ASGIApp:
    """`app`, each of whose requests gets an id, and of each of which `told` are told when it is over."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        began = perf_counter()
        id = _id(scope)
        status = LEFT

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])  # An HTTPStatus writes itself out.
                named = [(HEADER.lower().encode(), id.encode())]
                message["headers"] = [*message.get("headers", ()), *named]
            await send(message)

        with bound_contextvars(request_id=id):
            try:
                await app(scope, receive, sending)
            except Exception:
                status = 500
                raise
            finally:
                served = _served(cast(dict[str, Any], scope), status, perf_counter() - began)
                for tell in told:
                    tell(served)

    return asgi


def _served(scope: dict[str, Any], status: int, seconds: float) -> Served:
    method = scope["method"]
    # As it came: what is percent-encoded can neither end a line of the log nor colour it.
    path = (scope.get("raw_path") or b"")[:_LONGEST_PATH].decode("ascii", "backslashreplace")
    return Served(
        method=method if method in _METHODS else "other",
        route=scope.get("path_template") or UNMATCHED,
        path=path,
        status=status,
        seconds=seconds,
    )


def _id(scope: Scope) -> str:
    """What its sender calls it, if that fits a line of a log, else a new one."""
    given = dict(scope["headers"]).get(HEADER.lower().encode(), b"")
    return given.decode() if _ID.fullmatch(given) else uuid4().hex
