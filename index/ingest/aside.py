"""Long work that can't be cut into steps, done aside while others have their turn."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

T = TypeVar("T")

OFTEN = 0.1
"""Seconds between two pauses."""


def aside(act: Callable[[], T], paused: Callable[[], None]) -> T:
    """What `act` gives or raises, done in a thread of its own; this one calls `paused` until then, which may raise."""
    pool = ThreadPoolExecutor(1, "aside")
    try:
        doing = pool.submit(act)
        while not wait([doing], timeout=OFTEN).done:
            paused()
        return doing.result()
    finally:
        # Where a pause has raised nobody waits for what is still being done.
        pool.shutdown(wait=False)
