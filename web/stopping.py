"""Requests that are broken off: where the server stops and their time is over, whoever waits is told so."""

from __future__ import annotations

import asyncio

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from web.access.refusal import refuse
from web.limits.too_much import SOON


def telling_the_broken_off(app: ASGIApp) -> ASGIApp:
    """`app`; a request that is cancelled, as uvicorn does with what takes too long, is answered all the same."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        answered = False

        async def sending(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await app(scope, receive, sending)
        except asyncio.CancelledError:
            if not answered:
                said = "the server was stopped in the middle of this; send it again in a while"
                await refuse(send, 503, said, {"retry-after": str(SOON)})

    return asgi
