"""Date words: each stretch of an English text that names a day, month, year or another time, by its parts.

In: a text. Out: `Dated` without what it means on a calendar (`dated.py` places it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from index.text.date_patterns import DAY_WORD, MONTH
from index.text.dated import Dated
from index.text.month_words import FIGURES, HOLIDAY, MONTHS_NAMED, in_figures, of_holiday, of_month
from index.text.relative_words import (
    AGO,
    DAYS,
    LONE_DAYS,
    NEIGHBOURS,
    WEEKDAYS_NAMED,
    ago,
    lone_day,
    neighbour,
    of_today,
    of_weekday,
)
from index.text.year_words import DECADES, QUARTERS, SEASONS_NAMED, YEARS, decade, of_quarter, of_season, of_year


@lru_cache(maxsize=4096)
def read(text: str) -> tuple[Dated, ...]:
    """The dates of `text` in order and apart, the longest where two begin together."""
    found: list[Dated] = []
    low = text.lower()
    for hint, pattern, reader in _READERS:
        if hint.search(low):
            for match in pattern.finditer(text):
                found += reader(text, match)
    found.sort(key=lambda one: (one.span.start, -one.span.end))
    apart: list[Dated] = []
    for one in found:
        # The days of "May 3 and 4" have one span.
        if (
            not apart
            or one.span.start >= apart[-1].span.end
            or (one.span == apart[-1].span and one.day != apart[-1].day)
        ):
            apart.append(one)
    return tuple(apart)


_Reader = Callable[[str, re.Match[str]], Iterator[Dated]]
_READERS: tuple[tuple[re.Pattern[str], re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(hint), pattern, reader)
    for hint, pattern, reader in (
        (r"[0-9][/.-][0-9]", FIGURES, in_figures),
        (rf"\b{MONTH}(?!\w)", MONTHS_NAMED, of_month),
        (r"quarter|\bq[1-4]", QUARTERS, of_quarter),
        (r"christmas|new year|hallo|valentine|independence|juneteenth|veterans|9/11", HOLIDAY, of_holiday),
        (r"spring|summer|fall|autumn|winter", SEASONS_NAMED, of_season),
        (r"0['’]?s\b|ties\b", DECADES, decade),
        (r"[0-9][0-9]|nineteen|twenty|thousand", YEARS, of_year),
        (r"today|tonight|yesterday|tomorrow", DAYS, of_today),
        (r"\bago\b", AGO, ago),
        (r"\b(?:day|week|month|quarter|year|decade|centur|morning|afternoon|evening|night)", NEIGHBOURS, neighbour),
        (r"day", WEEKDAYS_NAMED, of_weekday),
        (rf"\bthe\s+(?:[0-9]|{DAY_WORD})", LONE_DAYS, lone_day),
    )
)
"""A pattern of lower-case words without which there is nothing to look for, what to look for, and its reader."""
