"""Days, times, numbers and voices in words, as the pages print them."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

_MONTHS = "January February March April May June July August September October November December".split()


def day(iso: str | None) -> str:
    """`14 November 2019`; `undated` where there is none."""
    if not iso:
        return "undated"
    try:
        known = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{known.day} {_MONTHS[known.month - 1]} {known.year}"


def time_code(seconds: float) -> str:
    """`1:02:03`, `0:07`."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def number(value: int) -> str:
    """`12,345`."""
    return f"{value:,}"


def counted(value: int, noun: str) -> str:
    """`1 turn`, `1,204 turns`."""
    return f"{value:,} {noun}{'' if value == 1 else 's'}"


def web_address(address: str | None) -> str | None:
    """`address` where a browser may follow it: of http or https, with a host; None of any other."""
    if not address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None
