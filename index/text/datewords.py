"""Date words: each stretch of an English text that names a day, month, year or another time, by its parts.

In: a text. Out: `Dated` without what it means on a calendar (`dated.py` places it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

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
from index.text.numeral_items import ORDINALS
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
    low = text.lower()
    words = frozenset(_WORD.findall(low))
    has_figure = _FIGURE.search(low) is not None
    if not has_figure and _TELLING.isdisjoint(words):
        return ()
    found: list[Dated] = []
    for known, figure, pattern, reader in _READERS:
        if not known.isdisjoint(words) or (has_figure and figure and figure.search(low)):
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
_FIGURE = re.compile("[0-9]")

_Reader = Callable[[str, re.Match[str]], Iterator[Dated]]


def _reading(
    pattern: re.Pattern[str], reader: _Reader, words: str = "", figure: str | None = None
) -> tuple[frozenset[str], re.Pattern[str] | None, re.Pattern[str], _Reader]:
    return frozenset(words.split()), re.compile(figure) if figure else None, pattern, reader


_READERS = (
    _reading(FIGURES, in_figures, figure=r"[0-9][/.-][0-9]"),
    _reading(
        MONTHS_NAMED,
        of_month,
        "jan january feb february mar march apr april may jun june jul july aug august sep sept september "
        "oct october nov november dec december",
    ),
    _reading(DAYS_BEFORE, days_before, figure=r"[0-9](?:st|nd|rd|th)?\s+(?:of\s+)?[jfmasond]"),
    _reading(QUARTERS, of_quarter, "quarter q1 q2 q3 q4"),
    _reading(HOLIDAY, of_holiday, "christmas year halloween valentine independence juneteenth veterans 9"),
    _reading(SEASONS_NAMED, of_season, "spring summer fall autumn winter"),
    _reading(
        DECADES, decade, "twenties thirties forties fifties sixties seventies eighties nineties", r"0['’]?s\b"
    ),
    _reading(YEARS, of_year, "nineteen twenty thousand", "[0-9][0-9]"),
    _reading(DAYS, of_today, "today tonight yesterday tomorrow"),
    _reading(AGO, ago, "ago"),
    _reading(
        NEIGHBOURS,
        neighbour,
        "day days week weeks weekend weekends month months quarter quarters year years decade decades century "
        "centuries morning afternoon evening night nights",
    ),
    _reading(
        WEEKDAYS_NAMED,
        of_weekday,
        "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays "
        "sunday sundays",
    ),
    _reading(LONE_DAYS, lone_day, " ".join(ORDINALS), r"\bthe\s+[0-9]"),
)
"""The words, or what of its figures, the text in lower case must have; what to look for; its reader."""
_TELLING = frozenset[str]().union(*(known for known, *_ in _READERS))
