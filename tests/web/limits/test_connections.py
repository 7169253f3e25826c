"""Connections on which no request comes to be: they are closed, and those that are used are not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
import uvicorn

from web.limits import connections
from web.limits.connections import Connection

ANSWERING = 1.5
"""Seconds."""


LARGE = 50_000_000
"""Bytes; far more than sockets hold."""

Sending = Callable[[dict[str, object]], Awaitable[None]]


async def application(scope: dict[str, object], _: object, send: Sending) -> None:
    if scope["path"] == "/large":
        await large(send, pieces=1)
        return
    if scope["path"] == "/pieces":
        await large(send, pieces=1000)
        return
    await asyncio.sleep(ANSWERING)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def large(send: Sending, pieces: int) -> None:
    """An answer that is too much for a socket, in so many pieces."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % LARGE)]})
    for _ in range(pieces):
        await send({"type": "http.response.body", "body": bytes(LARGE // pieces), "more_body": True})
    await send({"type": "http.response.body", "body": b""})


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


@pytest.mark.parametrize("path", ["/large", "/pieces"])
def test_one_whose_answer_nobody_reads_is_closed(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(port: int) -> None:
        # So little is read that the rest stays with the server, until it lets go.
        _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
        lost = asyncio.Event()

        def connection_lost(connection: Connection, error: Exception | None) -> None:
            known(connection, error)
            lost.set()

        known = Connection.connection_lost
        monkeypatch.setattr(Connection, "connection_lost", connection_lost)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await lost.wait()
        writer.transport.abort()

    with_server(work, monkeypatch)


@pytest.mark.parametrize("path", ["/large", "/pieces"])
def test_one_whose_answer_is_read_slowly_is_not(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        left = LARGE
        while left:
            left -= len(await reader.readexactly(min(left, 1_000_000)))
            await asyncio.sleep(0.03)  # Longer in all than a whole answer that is not read may wait.
        writer.close()

    with_server(work, monkeypatch)


ASKING = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

Opened = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def opened(port: int, sent: bytes = b"") -> Opened:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    return reader, writer


def close(them: list[Opened]) -> None:
    for _, writer in them:
        writer.close()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[Connection]:
    """The connections that the server took, as they come."""
    known: list[Connection] = []
    made = Connection.connection_made

    def connection_made(connection: Connection, transport: asyncio.Transport) -> None:
        known.append(connection)
        made(connection, transport)

    monkeypatch.setattr(Connection, "connection_made", connection_made)
    return known


async def three_at_work(port: int, taken: list[Connection]) -> list[Opened]:
    """Connections on which the server works."""
    asking = [await opened(port, ASKING) for _ in range(3)]
    while sum(one.cycle is not None for one in taken) < len(asking):
        await asyncio.sleep(0)
    return asking


def test_those_that_ask_nothing_make_room(taken: list[Connection], monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(port: int) -> None:
        asking = await three_at_work(port, taken)
        silent = [await opened(port) for _ in range(20)]
        asking.append(await opened(port, ASKING))
        for reader, _ in asking:
            assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
        assert sum(one.transport.is_closing() for one in taken) >= len(asking) + len(silent) - connections.MOST
        close(asking + silent)

    monkeypatch.setattr(connections, "MOST", 5)
    with_server(work, monkeypatch, seconds=60)


def test_where_all_ask_one_more_is_not_taken(taken: list[Connection], monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(port: int) -> None:
        asking = await three_at_work(port, taken)
        one_more = await opened(port)
        with suppress(ConnectionError):
            assert await one_more[0].read() == b""
        for reader, _ in asking:
            assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
        close([*asking, one_more])

    monkeypatch.setattr(connections, "MOST", 3)
    with_server(work, monkeypatch, seconds=60)
