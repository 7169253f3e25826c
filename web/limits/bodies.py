"""Bodies: how much of a request is read, and how long it is waited for.

Counted as it comes, for a length that is declared may be a lie and need not be declared at all.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import cast

from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, HTTPReceiveMessage, Message, Receive, Scope, Send
from litestar.utils import normalize_path

from web.access.refusal import refuse
from web.api.body import LONGEST
from web.served import LEFT
from web.settings import ServeSettings

SLOWEST = 64_000
"""Bytes a second that a large body has to come at, on the average; the first `body_seconds` are free."""

UPLOADS = "/api/transcripts"
"""The one call that brings transcripts."""

TOOLS = "/mcp"
"""Calls of tools, which are read at once and whole."""


def bounded(app: ASGIApp, settings: ServeSettings) -> ASGIApp:
    """`app`, whose requests have no more and no slower bodies than `settings` allow."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        body = _Body(
            receive, send, _most(scope["path"], headers.get(b"content-type", b""), settings), settings.body_seconds
        )
        if int(headers.get(b"content-length", b"0")) > body.most:
            await refuse(send, 413, body.too_large)
            return
        try:
            await app(scope, body.receive, body.send)
        except Exception:
            if body.refused is None:
                raise
        if body.refused is not None and not body.answered:
            status, detail = body.refused
            await refuse(send, status, detail, {"connection": "close"} if status == 408 else {})

    return asgi


def _most(path: str, kind: bytes, settings: ServeSettings) -> int:
    path = normalize_path(path)
    if path != UPLOADS:
        return min(settings.body_bytes, LONGEST) if path == TOOLS else settings.body_bytes
    return settings.uploads_bytes if kind.lower().startswith(b"multipart/") else settings.upload_bytes


class _Body:
    """Of one request, as it is received. Once it is refused, that is the answer, whatever the application says."""

    def __init__(self, receive: Receive, send: Send, most: int, seconds: float) -> None:
        self.most = most
        self.too_large = f"the request is larger than the {most:,} bytes that are taken"
        self._receive = receive
        self._send = send
        self._until = monotonic() + seconds
        self._read = 0
        self._whole = False
        self.answered = False
        self.refused: tuple[int, str] | None = None
        """With which status, and why."""

    async def receive(self) -> HTTPReceiveMessage:
        """The next message; HTTPException where there is too much, it comes too slowly, or its sender leaves."""
        if self._whole:
            return await self._message()
        if self.refused is None:
            message = await self._next()
            if message is None:
                self.refused = (408, "the request came too slowly")
            elif message["type"] == "http.disconnect":
                self.refused = (LEFT, "the client left before its request was whole")
            elif self._read > self.most:
                self.refused = (413, self.too_large)
            else:
                return message
        status, detail = self.refused
        raise HTTPException(detail, status_code=status)

    async def _next(self) -> HTTPReceiveMessage | None:
        """None where it does not come in time."""
        left = self._until + self._read / SLOWEST - monotonic()
        try:
            message = await asyncio.wait_for(self._message(), max(left, 0))
        except TimeoutError:
            return None
        if message["type"] == "http.request":
            self._read += len(message["body"])
            self._whole = not message["more_body"]
        return message

    async def _message(self) -> HTTPReceiveMessage:
        return cast(HTTPReceiveMessage, await self._receive())

    async def send(self, message: Message) -> None:
        """What the application answers, unless the body is refused before it does."""
        if self.refused is None or self.answered:
            self.answered = True
            await self._send(message)
