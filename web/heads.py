"""HEAD: what GET would be answered, without the body (RFC 9110, 9.3.2)."""

from __future__ import annotations

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def answering_heads(app: ASGIApp) -> ASGIApp:
    """`app`, to which a HEAD is a GET, and of whose answer only the head is sent."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        # In the scope itself, for what is outside looks there for what is found inside, such as the route.
        scope["method"] = "GET"
        try:
            await app(scope, receive, sending)
        finally:
            scope["method"] = "HEAD"

    return asgi
