"""Dates by month and day: "November 14, 2019", "the 3rd and 4th of May", "2021-05-13", "Christmas Eve".

Words that are months and more ("may", "march") count where their neighbours or a capital make them one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from index.text.date_patterns import (
    DAY,
    MONTH,
    NO_SCALE,
    OF_THIS_YEAR,
    SPELLED,
    YEAR,
    compiled,
    day_number,
    full_year,
    spelled_year,
    which_of,
    with_part,
)
from index.text.dated import MONTHS, Dated, Relative, last_of
from index.transcript import Span

_ENDED = r"(?=\s*(?:[,.;:!?)\]–—-]|\Z|(?:in|at|for|on|with|was|were|and|or|to|the|we|is|that|this|will)\b))(?!,?[0-9])"
_MORE_DAYS = (
    r"(?P<more>(?:(?:\s*(?:-|–|—|,\s+and|,|&)\s*|\s+(?:to|through|and|or)\s+)(?:the\s+)?"
    rf"[0-3]?[0-9](?:st|nd|rd|th)?{_ENDED})*)"
)
MONTHS_NAMED = compiled(
    rf"(?:(?:the\s+)?(?P<day_first>{DAY})\s+(?:day\s+)?(?:of\s+)?)?(?:(?P<which>last|this|next|past|coming|that)\s+)?(?P<month>{MONTH})(?![\w'’])"
    rf"(?:\s+(?:the\s+)?(?P<day>{DAY}){NO_SCALE}(?![.,:/]?[0-9]){_MORE_DAYS})?"
    rf"(?:,?\s+(?:of\s+|in\s+)?(?:(?P<year>{YEAR}|{SPELLED})(?![\w,-]?[0-9])|{OF_THIS_YEAR}))?"
)


def of_month(text: str, match: re.Match[str]) -> Iterator[Dated]:
    span = Span(*match.span())
    month = MONTHS.index(match["month"][:3].lower()) + 1
    year = None
    if match["year"]:
        year = int(match["year"]) if match["year"].isdigit() else spelled_year(match["year"])
    named = match["day"] or match["day_first"]
    day = day_number(named) if named else None
    which = which_of(match["which"] or match["of_year"])
    if not _is_month(text, match, year is not None or (day is not None and _with_day(match)) or which is not None):
        return
    if day is not None and not 1 <= day <= 31:
        if match["day_first"]:
            return
        span, day = Span(span.start, match.end("month")), None
    relative = None
    if which is not None:
        relative = Relative("year", which) if match["of_year"] else Relative(MONTHS[month - 1], which)
    one = Dated(span=span, year=year, month=month, day=day, relative=relative)
    one = with_part(text, one) if day is None else one
    yield one
    for other in re.finditer(r"[0-9]{1,2}", match["more"] or ""):
        if 1 <= int(other.group()) <= 31 and day is not None:
            yield replace(one, day=int(other.group()))


def _with_day(match: re.Match[str]) -> bool:
    """Not "we may second that": of months in lower case, those that are nothing else."""
    return match["month"][0].isupper() or match["month"] not in ("may", "march", "mar", "dec", "sep", "jan")


_ORDINAL = r"(?:st|nd|rd|th)?"
DAYS_BEFORE = compiled(
    rf"(?P<days>(?:[0-3]?[0-9]{_ORDINAL}(?:,\s*|\s*,?\s+(?:and|or|to)\s+|\s*[–-]\s*)){{1,4}})"
    rf"[0-3]?[0-9]{_ORDINAL}\s+(?:of\s+)?(?P<month>{MONTH})(?!\w)"
)


def days_before(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    """The first days of "2, 9 and 16 July"."""
    if not match["month"][0].isupper():
        return
    month = MONTHS.index(match["month"][:3].lower()) + 1
    for one in re.finditer(r"[0-9]+", match["days"]):
        start = match.start("days") + one.start()
        if 1 <= int(one.group()) <= 31:
            yield Dated(span=Span(start, start + len(one.group())), month=month, day=int(one.group()))


_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|during|through|from|before|after|between|and|or|to|early|late|mid)[\s-]+\Z",
    re.IGNORECASE,
)
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:;—–]\s*|\n)[\s\"'“‘(\[-]*\Z")


def _is_month(text: str, match: re.Match[str], certain: bool) -> bool:
    """Whether the word is a month at all: not "may we", "march on", "Jan Egeland"."""
    word, start = match["month"], match.start("month")
    if certain:
        return True
    if len(word) <= 4 and word.lower() not in ("may", "june", "july"):
        return word.endswith(".") and word[0].isupper()
    before = text[max(0, start - 12) : start]
    if word.lower() == "may":
        return word == "May" and not _SENTENCE_BEGINS.search(before)
    if word[0].isupper() and word.lower() != "march":
        return True
    if (
        word[0].isupper()
        and not _SENTENCE_BEGINS.search(before)
        and not re.search(r"\b(?:the|a|of\s+the)\s+\Z", before, re.IGNORECASE)
    ):
        return True
    return _BEFORE_MONTH.search(before) is not None and not (
        word == "march" and re.search(r"\b(?:to|and|or)\s+\Z", before)
    )


_HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "independence day": (7, 4),
    "juneteenth": (6, 19),
    "veterans day": (11, 11),
    "9/11": (9, 11),
}
HOLIDAY = compiled(
    rf"(?P<name>{'|'.join(_HOLIDAYS)})\b(?:,?\s+(?:of\s+|in\s+)?(?P<year>{YEAR})\b)?".replace("'", "['’]")
)


def of_holiday(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    """The feasts that are on the same day each year; the others are names."""
    month, day = _HOLIDAYS[match["name"].lower().replace("’", "'")]
    yield Dated(span=Span(*match.span()), year=int(match["year"]) if match["year"] else None, month=month, day=day)


FIGURES = compiled(
    rf"(?P<iso>{YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?!\d))"
    rf"|(?P<numeric>[0-3]?[0-9](?P<mark>[/.])[0-3]?[0-9](?P=mark)(?P<year>{YEAR}|[0-9][0-9])(?![\w/]))"
)


def in_figures(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    """13.5.2021 is May; 5/6/2021 is one day here and another there."""
    span = Span(*match.span())
    if match["iso"]:
        year, month, day = (int(one) for one in match["iso"].split("-"))
        yield Dated(span=span, year=year, month=month, day=last_of(year, month, day))
        return
    first, second = (int(one) for one in match["numeric"].split(match["mark"])[:2])
    year = full_year(match["year"])
    ways = [(second, first)] if match["mark"] == "." else [(first, second), (second, first)]
    days = dict.fromkeys((m, d) for m, d in ways if 1 <= m <= 12 and 1 <= d <= monthrange(year, m)[1])
    if len(days) == 1:
        yield Dated(span=span, year=year, month=next(iter(days))[0], day=next(iter(days))[1])
    elif days:
        yield Dated(span=span, year=year, meant=tuple((date(year, m, d), date(year, m, d)) for m, d in days))
