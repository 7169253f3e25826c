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


def test_long_texts_of_one_sender_keep_no_question_and_no_other_sender_waiting() -> None:
    async def everybody() -> None:
        line = Line(16, 100)  # with places for two long texts
        done, begun = asyncio.Event(), list[str]()

        async def check(sender: str) -> None:
            async with line.long_place(sender):
                begun.append(sender)
                await done.wait()

        tasks = [asyncio.create_task(check(sender)) for sender in ["a"] * 20 + ["b", "c"]]
        await asyncio.sleep(0)
        assert begun == ["a", "b"]
        assert (line.at_work, line.waiting) == (2, 20)
        async with line.place():
            assert (line.at_work, line.waiting) == (3, 20)
        done.set()
        await asyncio.gather(*tasks)
        assert begun[:3] == ["a", "b", "c"]
        assert (line.at_work, line.waiting) == (0, 0)

    run(everybody())


def test_one_sender_fills_a_part_of_the_line_of_long_texts_and_leaves_the_others() -> None:
    async def everybody() -> None:
        line = Line(1, 8)
        async with line.long_place("a"):
            waiting = [asyncio.create_task(line.long_place("a").__aenter__()) for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(TooManyRequestsException) as raised:
                await line.long_place("a").__aenter__()
            assert raised.value.headers == {"Retry-After": "5"}
            other = asyncio.create_task(line.long_place("b").__aenter__())
            await asyncio.sleep(0)
            assert line.waiting == 3
            for task in (*waiting, other):
                task.cancel()
            await asyncio.gather(*waiting, other, return_exceptions=True)
        assert (line.at_work, line.waiting) == (0, 0)
        async with line.long_place("a"):
            pass

    run(everybody())


def test_beyond_the_longest_line_of_long_texts_nobody_is_let_wait() -> None:
    async def three() -> None:
        line = Line(1, 1)
        async with line.long_place("a"):
            second = asyncio.create_task(line.long_place("b").__aenter__())
            await asyncio.sleep(0)
            with pytest.raises(TooManyRequestsException):
                await line.long_place("c").__aenter__()
            line.check()
        await second

    run(three())
