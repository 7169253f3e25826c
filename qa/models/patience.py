"""Patience: the time limits of one reply."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing
from typing import TypeVar

from qa.errors import ModelTooSlow
from qa.models.settings import ModelSettings

T = TypeVar("T")


class Patience:
    """Counts from when it is made: `settings.patience` seconds for each step, `settings.longest` for all."""

    def __init__(self, model: str, settings: ModelSettings) -> None:
        self._model = model
        self._settings = settings
        self._until = asyncio.get_running_loop().time() + settings.longest

    async def wait(self, awaited: Awaitable[T]) -> T:
        """What `awaited` gives; it is cancelled, and ModelTooSlow raised, where it takes too long."""
        patience, left = self._settings.patience, self._until - asyncio.get_running_loop().time()
        limit = asyncio.timeout(min(patience, left))
        try:
            async with limit:
                return await awaited
        except TimeoutError:
            if not limit.expired():
                raise
        if left < patience:
            raise ModelTooSlow(f"{self._model}: its reply took more than {self._settings.longest:g} s (`longest`)")
        raise ModelTooSlow(f"{self._model}: nothing came for {patience:g} s (`patience`)")

    async def each(self, pieces: AsyncGenerator[T, None]) -> AsyncGenerator[T, None]:
        """`pieces` one by one, each waited for; they are closed with this iterator."""
        async with aclosing(pieces):
            while True:
                try:
                    piece = await self.wait(anext(pieces))
                except StopAsyncIteration:
                    return
                yield piece
