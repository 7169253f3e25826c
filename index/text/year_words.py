"""Years and what they are made of or make up: "Q1 2021", "last spring", "the 1990s", "nineteen ninety-nine"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from index.text.date_patterns import (
    NO_SCALE,
    OF_THIS_YEAR,
    PART,
    SPELLED,
    YEAR,
    compiled,
    full_year,
    spelled_year,
    which_of,
    with_part,
)
from index.text.dated import Dated, Relative
from index.text.numeral_items import TENS
from index.transcript import Span

QUARTERS = compiled(
    rf"(?:the\s+)?(?:(?P<rank>first|second|third|fourth|last|1st|2nd|3rd|4th)[\s-]quarter|Q(?P<q>[1-4]))\b"
    rf"(?:,?\s+(?:of\s+)?(?:fiscal\s+(?:year\s+)?)?(?:(?P<year>{YEAR})\b|{OF_THIS_YEAR}))?"
)
_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def of_quarter(text: str, match: re.Match[str]) -> Iterator[Dated]:
    span = Span(*match.span())
    which = which_of(match["of_year"])
    quarter = int(match["q"]) if match["q"] else _RANKS.get(match["rank"].lower())
    if quarter is None:
        yield Dated(span=span, relative=Relative("quarter", -1))
        return
    year = int(match["year"]) if match["year"] else None
    relative = None if which is None else Relative("year", which)
    yield with_part(text, Dated(span=span, year=year, quarter=quarter, relative=relative))


SEASONS_NAMED = compiled(
    rf"(?:(?P<the>(?:the\s+)?(?:previous|following)|in\s+the|the|this|last|next|past|coming|that|of|since|until|by|during|every|each)\s+)?(?P<season>spring|summer|fall|autumn|winter)\b"
    rf"(?:,?\s+(?:of\s+|in\s+)?(?:(?P<year>{YEAR})\b|{OF_THIS_YEAR}))?"
)


def of_season(text: str, match: re.Match[str]) -> Iterator[Dated]:
    season = match["season"].lower().replace("autumn", "fall")
    the = (match["the"] or "").lower()
    span = Span(*match.span())
    year = int(match["year"]) if match["year"] else None
    which = which_of(the) if the else None
    of_year = which_of(match["of_year"])
    if year is None and which is None and of_year is None:
        # A fall and to spring are no seasons; "in the fall", "the summer" and "every winter" are.
        if (
            match["season"].lower() in ("fall", "spring")
            and the not in ("in the", "by", "of", "since", "until", "during")
            and not PART.search(text, max(0, span.start - 24), span.start)
        ):
            return
        if season in ("fall", "spring") and match["season"][0].islower() and the in ("by", "of"):
            return
    relative = None
    if of_year is not None:
        relative = Relative("year", of_year)
    elif which is not None:
        relative = Relative(season, which, spoken=not the.endswith(("previous", "following")))
    yield with_part(text, Dated(span=span, year=year, season=season, relative=relative))


DECADES = compiled(
    r"(?:the\s+)?(?P<decade>(?:1[5-9]|20)[0-9]0['’]?s\b|['’][1-9]0['’]?s\b|"
    r"(?:nineteen|eighteen)[\s-](?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)


def decade(text: str, match: re.Match[str]) -> Iterator[Dated]:
    words = re.split(r"[\s-]", match["decade"].lower())
    if len(words) == 2:
        tens = {word[:-1] + "ies": value for word, value in TENS.items()}
        first = {"nineteen": 1900, "eighteen": 1800}[words[0]] + tens[words[1]]
    else:
        digits = re.sub(r"\D", "", match["decade"])
        first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    span = Span(*match.span())
    yield with_part(text, Dated(span=span, year=first, meant=((date(first, 1, 1), date(first + 9, 12, 31)),)))


YEARS = re.compile(
    rf"(?<![\w$£€.,/])(?<!\d-)(?:(?:(?:fiscal\s+year|fiscal|FY)[\s-]?)(?P<fiscal>{YEAR}|[0-9][0-9])\b"
    rf"|(?P<year>{YEAR})(?:[-–/](?P<to_year>{YEAR}|[0-9][0-9])(?![\w-]))?(?!,[0-9]|\.[0-9]|\w){NO_SCALE}"
    rf"|(?P<spelled>{SPELLED})\b{NO_SCALE}"
    rf"|(?:in|since|of|by|from|before|after)\s+['’](?P<short>[0-9][0-9])\b(?!['’]?s))",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?P<word>[a-z]+)(?!['’\w])", re.IGNORECASE)
_COUNTS = frozenset(
    """people doses homes jobs pounds dollars euros crowns votes miles kilometers kilometres meters metres feet tons
    tonnes troops members workers families children cases deaths times years days hours minutes weeks months
    soldiers refugees patients acres square cubic""".split()
)


def of_year(text: str, match: re.Match[str]) -> Iterator[Dated]:
    span = Span(*match.span())
    if match["fiscal"]:
        yield Dated(span=span, year=full_year(match["fiscal"]))
    elif match["short"]:
        yield Dated(span=Span(match.start("short") - 1, span.end), year=full_year(match["short"]))
    elif (counted := _COUNTED.match(text, span.end)) and counted["word"].lower() in _COUNTS:
        return
    elif match["spelled"]:
        yield with_part(text, Dated(span=span, year=spelled_year(match["spelled"])))
    else:
        yield with_part(text, Dated(span=Span(*match.span("year")), year=int(match["year"])))
        if last := match["to_year"]:
            year = int(last) if len(last) == 4 else int(match["year"][:2] + last)
            yield Dated(span=Span(*match.span("to_year")), year=year)
