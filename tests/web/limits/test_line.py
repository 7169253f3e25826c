"""The line: so many at work, the others in the order they came, and who has left it is not begun."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar.exceptions import TooManyRequestsException

from web.limits.line import Line


def run(work: Coroutine[None, None, None]) -> None:
    asyncio.run(work)


@settings(deadline=None)
@given(st.integers(1, 5), st.lists(st.booleans(), max_size=20))
def test_no_more_are_at_work_than_there_are_places_and_nobody_is_forgotten(places: int, stay: list[bool]) -> None:
    async def everybody() -> None:
        line = Line(places, len(stay))
        begun: list[int] = []
        most = 0

        async def one(at: int) -> None:
            nonlocal most
            async with line.place():
                begun.append(at)
                most = max(most, line.at_work)
                await asyncio.sleep(0)

        tasks = [asyncio.create_task(one(at)) for at in range(len(stay))]
        await asyncio.sleep(0)
        for task, stays in zip(tasks[places:], stay[places:]):
            if not stays:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        expected = [at for at, stays in enumerate(stay) if at < places or stays]
        assert begun == expected
        assert most <= places
        assert (line.at_work, line.waiting) == (0, 0)

    run(everybody())


def test_beyond_the_longest_line_one_is_told_when_to_come_again() -> None:
    async def three() -> None:
        line = Line(1, 1)
        async with line.place():
            second = asyncio.create_task(line.place().__aenter__())
            await asyncio.sleep(0)
            assert (line.at_work, line.waiting) == (1, 1)
            with pytest.raises(TooManyRequestsException) as raised:
                await line.place().__aenter__()
            assert raised.value.headers == {"Retry-After": "5"}
            with pytest.raises(TooManyRequestsException):
                line.check()
        await second
        assert (line.at_work, line.waiting) == (1, 0)
        line.check()

    run(three())
