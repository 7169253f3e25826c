"""Facts: which stretches of a text are figures, moments, or names of people and places.

In: a sentence. Out: spans by kind. By form alone, for English: what looks like a figure is one.
It serves to tell whether a sentence holds the kind of fact a question asks for; whether the
fact is the right one is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from index.transcript import Span

Kind = Literal["figure", "moment", "name", "place"]

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|"
    r"Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_NUMBER_WORD = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
)
_UNIT_OF_TIME = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|quarters?)"

_FIGURE = re.compile(
    rf"[$€£¥]?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|percent|per cent|million|billion|trillion|thousand|hundred|[kmb]n?\b))*"
    rf"|\b(?:an?|one|{_NUMBER_WORD}|several|many|few|half a)?[ -]?(?:hundred|thousand|million|billion|trillion)s?\b"
    rf"|\b{_NUMBER_WORD}\b"
    rf"|\b(?:one|two|three|a)[- ](?:half|thirds?|quarters?|fifths?|sixths?|tenths?)\b"
    rf"|\bhalf(?= (?:of|the|a)\b)|\ba quarter\b"
    rf"|\b(?:zero|none|no one|dozens?|hundreds|thousands|millions|billions|double|twice|triple|unanimous\w*|majority)\b"
    rf"|\b(?:one|a single|an?) {_UNIT_OF_TIME}\b"
    rf"|\bone\b(?= (?:person|man|woman|child|death|case|dose|vote|patient|soldier)\b)",
    re.IGNORECASE,
)
_MOMENT = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b"
    rf"|\b(?:in|of|since|until|by|through|late|early|mid|last|this|next|before|after|during|from|to)[ -]{_MONTH}\b"
    rf"|\b(?:1[5-9]|20)\d\d\b|\b\d{{1,2}}(?::\d\d)?\s?[ap]\.?m\b|\b\d{{1,2}}:\d\d\b|\b(?:{_DAY})\b"
    rf"|\b(?:today|tonight|tomorrow|yesterday|noon|midnight|the day before|right now|now|immediately|soon)\b"
    rf"|\b(?:this|last|next|past|previous|coming|that|earlier this|later this|the end of the|the same) "
    rf"(?:morning|afternoon|evening|night|weekend|summer|spring|fall|autumn|winter|{_UNIT_OF_TIME})\b"
    rf"|\b(?:\w+ )?{_UNIT_OF_TIME} (?:ago|from now|later|earlier|before|after)\b"
    rf"|\bin (?:the )?(?:coming|next|last|past) \w+"
    rf"|\b(?:in|within|after|for) (?:an?|one|\d+|{_NUMBER_WORD}|several|a few|a couple of)[- ]{_UNIT_OF_TIME}\b"
    rf"|\b(?:spring|summer|fall|autumn|winter) of\b"
    rf"|\bthe (?:\d{{1,2}}|first|second|third|{_NUMBER_WORD})(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_CAPITALISED = r"[^\W\d_a-zß-ÿ][\w'’-]*[\w]|[A-Z]\."
_NAME = re.compile(rf"(?:{_CAPITALISED})(?:\s+(?:(?:of|de|von|van|der|la|bin|al)\s+)*(?:{_CAPITALISED}))*")
_IN_PLACE = re.compile(
    rf"\b(?:in|at|from|to|near|across|outside|inside|around|off|throughout|into|toward|towards|over|on|visit\w*)\s+"
    rf"(?:the\s+|(?:north|south|east|west)\w*\s+|(?:downtown|central|rural|nearby)\s+)*(?P<place>(?:{_CAPITALISED})(?:,?\s+(?:{_CAPITALISED}))*)"
)
_NEVER_A_NAME = frozenset(
    """i we you he she it they the this that these those a an and but so or if as at in on of for to from by with well
    yes no not now then there here what when where who why how which my our your his her its their let look okay ok
    again first second third also because while before after since until today yesterday tomorrow thank thanks sure
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december q""".split()
)


def spans(kind: Kind, text: str) -> list[Span]:
    """Where `text` holds facts of `kind`, ascending."""
    return list(_FINDERS[kind](text))


def is_in_a_name(text: str, start: int) -> bool:
    """Whether what begins at `start` is joined to letters by a hyphen, as the digits of "COVID-19" and "F-35" are."""
    return _JOINED.search(text, max(0, start - 3), start) is not None


_JOINED = re.compile(r"[^\W\d_][-‑–]\u2060?\Z")
"""A web page may hold the two together by a word joiner."""


def _figures(text: str) -> Iterator[Span]:
    figures = [Span(*found.span()) for found in _FIGURE.finditer(text) if not is_in_a_name(text, found.start())]
    moments = [Span(*found.span()) for found in _MOMENT.finditer(text)] if figures else []
    for span in figures:
        if not any(moment.contains(span) and not _of_duration(text, moment) for moment in moments):
            yield span


def _of_duration(text: str, moment: Span) -> bool:
    return re.match(r"(?:in|within|after|for)\b", text[moment.start : moment.end], re.IGNORECASE) is not None


def _moments(text: str) -> Iterator[Span]:
    for found in _MOMENT.finditer(text):
        yield Span(*found.span())


def _names(text: str) -> Iterator[Span]:
    for found in _NAME.finditer(text):
        start = found.start()
        for word in found.group().split():
            if word.strip(".'’").casefold() not in _NEVER_A_NAME:
                break
            start = text.find(word, start) + len(word)
        while start < found.end() and text[start].isspace():
            start += 1
        if start < found.end():
            yield Span(start, found.end())


def _places(text: str) -> Iterator[Span]:
    for found in _IN_PLACE.finditer(text):
        span = Span(*found.span("place"))
        if text[span.start : span.end].casefold() not in _NEVER_A_NAME:
            yield span


_FINDERS: dict[Kind, Callable[[str], Iterator[Span]]] = {
    "figure": _figures,
    "moment": _moments,
    "name": _names,
    "place": _places,
}
