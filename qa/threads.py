"""Threads: where computing is done, so that the event loop is free.

Each piece of work goes to a worker thread by itself; where a whole answer is nothing but computing, it
goes there as one piece, for each change of threads costs the others their turn at the interpreter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_IN_ONE: ContextVar[bool] = ContextVar("in_one", default=False)


async def in_thread(work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """What `work` returns, done in a worker thread."""
    if _IN_ONE.get():
        return work(*args, **named)
    return await asyncio.to_thread(work, *args, **named)


async def in_one(computing: Coroutine[Any, Any, T]) -> T:
    """What `computing` returns, all of it done in one worker thread; nothing in it may wait but for `in_thread`."""
    return await asyncio.to_thread(_whole, computing)


def _whole(computing: Coroutine[Any, Any, T]) -> T:
    _IN_ONE.set(True)  # In a context of this thread's own: asyncio has copied it.
    try:
        computing.send(None)
    except StopIteration as ended:
        result: T = ended.value
        return result
    finally:
        computing.close()
    raise RuntimeError("what was said to be computing alone waits for something")
