"""Periods: the stretch of time that words such as "March 2021", "early 2022" or "November 14, 2019" mean.

In: a text. Out: each period named with a year, as two ISO dates, both inclusive, and where it
stands. Words without a year ("last spring", "in March") name no period by themselves.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from index.transcript import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}

_PERIOD = re.compile(
    r"\b(?:(?P<iso>(?:1[5-9]|20)\d\d-\d\d-\d\d)"
    r"|(?:(?P<day_first>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?,?\s+(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?(?P<month_year>(?:1[5-9]|20)\d\d)"
    r"|(?:the\s+)?(?P<season>spring|summer|fall|autumn)\s+(?:of\s+)?(?P<season_year>(?:1[5-9]|20)\d\d)"
    r"|(?P<year>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)


class Period(Struct, frozen=True):
    """From the first day to the last, both inclusive, and where the words stand."""

    since: str
    until: str
    span: Span


def periods(text: str) -> list[Period]:
    """The periods that `text` names, in order."""
    return list(_periods(text))


def _periods(text: str) -> Iterator[Period]:
    for found in _PERIOD.finditer(text):
        span = Span(*found.span())
        if found["iso"]:
            first = last = _day(found["iso"][:4], int(found["iso"][5:7]), int(found["iso"][8:]))
        elif found["month"]:
            month = _MONTHS.index(found["month"][:3].lower()) + 1
            day = found["day"] or found["day_first"]
            first = _day(found["month_year"], month, int(day) if day else 1)
            last = _day(found["month_year"], month, int(day) if day else 31)
        elif found["season"]:
            months = _SEASONS[found["season"].lower()]
            first, last = _day(found["season_year"], months[0], 1), _day(found["season_year"], months[1], 31)
        else:
            first, last = _day(found["year"], 1, 1), _day(found["year"], 12, 31)
        yield Period(first.isoformat(), last.isoformat(), span)


def _day(year: str, month: int, day: int) -> date:
    """That day, or the last one the month has."""
    month = min(max(month, 1), 12)
    return date(int(year), month, min(max(day, 1), monthrange(int(year), month)[1]))
