"""Too much at once: what is said to whom there is no room for even in line."""

from __future__ import annotations

from litestar.exceptions import TooManyRequestsException

SOON = 5
"""Seconds after which it is worth asking again."""


def too_much(why: str) -> TooManyRequestsException:
    """The answer to one more, and when to come again."""
    return TooManyRequestsException(f"{why}; ask again in a while", headers={"Retry-After": str(SOON)})
