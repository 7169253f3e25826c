"""Days, times, numbers and addresses as the pages write them; static/wording.js does the same."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from web.pages.harmless import harmless

__all__ = ["clock", "count", "day", "harmless", "several", "web_address"]

_MONTHS = "January February March April May June July August September October November December".split()


def day(written: str | None) -> str:
    """`2021-05-11` as `11 May 2021`; what is no date as it is, none as no words."""
    try:
        known = date.fromisoformat(written or "")
    except ValueError:
        return written or ""
    return f"{known.day} {_MONTHS[known.month - 1]} {known.year}"


def clock(seconds: float | None) -> str:
    """`3723.4` as `1:02:03`; none as no words."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def count(number: int) -> str:
    """`12345` as `12,345`."""
    return f"{number:,}"


def several(number: int, one: str, more: str | None = None) -> str:
    """`1 turn`, `2,000 turns`."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"


def web_address(address: str | None) -> str | None:
    """`address` where a browser may follow it: of http or https, with a host; None of any other."""
    try:
        parts = urlsplit(address or "")
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None
