"""Connections on which no request comes to be: they are closed, and those that are used are not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import uvicorn

from web.limits import connections
from web.limits.connections import Connection

ANSWERING = 1.5
"""Seconds."""


async def application(_: object, __: object, send: Callable[[dict[str, object]], Awaitable[None]]) -> None:
    await asyncio.sleep(ANSWERING)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


def with_server(work: Callable[[int], Awaitable[None]], monkeypatch: pytest.MonkeyPatch, seconds: float = 0.2) -> None:
    """Do `work`, which is given the port, while a server runs that waits so many seconds for a request."""
    monkeypatch.setattr(connections, "SECONDS", seconds)

    async def everything() -> None:
        config = uvicorn.Config(application, http=Connection, lifespan="off", log_config=None, port=0)
        server = uvicorn.Server(config)
        config.load()
        server.lifespan = config.lifespan_class(config)
        await server.startup()
        try:
            await work(server.servers[0].sockets[0].getsockname()[1])
        finally:
            await server.shutdown()

    asyncio.run(everything())


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_one_that_asks_nothing_is_closed(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        assert await reader.read() == b""
        writer.close()

    with_server(work, monkeypatch)


def test_one_whose_refused_body_never_ends_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
        reading = asyncio.create_task(reader.read())
        while not reading.done():
            writer.write(b"1\r\nx\r\n")
            await asyncio.sleep(0.01)
        writer.close()

    with_server(work, monkeypatch)


def test_one_whose_answer_takes_its_time_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readuntil(b"ok")).startswith(b"HTTP/1.1 200 ")
        writer.close()

    with_server(work, monkeypatch, seconds=1.0)
