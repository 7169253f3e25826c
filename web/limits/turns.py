"""Turns: long work, so much of it at once, and of each sender one piece after another, however many he has sent."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from web.limits.too_much import too_much

_SHARE = 4
"""Into so many parts the line is cut: no sender waits in more than one of them."""


class Turns:
    """`places` pieces are at work at once, each of another sender; `longest` wait. For use in one event loop."""

    def __init__(self, places: int, longest: int) -> None:
        self._free = asyncio.Semaphore(places)
        self._longest = longest
        self._turns: dict[str, asyncio.Lock] = {}
        self._here: Counter[str] = Counter()
        self.at_work = 0

    @property
    def waiting(self) -> int:
        return self._here.total() - self.at_work

    def check(self, sender: str) -> None:
        """TooManyRequestsException where one more of `sender` would not even be let wait."""
        mine = self._here[sender]
        if (mine or self._free.locked()) and self.waiting >= self._longest:
            raise too_much(f"{self.at_work} long texts are at work and {self.waiting} wait")
        if mine > max(1, self._longest // _SHARE):
            raise too_much(f"{mine - 1} long texts from where this comes wait already")

    @asynccontextmanager
    async def place(self, sender: str) -> AsyncGenerator[None]:
        """At work while it is entered, after what `sender` sent before. Who is cancelled has left the line."""
        self.check(sender)
        self._here[sender] += 1
        try:
            async with self._turns.setdefault(sender, asyncio.Lock()), self._free:
                self.at_work += 1
                try:
                    yield
                finally:
                    self.at_work -= 1
        finally:
            self._here[sender] -= 1
            if not self._here[sender]:
                del self._here[sender], self._turns[sender]
