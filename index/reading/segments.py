"""Fields of recognisers' JSON, read with care: a wrong type names its place instead of failing somewhere else."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from index.errors import Unreadable


def objects(value: object, place: str) -> list[dict[str, Any]]:
    """`value` as a list of objects. Raises Unreadable, naming `place`."""
    if not isinstance(value, list):
        raise Unreadable(f"{place}: a list is expected")
    for at, entry in enumerate(value):
        if not isinstance(entry, dict):
            raise Unreadable(f"{place}[{at}]: an object is expected")
    return value


def text(entry: Mapping[str, Any], name: str, place: str) -> str:
    """The string `name`; absent is empty."""
    value = entry.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"{place}.{name}: a text is expected, not {type(value).__name__}")
    return value


def label(entry: Mapping[str, Any], name: str, place: str) -> str | None:
    """The label `name`, a string or a number; blank is none."""
    value = entry.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(text(entry, name, place).split()) or None


def second(entry: Mapping[str, Any], name: str, place: str, unit: float = 1.0) -> float | None:
    """The time `name` in seconds; a `unit` of 0.001 takes milliseconds. Absent, NaN or negative is none."""
    value = entry.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unreadable(f"{place}.{name}: a number of seconds is expected")
    try:
        # Divide, for 0.001 is no binary fraction: 40 ms is 0.04 s.
        seconds = float(value) / round(1 / unit)
    except (ValueError, OverflowError):
        raise Unreadable(f"{place}.{name}: {str(value)[:40]!r} is no number of seconds") from None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
