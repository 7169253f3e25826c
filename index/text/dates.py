"""Dates: the days, months, years and other stretches of time that words name.

In: an English text and, if known, the day on which it was said. Out: `dates`, each with its parts
(month, day, year …), the place where it stands, and the periods it may mean: "March 2021" means one,
"in March" said in May 2021 means March 2021, "last spring" one of two. Without the day, partial dates
stay partial. `dates_after` lends days alone the month named before. `periods` are those named with a year alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from index.text.dated import SEASONS, Dated, Stretch, month_of, narrow, placed
from index.text.datewords import read
from index.transcript import Span


class Period(Struct, frozen=True):
    """From the first day to the last, both inclusive, and where the words stand."""

    since: str
    until: str
    span: Span


def periods(text: str) -> list[Period]:
    """The periods that `text` names with a year, in order; early and late are not told apart."""
    return [
        Period(one.meant[0][0].isoformat(), one.meant[0][1].isoformat(), one.span)
        for one in dates(text)
        if one.year is not None and one.meant
    ]


def on(day: date) -> Dated:
    """That day, as a date; it stands nowhere."""
    return Dated(
        span=Span(0, 0), year=day.year, month=day.month, day=day.day, weekday=day.weekday(), meant=((day, day),)
    )


def bears_out(found: Dated, stated: Dated) -> bool:
    """Whether `found` says at least as much as `stated`: 13 May 2021 bears out "May 2021", never the other way.

    Words told from the moment of speech ("yesterday") are borne out by such words alone.
    """
    if stated.relative is not None:
        return _same_relative(found, stated) and _parts_agree(found, stated)
    if stated.year is not None and stated.meant:
        meant = [any(_within(one, whole) for whole in _narrowed(stated)) for one in _narrowed(found)]
        # A month that may be of either year is in the latter half of neither.
        in_part = stated.part and stated.month is None
        return any(meant) and (all(meant) or not in_part) and _weekday_agrees(found, stated)
    return _parts_agree(found, stated)


def _same_relative(found: Dated, stated: Dated) -> bool:
    """Yesterday bears out "the day before" in an account, not the other way."""
    one, other = found.relative, stated.relative
    if one is None or other is None or one.by != other.by or (other.spoken and not one.spoken):
        return False
    # "This March" is "March of this year".
    named = (stated.month, stated.season) != (None, None) and (found.month, found.season) == (
        stated.month,
        stated.season,
    )
    return (one.unit == other.unit or named) and other.hours in ("", one.hours)


def _within(one: Stretch, whole: Stretch) -> bool:
    return whole[0] <= one[0] and one[1] <= whole[1]


def _narrowed(dated: Dated) -> tuple[Stretch, ...]:
    """What it may mean, "early" and "late" taken as the first and last five twelfths."""
    return tuple(narrow(one, dated.part) for one in dated.meant)


def _weekday_agrees(found: Dated, stated: Dated) -> bool:
    return stated.weekday is None or stated.weekday in _weekdays(found)


def _weekdays(found: Dated) -> set[int]:
    known = {first.weekday() for first, last in found.meant if first == last}
    return known if found.weekday is None else known | {found.weekday}


def _parts_agree(found: Dated, stated: Dated) -> bool:
    """Whether each part that `stated` names stands in `found`, in so many words or in the days it means."""
    if stated.year is not None and stated.year not in {found.year, *_common(found, "year")}:
        return False
    if stated.month is not None and stated.month not in {found.month, *_common(found, "month")}:
        return False
    if stated.day is not None and stated.day not in {found.day, *(a.day for a, b in found.meant if a == b)}:
        return False
    if not _weekday_agrees(found, stated):
        return False
    if stated.quarter is not None and stated.quarter != found.quarter:
        return stated.quarter in {(month + 2) // 3 for month in {found.month, *_common(found, "month")} if month}
    if stated.season is not None and stated.season != found.season:
        first, last = SEASONS[stated.season]
        months = {(first + at - 1) % 12 + 1 for at in range((last - first) % 12 + 1)}
        return not months.isdisjoint({found.month, *_common(found, "month")} - {None})
    if stated.part and stated.part != found.part:
        return stated.month is not None and any(
            _within((a, b), narrow(month_of(a.year, a.month), stated.part))
            for a, b in found.meant
            if stated.day is None
        )
    return True


def _common(found: Dated, name: Literal["year", "month"]) -> set[int]:
    """The years or months in which all of one meant stretch lies."""
    if name == "year":
        return {a.year for a, b in found.meant if a.year == b.year}
    return {a.month for a, b in found.meant if (a.year, a.month) == (b.year, b.month)}


@lru_cache(maxsize=4096)
def dates(text: str, said: date | None = None) -> tuple[Dated, ...]:
    """The dates that `text` names, in order and apart, as meant on the day it was `said`."""
    found = read(text)
    if not found:
        return ()
    named = sorted({one.year for one in found if one.year is not None})
    ahead = _AHEAD.search(text.lower()) is not None
    return tuple(placed(one, said, named, ahead) for one in found)


def dates_after(before: str, text: str, said: date | None = None) -> tuple[Dated, ...]:
    """The dates of `text`, which follows `before`: "on the ninth" is of the month named last, if any is."""
    found = dates(text, said)
    if not any(_is_lone_day(one) for one in found):
        return found
    known = [one for one in dates(before, said) if _month(one)]
    ahead = _AHEAD.search(text.lower()) is not None
    whole: list[Dated] = []
    for at, one in enumerate(found):
        if _is_lone_day(one):
            following = found[at + 1] if at + 1 < len(found) else None
            shared = following if following and _TOGETHER.fullmatch(text, one.span.end, following.span.start) else None
            one = _of_month(one, shared if shared and _month(shared) else known[-1] if known else None, said, ahead)
        if _month(one):
            known.append(one)
        whole.append(one)
    return tuple(whole)


_TOGETHER = re.compile(r"\s*(?:,|-|–|,?\s+(?:and|or|to|through|until|till))\s*", re.IGNORECASE)
"""Between the days of one month that is named once: "from the second to the ninth of July"."""


def _is_lone_day(one: Dated) -> bool:
    return one == Dated(span=one.span, day=one.day, meant=one.meant) and one.day is not None


def _month(one: Dated) -> tuple[int | None, int] | None:
    """The year, if it is known from the words, and the month that a date names or, as "last month" does, means."""
    whole = {
        (first.year, first.month) for first, last in one.meant if (first.year, first.month) == (last.year, last.month)
    }
    if one.month is not None:
        told = one.relative is not None and len(whole) == 1
        return next(iter(whole))[0] if told else one.year, one.month
    of_one = one.relative is not None and one.relative.unit == "month" and len(whole) == 1
    return next(iter(whole)) if of_one else None


def _of_month(one: Dated, named: Dated | None, said: date | None, ahead: bool) -> Dated:
    """The day `one` in the month of `named`, if that has so many days."""
    of = _month(named) if named else None
    if of is None or one.day is None or one.day > monthrange(of[0] or 2000, of[1])[1]:
        return one
    whole = Dated(span=one.span, year=of[0], month=of[1], day=one.day)
    return placed(whole, said, (), ahead)


_AHEAD = re.compile(
    r"\b(?:will|shall|going\s+to|gonna|won['’]t|next|upcoming|coming|ahead|until|till|by|deadline|plan\w*|expect\w*|schedul\w*|would|hope\w*|expire\w*|"
    r"starting|beginning|tomorrow|intend\w*|set\s+to|due)\b|['’]ll\b"
)
