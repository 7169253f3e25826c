"""The line: a few questions at work at once, more waiting in the order they came, and no more than that.

What is at work shares the processors, and the more there are the later each is done; those that
wait cost nothing but their connection. A long text is as much work as many questions and has places
of its own: no question waits for one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

from litestar.exceptions import ServiceUnavailableException

from qa.answer import Answer, Event
from qa.bounds import Question
from web.limits.too_much import SOON, too_much
from web.limits.turns import Turns
from web.metrics import Asked

_QUESTIONS = 8
"""To so many that may be at work there is a place for a long text."""


class Line:
    """`places` questions are at work at once, `longest` wait, and of long texts as many. For use in one event loop."""

    def __init__(self, places: int, longest: int) -> None:
        self._places = asyncio.Semaphore(places)
        self._longest = longest
        self._long = Turns(max(1, places // _QUESTIONS), longest)
        self._limits: set[asyncio.Timeout] = set()
        self._at_work = 0
        self._waiting = 0

    @property
    def at_work(self) -> int:
        """Questions and long texts."""
        return self._at_work + self._long.at_work

    @property
    def waiting(self) -> int:
        """Questions and long texts."""
        return self._waiting + self._long.waiting

    def check(self) -> None:
        """TooManyRequestsException where whoever came now would not even be let wait."""
        if self._places.locked() and self._waiting >= self._longest:
            raise too_much(f"{self._at_work} questions are at work and {self._waiting} wait")

    @asynccontextmanager
    async def place(self) -> AsyncGenerator[None]:
        """At work while it is entered, after those who came before. Who is cancelled has left the line.

        ServiceUnavailableException where it is broken off.
        """
        self.check()
        async with self._unless_broken_off():
            self._waiting += 1
            try:
                await self._places.acquire()
            finally:
                self._waiting -= 1
            self._at_work += 1
            try:
                yield
            finally:
                self._at_work -= 1
                self._places.release()

    @asynccontextmanager
    async def long_place(self, sender: str) -> AsyncGenerator[None]:
        """As `place`, for a long text of `sender`: one of his at a time, and beside the questions."""
        async with self._unless_broken_off(), self._long.place(sender):
            yield

    def break_off(self) -> None:
        """End whatever is at work or waits, in the middle."""
        limits, self._limits = self._limits, set()
        for limit in limits:
            limit.reschedule(asyncio.get_running_loop().time())

    @asynccontextmanager
    async def _unless_broken_off(self) -> AsyncGenerator[None]:
        limit = asyncio.timeout(None)
        try:
            async with limit:
                self._limits.add(limit)
                try:
                    yield
                finally:
                    self._limits.discard(limit)
        except TimeoutError:
            if not limit.expired():
                raise
            raise ServiceUnavailableException(
                "the server was stopped before the answer was whole; ask again in a while",
                headers={"Retry-After": str(SOON)},
            ) from None


class InLine:
    """An answerer whose questions go through the line."""

    def __init__(self, answerer: Asked, line: Line) -> None:
        self._answerer = answerer
        self._line = line

    async def answer(self, question: Question) -> Answer:
        """As the answerer's."""
        async with self._line.place():
            return await self._answerer.answer(question)

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """As the answerer's."""
        async with self._line.place(), aclosing(self._answerer.stream(question)) as events:
            async for event in events:
                yield event
