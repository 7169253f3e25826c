"""Times of day: "3 p.m.", "15:00", "three o'clock", "noon", in minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from index.text.number import Number
from index.text.units import CLOCK, DIAL
from index.transcript import Span

_HOURS = {
    word: hour for hour, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_HALF = r"(?P<{name}>[ap])\.?\s?m\b\.?"
_CLOCK = re.compile(
    r"(?<![\w.:$£€])(?:"
    r"(?P<hour>[01]?[0-9]|2[0-4])(?::(?P<minute>[0-5][0-9])(?::[0-5][0-9])?)?\s?"
    rf"(?:{_HALF.format(name='half')}|o['’]?clock\b)"
    r"|(?P<plain_hour>[01]?[0-9]|2[0-3]):(?P<plain_minute>[0-5][0-9])(?![:\d])"
    rf"|(?P<word>{'|'.join(_HOURS)})[\s-](?:{_HALF.format(name='word_half')}|o['’]?clock\b)"
    rf"|(?P<past>half|quarter|a\s+quarter)\s+(?P<side>past|to)\s+(?P<past_word>{'|'.join(_HOURS)})\b"
    r"|(?P<named>noon|midnight)\b)(?:\s+in\s+the\s+(?P<part>morning|afternoon|evening))?",
    re.IGNORECASE,
)
_HINT = re.compile(r"[0-9:]|clock|noon|midnight|half|quarter|\b[ap]\.?\s?m\b")
"""Something of every time of day, small."""
_PARTS = {"morning": "a", "afternoon": "p", "evening": "p"}


def times(text: str) -> Iterator[Number]:
    """Times of day, in minutes."""
    for found in _CLOCK.finditer(text) if _HINT.search(text.lower()) else ():
        span = Span(*found.span())
        if found["named"]:
            yield Number(Fraction(720 if found["named"].lower() == "noon" else 0), CLOCK, span)
            continue
        word = found["word"] or found["past_word"]
        hour = _HOURS[word.lower()] if word else int(found["hour"] or found["plain_hour"])
        minutes = Fraction(int(found["minute"] or found["plain_minute"] or 0))
        if found["past"]:
            lapse = 30 if found["past"].lower() == "half" else 15
            hour, minutes = (
                (hour, Fraction(lapse)) if found["side"].lower() == "past" else (hour + 11, Fraction(60 - lapse))
            )
        half = (found["half"] or found["word_half"] or _PARTS.get((found["part"] or "").lower(), "")).lower()
        if found["past"] and not half:
            yield Number(hour % 12 * 60 + minutes, DIAL, span)
        elif half and (hour <= 12 or found["past"]):
            yield Number(hour % 12 * 60 + minutes + (720 if half == "p" else 0), CLOCK, span)
        elif hour > 12 or (found["plain_hour"] or "").startswith("0"):
            yield Number(hour % 24 * 60 + minutes, CLOCK, span)
        else:
            yield Number(hour % 12 * 60 + minutes, DIAL, span)
