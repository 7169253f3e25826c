"""Times of day: "3 p.m.", "15:00", "three o'clock", "noon", in minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from index.text.number import Number
from index.text.units import CLOCK, DIAL
from index.transcript import Span

_CLOCK = re.compile(
    r"(?<![\w.:$£€])(?:(?P<hour>[01]?[0-9]|2[0-4])(?::(?P<minute>[0-5][0-9])(?::[0-5][0-9])?)?\s?(?:(?P<half>[ap])\.?\s?m\b\.?|(?P<oclock>o['’]?clock\b))"
    r"|(?P<plain_hour>[01]?[0-9]|2[0-3]):(?P<plain_minute>[0-5][0-9])(?![:\d])(?P<lapse>)"
    r"|(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-](?:(?P<word_half>[ap])\.?\s?m\b\.?|o['’]?clock\b)"
    r"|\b(?P<named>noon|midnight)\b)(?:\s+in\s+the\s+(?P<part>morning|afternoon|evening))?",
    re.IGNORECASE,
)
_HOURS = {
    word: hour for hour, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}


def times(text: str) -> Iterator[Number]:
    """Times of day, in minutes."""
    for found in _CLOCK.finditer(text):
        span = Span(*found.span())
        if found["named"]:
            yield Number(Fraction(720 if found["named"].lower() == "noon" else 0), CLOCK, span)
            continue
        hour = _HOURS[found["word"].lower()] if found["word"] else int(found["hour"] or found["plain_hour"])
        minutes = Fraction(int(found["minute"] or found["plain_minute"] or 0))
        half = (
            found["half"]
            or found["word_half"]
            or {"morning": "a", "afternoon": "p", "evening": "p"}.get((found["part"] or "").lower(), "")
        ).lower()
        if half and hour <= 12:
            yield Number(hour % 12 * 60 + minutes + (720 if half == "p" else 0), CLOCK, span)
        elif hour > 12 or (found["plain_hour"] or "").startswith("0"):
            yield Number(hour % 24 * 60 + minutes, CLOCK, span)
        else:
            yield Number(hour % 12 * 60 + minutes, DIAL, span)
