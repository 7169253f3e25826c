"""What is refused before the protocol's own routes are reached, or by no route at all, in the protocol's shape.

The door, the bounds of bodies and the router answer with problem details, whoever asks. Under
`/v1` those become errors as OpenAI's clients read them, with the same status and headers.
"""

from __future__ import annotations

from typing import cast

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

from web.openai.refusals import refusal
from web.problems import MEDIA_TYPE, Problem

PREFIX = "/v1/"


def shaped(app: ASGIApp) -> ASGIApp:
    """`app`, whose problem details under `/v1` are errors of the protocol."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["path"].startswith(PREFIX):
            await app(scope, receive, _Shaping(send).send)
        else:
            await app(scope, receive, send)

    return asgi


class _Shaping:
    """Of one answer: problem details are held until they are whole; anything else goes on as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: HTTPResponseStartEvent | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_problem(message):
            self._start = message
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_shaped(self._start)
        else:
            await self._send(message)

    async def _send_shaped(self, start: HTTPResponseStartEvent) -> None:
        body = msgspec.json.encode(refusal(msgspec.json.decode(self._body, type=Problem)))
        own = {b"content-type": b"application/json", b"content-length": str(len(body)).encode()}
        kept = [(name, value) for name, value in start["headers"] if name.lower() not in own]
        await self._send(cast(Message, {**start, "headers": [*kept, *own.items()]}))
        await self._send({"type": "http.response.body", "body": body, "more_body": False})


def _is_problem(start: HTTPResponseStartEvent) -> bool:
    return any(name.lower() == b"content-type" and value == MEDIA_TYPE.encode() for name, value in start["headers"])
