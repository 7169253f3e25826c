"""Patience: the time limits of one reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing
from typing import TypeVar

from qa.errors import ModelTooSlow

T = TypeVar("T")


class Patience:
    """Counts from when it is made: `patience` seconds for each step, `longest` for all."""

    def __init__(self, model: str, patience: float, longest: float) -> None:
        self._model = model
        self._patience = patience
        self._longest = longest
        self._until = asyncio.get_running_loop().time() + longest

    async def wait(self, awaited: Awaitable[T]) -> T:
        """What `awaited` gives; it is cancelled, and ModelTooSlow raised, where it takes too long."""
        left = self._until - asyncio.get_running_loop().time()
        limit = asyncio.timeout(min(self._patience, left))
        try:
            async with limit:
                return await awaited
        except TimeoutError:
            if not limit.expired():
                raise
        if left < self._patience:
            said = f"its reply took more than {self._longest:g} s; give it more with `longest`, or ask a faster one"
        else:
            said = f"nothing came for {self._patience:g} s; give it more with `patience`, or ask a faster one"
        raise ModelTooSlow(f"{self._model}: {said}")

    async def each(self, pieces: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
        """`pieces` one by one, each waited for; they are closed with this iterator."""
        async with aclosing(pieces):
            while True:
                try:
                    piece = await self.wait(anext(pieces))
                except StopAsyncIteration:
                    return
                yield piece
