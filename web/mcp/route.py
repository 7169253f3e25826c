"""`/mcp`: the protocol's server, made when it is first called. To import what it needs takes as long as a third of
everything else together, and most servers are never called so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

from litestar.connection import ASGIConnection
from litestar.exceptions import MethodNotAllowedException
from litestar.handlers import ASGIRouteHandler, asgi
from litestar.types import Receive, Scope, Send

from web.access.access import method_of
from web.services import Services

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class Protocol:
    """Of one server, over `services`. For use in one event loop."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._making = asyncio.Lock()
        self._manager: StreamableHTTPSessionManager | None = None
        self._running: asyncio.Task[None] | None = None
        self._over = asyncio.Event()

    def route(self) -> ASGIRouteHandler:
        """`/mcp`. Between calls the server has nothing to say, so there is no stream to get."""

        @asgi("/mcp", copy_scope=True)
        async def mcp(scope: Scope, receive: Receive, send: Send) -> None:
            if method_of(ASGIConnection(scope)) != "POST":
                raise MethodNotAllowedException("calls are posted", headers={"Allow": "POST"})
            manager = await self._made()
            await manager.handle_request(cast(Any, scope), cast(Any, receive), cast(Any, send))

        return mcp

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None]:
        """While the server runs."""
        try:
            yield
        finally:
            self._over.set()
            if self._running:
                await self._running

    async def _made(self) -> StreamableHTTPSessionManager:
        async with self._making:
            if self._manager is None:
                manager = await asyncio.to_thread(_make, self._services)
                started = asyncio.Event()
                # It has to be left in the task that entered it, and a request's ends too early.
                self._running = asyncio.create_task(self._run(manager, started))
                await started.wait()
                self._manager = manager
            return self._manager

    async def _run(self, manager: StreamableHTTPSessionManager, started: asyncio.Event) -> None:
        async with manager.run():
            started.set()
            await self._over.wait()


def _make(services: Services) -> StreamableHTTPSessionManager:
    from web.mcp.server import manager

    return manager(services)
