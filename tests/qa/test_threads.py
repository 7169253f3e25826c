"""Threads: each piece of work in one, or all of it in the same."""

from __future__ import annotations

import asyncio
from threading import get_ident

import pytest

from qa.threads import in_one, in_thread


async def where(pieces: int) -> list[int]:
    """The threads in which so many pieces of work are done, and then the one that asked for them."""
    return [*[await in_thread(get_ident) for _ in range(pieces)], get_ident()]


def test_a_piece_of_work_is_done_beside_the_event_loop() -> None:
    *aside, here = asyncio.run(where(3))
    assert here == get_ident()
    assert here not in aside


def test_what_only_computes_is_done_in_one_thread_beside_the_event_loop() -> None:
    threads = asyncio.run(in_one(where(3)))
    assert len(set(threads)) == 1
    assert get_ident() not in threads


def test_others_are_not_affected() -> None:
    async def both() -> tuple[list[int], list[int]]:
        return await asyncio.gather(in_one(where(2)), where(2))

    one, other = asyncio.run(both())
    assert len(set(one)) == 1
    assert get_ident() not in other[:-1]


def test_what_goes_wrong_is_raised() -> None:
    async def wrong() -> None:
        await in_thread(int, "seven")

    with pytest.raises(ValueError, match="seven"):
        asyncio.run(in_one(wrong()))


def test_what_waits_after_all_is_told() -> None:
    async def waiting() -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits"):
        asyncio.run(in_one(waiting()))
