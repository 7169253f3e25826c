"""Date words: each stretch of an English text that names a day, month, year or another time, by its parts.

In: a text. Out: `Dated` without what it means on a calendar (`dated.py` places it). Words that are months and
more ("may", "march", "fall") count where their neighbours or a capital make them one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from msgspec.structs import replace

from index.text.dated import DAY_PARTS, MONTHS, WEEKDAYS, Dated, Part, Relative, last_of
from index.text.numerals import ORDINALS, SMALL, TENS
from index.transcript import Span

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?|jul(?:y|\.)?|aug(?:ust|\.)?|sept?(?:ember|\.)?|"
    r"oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_YEAR = r"(?:(?:1[5-9]|20)[0-9][0-9])"
_DAY_WORD = "|".join(
    [f"{tens}[ -](?:{'|'.join(list(ORDINALS)[:9])})" for tens in ("twenty", "thirty")]
    + sorted((word for word, value in ORDINALS.items() if value <= 30), key=len, reverse=True)
)
_DAY = rf"(?:[0-3]?[0-9](?:st|nd|rd|th)?\b|(?:{_DAY_WORD})\b)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_SPELLED = (
    rf"(?:(?:nineteen|twenty)[\s-]+(?:(?:oh|o)[\s-]+(?:{_ONES})|{_TEENS}|(?:{'|'.join(TENS)})(?:[\s-]+(?:{_ONES})\b)?)"
    rf"|two\s+thousand\s+(?:and\s+)?(?:{_TEENS}|{_ONES}))"
)
_UNITS = r"(?:days?|nights?|weeks?|weekends?|months?|quarters?|years?|decades?|centur(?:y|ies))"
_HOURS = r"(?:morning|afternoon|evening|night)"
_NO_SCALE = r"(?!\s?-?\s?(?:%|percent|per\s+cent|hundred|thousand|million|billion|trillion))"
_OF_THIS_YEAR = r"(?P<of_year>(?:of\s+)?(?:this|last|next|that|the\s+same|the\s+previous|the\s+following)\s+year)\b"
_ENDED = r"(?=\s*(?:[,.;:!?)\]–—-]|\Z|(?:in|at|of|for|on|with|was|were|and|or|to|the|we|is|that|this|will)\b))(?!,?[0-9])"
_MORE_DAYS = rf"(?P<more>(?:(?:\s*(?:-|–|—|,\s+and|,|&)\s*|\s+(?:to|through|and|or)\s+)(?:the\s+)?[0-3]?[0-9](?:st|nd|rd|th)?{_ENDED})*)"


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
        if not apart or one.span.start >= apart[-1].span.end or (one.span == apart[-1].span and one.day != apart[-1].day):
            apart.append(one)
    return tuple(apart)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w$£€.,/])(?<![0-9]-)(?:{pattern})", re.IGNORECASE)


_PART = re.compile(
    r"\b(?P<word>early|earlier|mid|middle|late|later|beginning|start|end|close|first\s+half|second\s+half)(?:[\s-]+(?:in|of))?(?:\s+the)?[\s-]+\Z",
    re.IGNORECASE,
)
_PARTS: dict[str, Part] = {
    "early": "early", "earlier": "early", "beginning": "early", "start": "early", "first": "early",
    "mid": "mid", "middle": "mid",
    "late": "late", "later": "late", "end": "late", "close": "late", "second": "late",
}  # fmt: skip


def _with_part(text: str, dated: Dated) -> Dated:
    """With "early", "the middle of" or "late" before it."""
    found = _PART.search(text, max(0, dated.span.start - 24), dated.span.start)
    if found is None:
        return dated
    return replace(dated, span=Span(found.start(), dated.span.end), part=_PARTS[found["word"].lower().split()[0]])


_WHICH = {"this": 0, "that": 0, "same": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}



def _which(word: str | None) -> int | None:
    """0 for this, -1 for last, 1 for next."""
    return None if word is None else _WHICH.get(re.sub(r"\Aof\s+|\s+year\Z", "", word.lower()).split()[-1])


_FIGURES = _compiled(
    rf"(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?!\d))"
    rf"|(?P<numeric>[0-3]?[0-9](?P<mark>[/.])[0-3]?[0-9](?P=mark)(?P<year>{_YEAR}|[0-9][0-9])(?![\w/]))"
)


def _in_figures(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    """13.5.2021 is May; 5/6/2021 is one day here and another there."""
    span = Span(*match.span())
    if match["iso"]:
        year, month, day = (int(one) for one in match["iso"].split("-"))
        yield Dated(span=span, year=year, month=month, day=last_of(year, month, day))
        return
    first, second = (int(one) for one in match["numeric"].split(match["mark"])[:2])
    year = _full(match["year"])
    ways = [(second, first)] if match["mark"] == "." else [(first, second), (second, first)]
    days = dict.fromkeys((m, d) for m, d in ways if 1 <= m <= 12 and 1 <= d <= monthrange(year, m)[1])
    if len(days) == 1:
        yield Dated(span=span, year=year, month=next(iter(days))[0], day=next(iter(days))[1])
    elif days:
        yield Dated(span=span, year=year, meant=tuple((date(year, m, d), date(year, m, d)) for m, d in days))


_MONTHS = _compiled(
    rf"(?:(?:the\s+)?(?P<day_first>{_DAY})\s+(?:day\s+)?(?:of\s+)?)?(?:(?P<which>last|this|next|past|coming|that)\s+)?(?P<month>{_MONTH})(?![\w'’])"
    rf"(?:\s+(?:the\s+)?(?P<day>{_DAY}){_NO_SCALE}(?![.,:/]?[0-9]){_MORE_DAYS})?"
    rf"(?:,?\s+(?:of\s+|in\s+)?(?:(?P<year>{_YEAR}|{_SPELLED})(?![\w,-]?[0-9])|{_OF_THIS_YEAR}))?"
)


def _of_month(text: str, match: re.Match[str]) -> Iterator[Dated]:
    span = Span(*match.span())
    month = MONTHS.index(match["month"][:3].lower()) + 1
    year = None
    if match["year"]:
        year = int(match["year"]) if match["year"].isdigit() else _spelled(match["year"])
    named = match["day"] or match["day_first"]
    day = _day_number(named) if named else None
    which = _which(match["which"] or match["of_year"])
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
    one = _with_part(text, one) if day is None else one
    yield one
    for other in re.finditer(r"[0-9]{1,2}", match["more"] or ""):
        if 1 <= int(other.group()) <= 31 and day is not None:
            yield replace(one, day=int(other.group()))


def _with_day(match: re.Match[str]) -> bool:
    """Not "we may second that": of months in lower case, those that are nothing else."""
    return match["month"][0].isupper() or match["month"] not in ("may", "march", "mar", "dec", "sep", "jan")


_BEFORE_MONTH = re.compile(r"\b(?:in|since|until|till|by|of|during|through|from|before|after|between|and|or|to|early|late|mid)[\s-]+\Z", re.IGNORECASE)
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
    if word[0].isupper() and not _SENTENCE_BEGINS.search(before) and not re.search(r"\b(?:the|a|of\s+the)\s+\Z", before, re.IGNORECASE):
        return True
    return _BEFORE_MONTH.search(before) is not None and not (word == "march" and re.search(r"\b(?:to|and|or)\s+\Z", before))


_QUARTERS = _compiled(
    rf"(?:the\s+)?(?:(?P<rank>first|second|third|fourth|last|1st|2nd|3rd|4th)[\s-]quarter|Q(?P<q>[1-4]))\b"
    rf"(?:,?\s+(?:of\s+)?(?:fiscal\s+(?:year\s+)?)?(?:(?P<year>{_YEAR})\b|{_OF_THIS_YEAR}))?"
)
_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def _of_quarter(text: str, match: re.Match[str]) -> Iterator[Dated]:
    span = Span(*match.span())
    which = _which(match["of_year"])
    quarter = int(match["q"]) if match["q"] else _RANKS.get(match["rank"].lower())
    if quarter is None:
        yield Dated(span=span, relative=Relative("quarter", -1))
        return
    year = int(match["year"]) if match["year"] else None
    relative = None if which is None else Relative("year", which)
    yield _with_part(text, Dated(span=span, year=year, quarter=quarter, relative=relative))


_SEASONS = _compiled(
    rf"(?:(?P<the>in\s+the|the|this|last|next|past|coming|that|of|since|until|by|during|every|each)\s+)?(?P<season>spring|summer|fall|autumn|winter)\b"
    rf"(?:,?\s+(?:of\s+|in\s+)?(?:(?P<year>{_YEAR})\b|{_OF_THIS_YEAR}))?"
)


def _of_season(text: str, match: re.Match[str]) -> Iterator[Dated]:
    season = match["season"].lower().replace("autumn", "fall")
    the = (match["the"] or "").lower()
    span = Span(*match.span())
    year = int(match["year"]) if match["year"] else None
    which = _which(the) if the else None
    of_year = _which(match["of_year"])
    if year is None and which is None and of_year is None:
        # A fall and to spring are no seasons; "in the fall", "the summer" and "every winter" are.
        if season in ("fall", "spring") and the not in ("in the", "by", "of", "since", "until", "during") and not _PART.search(text, max(0, span.start - 24), span.start):
            return
        if season in ("fall", "spring") and match["season"][0].islower() and the in ("by", "of"):
            return
    relative = None
    if of_year is not None:
        relative = Relative("year", of_year)
    elif which is not None:
        relative = Relative(season, which)
    yield _with_part(text, Dated(span=span, year=year, season=season, relative=relative))


_DECADES = _compiled(
    r"(?:the\s+)?(?P<decade>(?:1[5-9]|20)[0-9]0['’]?s\b|['’][1-9]0['’]?s\b|"
    r"(?:nineteen|eighteen)[\s-](?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
)


def _decade(text: str, match: re.Match[str]) -> Iterator[Dated]:
    words = re.split(r"[\s-]", match["decade"].lower())
    if len(words) == 2:
        tens = {word[:-1] + "ies": value for word, value in TENS.items()}
        first = {"nineteen": 1900, "eighteen": 1800}[words[0]] + tens[words[1]]
    else:
        digits = re.sub(r"\D", "", match["decade"])
        first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    span = Span(*match.span())
    yield _with_part(text, Dated(span=span, year=first, meant=((date(first, 1, 1), date(first + 9, 12, 31)),)))


_YEARS = re.compile(
    rf"(?<![\w$£€.,/])(?<!\d-)(?:(?:(?:fiscal\s+year|fiscal|FY)[\s-]?)(?P<fiscal>{_YEAR}|[0-9][0-9])\b"
    rf"|(?P<year>{_YEAR})(?:[-–/](?P<to_year>{_YEAR}|[0-9][0-9])(?![\w-]))?(?!,[0-9]|\.[0-9]|\w){_NO_SCALE}"
    rf"|(?P<spelled>{_SPELLED})\b{_NO_SCALE}"
    rf"|(?:in|since|of|by|from|before|after)\s+['’](?P<short>[0-9][0-9])\b(?!['’]?s))",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s+(?P<word>[a-z]+)(?!['’\w])", re.IGNORECASE)
_COUNTS = frozenset(
    """people doses homes jobs pounds dollars euros crowns votes miles kilometers kilometres meters metres feet tons tonnes troops members
    workers families children cases deaths times years days hours minutes weeks months soldiers refugees patients acres
    square cubic""".split()
)


def _of_year(text: str, match: re.Match[str]) -> Iterator[Dated]:
    span = Span(*match.span())
    if match["fiscal"]:
        yield Dated(span=span, year=_full(match["fiscal"]))
    elif match["short"]:
        yield Dated(span=Span(match.start("short") - 1, span.end), year=_full(match["short"]))
    elif (counted := _COUNTED.match(text, span.end)) and counted["word"].lower() in _COUNTS:
        return
    elif match["spelled"]:
        yield _with_part(text, Dated(span=span, year=_spelled(match["spelled"])))
    else:
        yield _with_part(text, Dated(span=Span(*match.span("year")), year=int(match["year"])))
        if last := match["to_year"]:
            year = int(last) if len(last) == 4 else int(match["year"][:2] + last)
            yield Dated(span=Span(*match.span("to_year")), year=year)


_DAYS = _compiled(
    rf"(?P<word>today|tonight|yesterday|tomorrow|(?:the\s+)?day\s+(?:before|after)\s+(?P<beyond>yesterday|tomorrow))(?:['’]s)?(?:\s+(?P<hours>{_HOURS})\b)?(?!\w)"
)


def _of_today(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    word = match["word"].lower()
    hours = (match["hours"] or ("night" if word == "tonight" else "")).lower()
    by = 0 if word in ("today", "tonight") else (-1 if word.endswith("yesterday") else 1)
    yield Dated(span=Span(*match.span()), relative=Relative("day", by * (2 if match["beyond"] else 1), hours))


_AGO = _compiled(
    rf"(?P<count>an?|[0-9]{{1,3}}|(?:{'|'.join(TENS)})(?:[\s-](?:{_ONES}))?|{_ONES}|{_TEENS}|(?:a|one)\s+hundred)\s+(?P<unit>{_UNITS})\s+ago\b"
)


def _ago(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    values = SMALL | TENS | {"a": 1, "an": 1}
    words = re.split(r"[\s-]+", match["count"].lower())
    count = 100 if words[-1] == "hundred" else sum(int(word) if word.isdigit() else values[word] for word in words)
    yield Dated(span=Span(*match.span()), relative=Relative(_unit(match["unit"]), -count), lapse=True)


_NEIGHBOURS = _compiled(
    rf"the\s+(?P<side_unit>day|week|month|year|{_HOURS})\s+(?P<side>before|after|earlier)\b"
    rf"|(?P<which>this|that|last|next|past|coming|the\s+(?:previous|following|next|same|last|past|coming)|previous|following)\s+(?P<unit>{_UNITS}|{_HOURS})\b(?!['’](?!s))"
    rf"|(?:the\s+)(?P<bare>year|month|week|decade|century)\b"
)


def _neighbour(text: str, match: re.Match[str]) -> Iterator[Dated]:
    """This week, the following year, the day before, the end of the month."""
    span = Span(*match.span())
    if match["bare"]:
        one = _with_part(text, Dated(span=span, relative=Relative(_unit(match["bare"]), 0)))
        if one.part:
            yield one
        return
    unit = _unit(match["side_unit"] or match["unit"])
    by = (1 if match["side"].lower() == "after" else -1) if match["side"] else (_which(match["which"]) or 0)
    if unit == "day" and match["which"] and match["which"].lower() == "this":
        return
    spoken = match["side"] is None and match["which"].lower().split()[-1] not in ("that", "same", "previous", "following")
    relative = Relative("day", by, unit, spoken) if unit in DAY_PARTS else Relative(unit, by, spoken=spoken)
    one = _with_part(text, Dated(span=span, relative=relative))
    # "That day" points at what was said before; it names no day.
    if one.part or match["side"] or match["which"].lower() != "that":
        yield one


_WEEKDAYS = _compiled(
    r"(?:(?P<which>this|that|last|next|past|coming|the\s+following|the\s+previous)\s+)?"
    r"(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b"
)


def _of_weekday(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    which = _which(match["which"])
    relative = None if which is None else Relative(match["weekday"].lower(), which)
    yield Dated(span=Span(*match.span()), weekday=WEEKDAYS.index(match["weekday"][:3].lower()), relative=relative)


_LONE_DAYS = _compiled(
    rf"(?:on|by|of|until|since|from|through|before|after)\s+(?P<the>the\s+(?P<day>[0-3]?[0-9](?:st|nd|rd|th)|(?:{_DAY_WORD})))"
    r"(?=\s*(?:[.,;:!?)—–0-9]|\Z|(?:we|they|he|she|it|i|you|there|and|or|with|in|at|for|to|will|was|were|is|that|this|which|who|when|as|but|so|if|because)\b))"
)


def _lone_day(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    day = _day_number(match["day"])
    if 1 <= day <= 31:
        yield Dated(span=Span(*match.span("the")), day=day)


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
}
_HOLIDAY = _compiled(
    rf"(?P<name>{'|'.join(_HOLIDAYS)})\b(?:,?\s+(?:of\s+|in\s+)?(?P<year>{_YEAR})\b)?".replace("'", "['’]")
)


def _of_holiday(_text: str, match: re.Match[str]) -> Iterator[Dated]:
    """The feasts that are on the same day each year; the others are names."""
    month, day = _HOLIDAYS[match["name"].lower().replace("’", "'")]
    yield Dated(span=Span(*match.span()), year=int(match["year"]) if match["year"] else None, month=month, day=day)


def _unit(word: str) -> str:
    word = word.lower()
    return "century" if word.startswith("centur") else word.removesuffix("s")


def _full(year: str) -> int:
    """'21 is 2021, '85 is 1985."""
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)


def _spelled(words: str) -> int:
    values = SMALL | TENS | {"oh": 0, "o": 0}
    parts = [values[word] for word in re.split(r"[\s-]+", words.lower()) if word in values]
    return 2000 + sum(parts[1:]) if "thousand" in words.lower() else parts[0] * 100 + sum(parts[1:])


def _day_number(words: str) -> int:
    if words[0].isdigit():
        return int(re.sub(r"\D", "", words))
    return sum((ORDINALS | TENS).get(word, 0) for word in re.split(r"[\s-]+", words.lower()))


_Reader = Callable[[str, re.Match[str]], Iterator[Dated]]
_READERS: tuple[tuple[re.Pattern[str], re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(hint), pattern, reader)
    for hint, pattern, reader in (
        (r"[0-9][/.-][0-9]", _FIGURES, _in_figures),
        (rf"\b{_MONTH}(?!\w)", _MONTHS, _of_month),
        (r"quarter|\bq[1-4]", _QUARTERS, _of_quarter),
        (r"christmas|new year|hallo|valentine|independence|juneteenth|veterans", _HOLIDAY, _of_holiday),
        (r"spring|summer|fall|autumn|winter", _SEASONS, _of_season),
        (r"0['’]?s\b|ties\b", _DECADES, _decade),
        (r"[0-9][0-9]|nineteen|twenty|thousand", _YEARS, _of_year),
        (r"today|tonight|yesterday|tomorrow", _DAYS, _of_today),
        (r"\bago\b", _AGO, _ago),
        (r"\b(?:day|week|month|quarter|year|decade|centur|morning|afternoon|evening|night)", _NEIGHBOURS, _neighbour),
        (r"day", _WEEKDAYS, _of_weekday),
        (rf"\bthe\s+(?:[0-9]|{_DAY_WORD})", _LONE_DAYS, _lone_day),
    )
)
"""A pattern of lower-case words without which there is nothing to look for, what to look for, and its reader."""
