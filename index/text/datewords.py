"""Date words: each stretch of an English text that names a day, month, year or another time, by its parts.

In: a text. Out: `Dated` without what it means on a calendar (`dated.py` places it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from index.text.date_patterns import DAY_WORD
from index.text.dated import Dated
from index.text.month_words import (
    DAYS_BEFORE,
    FIGURES,
    HOLIDAY,
    MONTHS_NAMED,
    days_before,
    in_figures,
    of_holiday,
    of_month,
)
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
    words = frozenset(_WORD.findall(low))
    for hint, pattern, reader in _READERS:
        if hint(low, words):
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


_WORD = re.compile(r"\w+")

_Hint = Callable[[str, frozenset[str]], bool]
_Reader = Callable[[str, re.Match[str]], Iterator[Dated]]


def _word_of(words: str) -> _Hint:
    known = frozenset(words.split())
    return lambda _text, words: not known.isdisjoint(words)


def _sign(pattern: str) -> _Hint:
    sign = re.compile(pattern)
    return lambda text, _words: sign.search(text) is not None


_READERS: tuple[tuple[_Hint, re.Pattern[str], _Reader], ...] = (
    (_sign(r"[0-9][/.-][0-9]"), FIGURES, in_figures),
    (
        _word_of(
            "jan january feb february mar march apr april may jun june jul july aug august sep sept september "
            "oct october nov november dec december"
        ),
        MONTHS_NAMED,
        of_month,
    ),
    (_sign(r"[0-9](?:st|nd|rd|th)?\s+(?:of\s+)?[jfmasond]"), DAYS_BEFORE, days_before),
    (_word_of("quarter q1 q2 q3 q4"), QUARTERS, of_quarter),
    (_word_of("christmas year halloween valentine independence juneteenth veterans 9"), HOLIDAY, of_holiday),
    (_word_of("spring summer fall autumn winter"), SEASONS_NAMED, of_season),
    (_sign(r"0['’]?s\b|ties\b"), DECADES, decade),
    (_sign(r"[0-9][0-9]|nineteen|twenty|thousand"), YEARS, of_year),
    (_word_of("today tonight yesterday tomorrow"), DAYS, of_today),
    (_word_of("ago"), AGO, ago),
    (
        _word_of(
            "day days week weeks weekend weekends month months quarter quarters year years decade decades century "
            "centuries morning afternoon evening night nights"
        ),
        NEIGHBOURS,
        neighbour,
    ),
    (
        _word_of(
            "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays "
            "sunday sundays"
        ),
        WEEKDAYS_NAMED,
        of_weekday,
    ),
    (_sign(rf"\bthe\s+(?:[0-9]|{DAY_WORD})"), LONE_DAYS, lone_day),
)
"""What the text in lower case, or a word of it, must have for there to be anything; what to look for; its reader."""
