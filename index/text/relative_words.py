"""Dates told from the moment of speech, and days by themselves: "yesterday", "two weeks ago", "on Tuesday"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.text.date_patterns import DAY_WORD, HOURS, ONES, TEENS, UNITS, compiled, day_number, which_of, with_part
from index.text.dated import DAY_PARTS, WEEKDAYS, Dated, Relative
from index.text.numeral_items import SMALL, TENS
from index.transcript import Span

DAYS = compiled(
    rf"(?P<word>today|tonight|yesterday|tomorrow|(?:the\s+)?day\s+(?:before|after)\s+(?P<beyond>yesterday|tomorrow))(?:['’]s)?(?:\s+(?P<hours>{HOURS})\b)?(?!\w)"
)


def of_today(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    word = match["word"].lower()
    hours = (match["hours"] or ("night" if word == "tonight" else "")).lower()
    by = 0 if word in ("today", "tonight") else (-1 if word.endswith("yesterday") else 1)
    yield Dated(span=Span(*match.span()), relative=Relative("day", by * (2 if match["beyond"] else 1), hours))


AGO = compiled(
    rf"(?P<count>an?|[0-9]{{1,3}}|(?:{'|'.join(TENS)})(?:[\s-](?:{ONES}))?|{ONES}|{TEENS}|(?:a|one)\s+hundred)\s+(?P<unit>{UNITS})\s+ago\b"
)


def ago(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    values = SMALL | TENS | {"a": 1, "an": 1}
    words = re.split(r"[\s-]+", match["count"].lower())
    count = 100 if words[-1] == "hundred" else sum(int(word) if word.isdigit() else values[word] for word in words)
    yield Dated(span=Span(*match.span()), relative=Relative(_unit(match["unit"]), -count), lapse=True)


NEIGHBOURS = compiled(
    rf"the\s+(?P<side_unit>day|week|month|year|{HOURS})\s+(?P<side>before|after|earlier)\b"
    rf"|(?P<which>this|that|last|next|past|coming|the\s+(?:previous|following|next|same|last|past|coming)|previous|following)\s+(?P<unit>{UNITS}|{HOURS})\b(?!['’](?!s))"
    rf"|(?:the\s+)(?P<bare>year|month|week|decade|century)\b"
)


_TO_THE_DAY = compiled(r"\b(?:weeks?|months?|years?|decades?)\s+to\s+\Z")
"""So exact is "two months to the day after taking office", which names no day."""


def neighbour(text: str, match: re.Match[str]) -> Iterator[Dated]:
    """This week, the following year, the day before, the end of the month."""
    span = Span(*match.span())
    if match["side"] and _TO_THE_DAY.search(text, max(0, match.start() - 16), match.start()):
        return
    if match["bare"]:
        one = with_part(text, Dated(span=span, relative=Relative(_unit(match["bare"]), 0)))
        if one.part:
            yield one
        return
    unit = _unit(match["side_unit"] or match["unit"])
    by = (1 if match["side"].lower() == "after" else -1) if match["side"] else (which_of(match["which"]) or 0)
    if unit == "day" and match["which"] and match["which"].lower() == "this":
        return
    spoken = match["side"] is None and match["which"].lower().split()[-1] not in (
        "that",
        "same",
        "previous",
        "following",
    )
    relative = Relative("day", by, unit, spoken) if unit in DAY_PARTS else Relative(unit, by, spoken=spoken)
    one = with_part(text, Dated(span=span, relative=relative))
    # "That day" points at what was said before; it names no day.
    if one.part or match["side"] or match["which"].lower() != "that":
        yield one


WEEKDAYS_NAMED = compiled(
    r"(?:(?P<which>this|that|last|next|past|coming|the\s+following|the\s+previous)\s+)?"
    r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b"
)


def of_weekday(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    which = which_of(match["which"])
    relative = None if which is None else Relative(match["weekday"].lower(), which)
    yield Dated(span=Span(*match.span()), weekday=WEEKDAYS.index(match["weekday"][:3].lower()), relative=relative)


LONE_DAYS = compiled(
    rf"(?:on|by|of|until|since|from|through|before|after)\s+(?P<the>the\s+(?P<day>[0-3]?[0-9](?:st|nd|rd|th)|(?:{DAY_WORD})))"
    r"(?=\s*(?:[.,;:!?)—–0-9]|\Z|(?:we|they|he|she|it|i|you|there|and|or|with|in|at|for|to|will|was|were|is|that|this|which|who|when|as|but|so|if|because)\b))"
)


def lone_day(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    day = day_number(match["day"])
    if 1 <= day <= 31:
        yield Dated(span=Span(*match.span("the")), day=day)


def _unit(word: str) -> str:
    word = word.lower()
    return "century" if word.startswith("centur") else word.removesuffix("s")
