"""Days that no calendar has: "31 November", "29 February 2021".

In: a question. Out: what is wrong with each such day, in words. A day without a year is held against
a leap year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from index.text.date_patterns import MONTH, YEAR
from index.text.dated import MONTHS
from index.text.dates import dates
from qa.days import MONTH_NAMES

_ISO = re.compile(rf"(?<![\w-])(?P<year>{YEAR})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?![\w-])")
_BEYOND_ANY = re.compile(
    rf"\b(?P<month>{MONTH})\s+(?P<day>3[2-9]|[4-9][0-9])(?:st|nd|rd|th)?,?\s+(?P<year>{YEAR})\b", re.IGNORECASE
)
"""Days which are no date to `dates`, since no month has them."""

_LEAP = 2020
_FEBRUARY = 2


def impossible_days(text: str) -> tuple[str, ...]:
    """What is wrong with each day that `text` names and no calendar has, a sentence each."""
    return tuple(dict.fromkeys(filter(None, (_wrong(*one) for one in _days(text)))))


def _days(text: str) -> Iterator[tuple[int | None, int, int]]:
    """Year, month and day of the days that `text` names."""
    for found in _ISO.finditer(text):
        yield int(found["year"]), int(found["month"]), int(found["day"])
    for found in _BEYOND_ANY.finditer(text):
        yield int(found["year"]), MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"])
    for one in dates(text):
        if one.month is not None and one.day is not None:
            yield one.year, one.month, one.day


def _wrong(year: int | None, month: int, day: int) -> str | None:
    if not 1 <= month <= 12:
        return f"There is no month {month}."
    last = monthrange(year or _LEAP, month)[1]
    if 1 <= day <= last:
        return None
    of = MONTH_NAMES[month - 1]
    if month != _FEBRUARY:
        return f"There is no {day} {of}: that month has {last} days."
    if year is None:
        return f"There is no {day} {of}: that month has at most {last} days."
    return f"There is no {day} {of} {year}: that month has {last} days."
