"""A date as words name it, and where it lies in time.

In: the parts that a text names (month, day, "last spring") and the day on which it was said. Out: the
stretches of days it may mean. A date without a year is the next one where the text looks ahead, else the
last one or that of the same year; which of two was meant is never guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from index.transcript import Span

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "winter": (12, 2)}
DAY_PARTS = ("morning", "afternoon", "evening", "night")

Part = Literal["", "early", "mid", "late"]
Stretch = tuple[date, date]
"""First and last day, both inclusive."""


class Relative(Struct, frozen=True):
    """Time told from the moment of speech: "yesterday" is the day -1, "last spring" the spring -1."""

    unit: str
    by: int
    hours: str = ""
    """The part of a day: "morning", "night"."""
    spoken: bool = True
    """Counted from the day of speech; else from one told before: "the day after", "the following week"."""


class Dated(Struct, frozen=True, kw_only=True):
    """A date as named. What the words don't say is None.

    `meant` holds the stretches it may mean, none where that can't be told. `relative` is set for words
    that mean something else on another day. `lapse`: an amount of time ("two weeks ago"), whose
    figure is a number.
    """

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    quarter: int | None = None
    part: Part = ""
    relative: Relative | None = None
    meant: tuple[Stretch, ...] = ()
    lapse: bool = False


def narrow(stretch: Stretch, part: Part) -> Stretch:
    """ "Early" and "late" are the first and last five twelfths."""
    first, last = stretch
    days = (last - first).days + 1
    if part == "early":
        return first, first + timedelta(days * 5 // 12)
    if part == "late":
        return last - timedelta(days * 5 // 12), last
    if part == "mid":
        return first + timedelta(days // 4), last - timedelta(days // 4)
    return stretch


def placed(dated: Dated, said: date | None, named: Sequence[int], ahead: bool) -> Dated:
    """With the stretches it may mean.

    `named` are years that stand in the same text; `ahead`: it speaks of what is to come.
    """
    if dated.meant:
        return dated
    if dated.year is not None:
        return replace(dated, meant=_stretches(dated, dated.year))
    if dated.relative is not None:
        told = () if said is None or not dated.relative.spoken else tuple(_told(dated, dated.relative, said))
        return replace(dated, meant=told)
    if dated.weekday is not None:
        return replace(dated, meant=() if said is None else _days_near(dated.weekday, said, ahead))
    meant = [one for year in named for one in _stretches(dated, year)]
    if said is not None and MINYEAR < said.year < MAXYEAR:
        meant += _nearest(dated, said, ahead)
    return replace(dated, meant=tuple(dict.fromkeys(meant)))


def _stretches(dated: Dated, year: int) -> tuple[Stretch, ...]:
    if dated.season is not None:
        return _season(year, dated.season)
    if dated.quarter is not None:
        return ((date(year, dated.quarter * 3 - 2, 1), month_of(year, dated.quarter * 3)[1]),)
    if dated.month is None:
        return () if dated.day is not None else ((date(year, 1, 1), date(year, 12, 31)),)
    if dated.day is None:
        return (month_of(year, dated.month),)
    day = date(year, dated.month, last_of(year, dated.month, dated.day))
    return ((day, day),)


def _nearest(dated: Dated, said: date, ahead: bool) -> list[Stretch]:
    """Of a date without a year: the next where the text looks ahead, else the last and the one of that year."""
    if dated.month is None and dated.season is None and dated.quarter is None:
        if dated.day is None or dated.day > monthrange(said.year, said.month)[1]:
            return []
        day = said.replace(day=dated.day)
        return [(day, day)]
    before, same, after = (_stretches(dated, said.year + by) for by in (-1, 0, 1))
    if ahead:
        return [next(one for one in (*same, *after) if one[1] >= said)]
    return [*dict.fromkeys((next(one for one in (*same, *before) if one[0] <= said), *same))]


def _days_near(weekday: int, said: date, ahead: bool) -> tuple[Stretch, ...]:
    last = _moved(said, -((said.weekday() - weekday) % 7))
    coming = _moved(said, (weekday - said.weekday()) % 7)
    return ((coming, coming),) if ahead else tuple(dict.fromkeys(((last, last), (coming, coming))))


def _told(dated: Dated, relative: Relative, said: date) -> Iterator[Stretch]:
    unit, by = relative.unit, relative.by
    year = said.year + by * {"year": 1, "decade": 10, "century": 100}.get(unit, 0)
    if unit == "day":
        yield (_moved(said, by),) * 2
    elif unit in ("week", "weekend"):
        monday = _moved(said, by * 7 - said.weekday())
        yield _moved(monday, 5 if unit == "weekend" else 0), _moved(monday, 6)
    elif unit == "month":
        months = said.year * 12 + said.month - 1 + by
        if MINYEAR <= months // 12 <= MAXYEAR:
            yield month_of(months // 12, months % 12 + 1)
    elif not MINYEAR + 1 <= year <= MAXYEAR - 1 or not MINYEAR < said.year < MAXYEAR:
        return
    elif unit == "year":
        yield from _stretches(dated, year)
    elif unit == "decade" and not dated.lapse:
        yield date(max(1, year // 10 * 10), 1, 1), date(min(MAXYEAR, year // 10 * 10 + 9), 12, 31)
    elif unit == "decade":
        yield date(year, 1, 1), date(year, 12, 31)
    elif unit in MONTHS or unit in SEASONS:
        yield from _told_part(replace(dated, relative=None), by, said)
    elif dated.weekday is not None:
        last = _moved(said, -((said.weekday() - dated.weekday - 1) % 7) - 1)
        for weeks in {-1: (0, -1), 0: (0, 1), 1: (1, 2)}[by]:
            yield (_moved(last, 7 * weeks),) * 2


def _told_part(dated: Dated, by: int, said: date) -> Iterator[Stretch]:
    """Last March, this spring, next summer: of the calendar year before or after, or the nearest one."""
    before, same, after = (_stretches(dated, said.year + one) for one in (-1, 0, 1))
    if by == 0:
        yield from same
    elif by < 0:
        yield from before
        yield from (one for one in same if one[0] <= said)
    else:
        yield from after
        yield from (one for one in same if one[1] >= said)


def _season(year: int, season: str) -> tuple[Stretch, ...]:
    """The winter of a year is the one that ends in it or the one that begins in it."""
    first, last = SEASONS[season]
    if season != "winter":
        return ((date(year, first, 1), month_of(year, last)[1]),)
    return tuple((date(one, 12, 1), month_of(one + 1, 2)[1]) for one in (year - 1, year) if 0 < one < MAXYEAR)


def month_of(year: int, month: int) -> Stretch:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def last_of(year: int, month: int, day: int) -> int:
    """That day, or the last one the month has."""
    return max(1, min(day, monthrange(year, month)[1]))


def _moved(day: date, by: int) -> date:
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + by)))
