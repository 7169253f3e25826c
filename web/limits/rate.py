"""Rates: how many requests a minute one sender is answered, by a bucket that refills as time goes."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic

MOST = 10_000
"""Senders that are remembered; the one that was heard of least lately is forgotten for one more."""


class Rate:
    """`a_minute` of each sender, all of them at once if it comes to that; 0 is no bound."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = monotonic) -> None:
        self._a_minute = a_minute
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, sender: str) -> float:
        """0 where one more is answered, which is counted; else the seconds until one will be."""
        if not self._a_minute:
            return 0.0
        now = self._clock()
        left, at = self._buckets.pop(sender, (float(self._a_minute), now))
        left = min(float(self._a_minute), left + (now - at) * self._a_minute / 60)
        waits = (1 - left) * 60 / self._a_minute if left < 1 else 0.0
        self._buckets[sender] = (left if waits else left - 1, now)
        if len(self._buckets) > MOST:
            del self._buckets[next(iter(self._buckets))]
        return waits


def sender(address: str) -> str:
    """Whoever has `address`: of IPv6 its network of 64 bits, all of which one machine may have."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return f"{parsed.exploded[:19]}/64"
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
