"""Dates: every date of a drafted sentence stands in what it cites, or in the record's own data about it.

A date is borne out by one that says as much or more: "in May 2021" by "May 13, 2021", by "last week" in a
record of 20 May 2021, or by that record's own date. Words told from the moment of speech ("today", "last
year") are borne out by the same words alone, since an answer is read on another day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from index.text.dated import Dated
from index.text.dates import bears_out, dates, on
from index.text.numbers import ORDINAL, numbers
from qa.gate.evidence import Evidence, Stretch
from qa.gate.fault import Fault


def fault(text: str, evidence: Evidence) -> Fault | None:
    """The first date of `text` that nothing cited bears out; `date_not_in_source`."""
    stated = dates(text)
    if not stated:
        return None
    found = [one for stretch in evidence.stretches for one in _dates_of(stretch)]
    for one in stated:
        if not any(bears_out(known, one) for known in found) and not _is_lone_day(one, evidence):
            words = text[one.span.start : one.span.end]
            return Fault("date_not_in_source", f"“{words}” is no date of the cited words or of their transcript")
    return None


def _dates_of(stretch: Stretch) -> Iterator[Dated]:
    """Those in the words, as meant on the transcript's day, and those of its date and title."""
    said = _day(stretch.transcript.date)
    yield from dates(stretch.text, said)
    if said is not None:
        yield on(said)
    elif stretch.transcript.date:
        yield from dates(stretch.transcript.date)
    if stretch.transcript.title:
        yield from dates(stretch.transcript.title)


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None


def _is_lone_day(one: Dated, evidence: Evidence) -> bool:
    """Whether it is "the 14th" where the record says "the 14th" of something left out."""
    if one.day is None or one.month is not None or one.year is not None:
        return False
    return any(
        number.unit == ORDINAL and number.value == one.day for text in evidence.texts for number in numbers(text)
    )
