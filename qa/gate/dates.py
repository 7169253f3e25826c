"""Dates: every date of a drafted sentence stands in what it cites, or in the record's own data about it.

A date is borne out by one that says as much or more: "in May 2021" by "May 13, 2021", by "last week" in a
record of 20 May 2021, or by that record's own date. Words told from the moment of speech ("today", "last
year") are borne out by the same words alone, since an answer is read on another day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from index.text.dated import Dated
from index.text.dates import bears_out, dates, dates_after, on
from index.text.number import COUNT, ORDINAL, same_value
from index.text.numbers import numbers
from index.transcript import Span
from qa.gate.evidence import Evidence, Stretch
from qa.gate.exchanged import Fact, exchanged
from qa.gate.fault import Fault
from qa.gate.numbers import figures


def fault(text: str, evidence: Evidence) -> Fault | None:
    """The first date of `text` that nothing cited bears out; `date_not_in_source`."""
    stated = dates(text)
    if not stated:
        return None
    found = [one for stretch in evidence.stretches for one in _told(stretch)]
    own = [one for stretch in evidence.stretches for one in _own(stretch)]
    for one in stated:
        said = any(bears_out(known, one) for known in found) or _is_number(text, one, evidence)
        said = said or (one.lapse and _is_since(text, one, evidence))
        if not said and not (any(bears_out(known, one) for known in own) and _of_record(text, one, stated, found)):
            words = text[one.span.start : one.span.end]
            return Fault("date_not_in_source", f"“{words}” is not a date that the record gives there")
    if (span := _exchanged(text, stated, evidence)) is not None:
        return Fault("date_not_in_source", f"“{text[span.start : span.end]}” is of something else in the cited words")
    return None


def _exchanged(text: str, stated: Sequence[Dated], evidence: Evidence) -> Span | None:
    if len(stated) < 2:
        return None
    record = []
    for stretch in evidence.stretches:
        found = _told(stretch)
        facts = [
            Fact(other.span, frozenset(at for at, one in enumerate(stated) if bears_out(other, one))) for other in found
        ]
        record.append((stretch.text, facts))
    return exchanged(text, [one.span for one in stated], [_kind(one) for one in stated], record)


def _kind(one: Dated) -> str:
    return "".join(part[0] for part in ("year", "month", "day", "weekday") if getattr(one, part) is not None)


def _told(stretch: Stretch) -> tuple[Dated, ...]:
    """The dates of the words, days alone in the month that the turn named before."""
    transcript, start = stretch.transcript, stretch.span.start
    turn = transcript.spans[transcript.turn_at(start)]
    return dates_after(transcript.text[turn.start : start], stretch.text, _day(transcript.date))


def _own(stretch: Stretch) -> Iterator[Dated]:
    """The dates of the transcript's date and title."""
    written = stretch.transcript.date
    day = _day(written)
    if day is not None:
        yield on(day)
    elif written:
        yield from dates(written)
    if stretch.transcript.title:
        yield from dates(stretch.transcript.title)


_TELLING = re.compile(
    r"\b(?:said|says|say|saying|told|tells|spoke|speaks|speaking|announced|announces|asked|asks|answered|noted|notes|stated|states|explained|"
    r"added|confirmed|reported|reports|reporters|briefing|briefed|hearing|meeting|debate|interview|remarks|statement|press|conference|"
    r"according|testified|argued|warned|claimed|declared|described|insisted|promised|replied|stressed|recalled|mentioned|declined|denied)\b",
    re.IGNORECASE,
)


def _of_record(text: str, one: Dated, stated: Sequence[Dated], found: Sequence[Dated]) -> bool:
    """Whether a date that only the record's own data bears out is its date, not one put in place of another.

    It stands with the telling ("in May 2021 she said", "told reporters on Thursday"), or the cited words
    have no date of its kind that the sentence leaves out.
    """
    verb = _TELLING.search(text)
    if verb and (one.span.end <= verb.start() or _close(text[verb.end() : one.span.start])):
        return True
    left_out = [known for known in found if not any(bears_out(known, other) for other in stated)]
    return not any(_alike(known, one) for known in left_out)


def _close(between: str) -> bool:
    words = between.lower().split()
    return len(words) <= 3 and "that" not in words


def _alike(one: Dated, other: Dated) -> bool:
    """Whether both name a weekday, a month, or a year."""
    return any(
        getattr(one, part) is not None and getattr(other, part) is not None
        for part in ("weekday", "month", "year", "day")
    )


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


_SINCE = re.compile(r"\s+since\b", re.IGNORECASE)


def _is_since(text: str, one: Dated, evidence: Evidence) -> bool:
    """Whether "took office two months ago" is told as "the two months since they took office"."""
    lapse = [number for number in numbers(text) if number.span.overlaps(one.span)]
    return any(
        same_value(stated, known) and _SINCE.match(words, known.span.end)
        for words in evidence.texts
        for known in numbers(words)
        for stated in lapse
    )


_DATING = re.compile(
    r"\b(?:in|since|of|by|until|from|before|after|during|through|year|fiscal|early|mid|late)[\s-]+\Z", re.IGNORECASE
)


def _is_number(text: str, one: Dated, evidence: Evidence) -> bool:
    """Whether what looks like a date is a number there: "the 14th" of something left out, "1900 homes" for "1,900"."""
    if one == Dated(span=one.span, day=one.day):
        value, unit = one.day, ORDINAL
    elif one.year is not None and one == Dated(span=one.span, year=one.year, meant=one.meant):
        if _DATING.search(text, max(0, one.span.start - 12), one.span.start):
            return False
        value, unit = one.year, COUNT
    else:
        return False
    known = (number for words in evidence.texts for number in figures(words))
    return any(number.unit == unit and number.value == value for number in known)
