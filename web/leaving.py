"""Clients that leave: what was begun for them is stopped, and what has to be tidied up is.

What a request begins runs in a task of its own, which is cancelled once, where the client leaves,
and waited for. In the request's own task every await of the tidying would be cancelled again:
a model's connection would stay open, and the ledger would not hear of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing, suppress
from math import inf
from typing import Any, TypeVar

from anyio import CancelScope, EndOfStream, create_memory_object_stream, move_on_after
from litestar import Request
from litestar.exceptions import HTTPException

T = TypeVar("T")

BEAT = 15.0
"""Seconds of silence after which a stream says that it still stands, lest somebody between takes it for dead."""

TIDYING = 5.0
"""Seconds that stopping may take before it is no longer waited for."""


class ClientLeft(HTTPException):
    """Nobody reads the answer any more; the status is the one that nginx's log has for it."""

    status_code = 499
    detail = "the client left before the answer"


async def apart(events: AsyncGenerator[T, None], beat: float) -> AsyncGenerator[T | None, None]:
    """`events`, made in a task of their own that ends where this is closed; None where `beat` seconds bring none.

    They are made as fast as they can be, however slowly they are read: who reads slowly holds up nobody else.
    """
    sending, receiving = create_memory_object_stream[T](inf)

    async def make() -> None:
        async with sending, aclosing(events):
            async for event in events:
                await sending.send(event)

    maker = asyncio.create_task(make())
    try:
        async with receiving:
            while True:
                event = None
                with move_on_after(beat):
                    event = await receiving.receive()
                yield event
    except EndOfStream:
        await maker
    finally:
        await _stopped(maker)


async def while_there(request: Request[Any, Any, Any], work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives; ClientLeft, and `work` is cancelled, where the client does not wait for it."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientLeft
    finally:
        leaving.cancel()
        await _stopped(working)


async def _left(request: Request[Any, Any, Any]) -> None:
    """Wait until the client is gone; its body has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _stopped(task: asyncio.Task[Any]) -> None:
    """Cancel `task`, and see it end."""
    task.cancel()
    with CancelScope(shield=True):
        await asyncio.wait((task,), timeout=TIDYING)
    if task.done():
        with suppress(asyncio.CancelledError):
            task.exception()
