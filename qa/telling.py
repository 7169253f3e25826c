"""Times told from the moment of asking: "yesterday", "last week", "this month".

In: a question, and when its words were found to be spoken. Out: the question without what can't be told,
and notes on how each was taken. The record does not know the day on which it is asked, and each of its
transcripts counts "yesterday" from its own day: a quote that has the word is no answer for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from index.store import Summary
from index.text.dated import Dated
from index.text.dates import dates
from index.transcript import Span
from qa.days import in_words, stretch_in_words
from qa.fact_time import AFTER
from qa.placing import Placing
from qa.recognising import Spoken, days_of
from qa.titles import bodies

_BEFORE = re.compile(r"\b(?:on|in|during|over|since|from|until|by|as\s+of|of)\s+(?:the\s+)?$", re.IGNORECASE)
_OF = re.compile(r"\s+of\b")
"""After "the last week", which is then of a month that is named and not told from any day."""

_BESIDE = 20
"""Characters before such a time in which its preposition is looked for."""


class Told(Struct, frozen=True):
    """The question as searched, and sentences on the times in it."""

    text: str
    notes: tuple[str, ...] = ()


def taken_as_fact(time: str) -> str:
    """That `time` was taken for that of what the question is about."""
    until = dates(time)[0].meant[0][1] + AFTER
    return (
        f"“{time}” was taken for the time of what is asked about, not for when it was said: only what names it, or was "
        f"said from then to {in_words(until)}, was searched."
    )


def told(text: str, speakers: Sequence[str], placed: Spoken, summaries: Sequence[Summary]) -> Told:
    """`text` without the days that only its asker can tell, where they say when words were spoken."""
    days = days_of(tuple(summaries))
    relative = list(_relative(text, days[-1])) if days else []
    if not relative:
        return Told(text)
    placing = Placing(text, speakers, bodies(tuple(summaries)))
    notes: list[str] = []
    without = text
    for one in reversed(relative):
        words = text[one.span.start : one.span.end]
        if stretch := _used(one, placed):
            first, last = stretch
            notes.append(
                f"“{words}” was taken as {stretch_in_words(first, last)}, counted from the last day of the archive, "
                f"{in_words(days[-1])}."
            )
        elif _says_when(span := _with_preposition(text, one.span), placing):
            without = " ".join((without[: span.start] + without[span.end :]).split())
            notes.append(f"“{words}” was not used, since the archive can't tell which day that is: name the date.")
        else:
            notes.append(
                f"“{words}” was not taken as a date: each transcript counts it from its own day, so look at the "
                "dates of the quotes."
            )
    return Told(re.sub(r"\s+(?=[?!.,])", "", without), tuple(reversed(notes)))


def _relative(text: str, last: date) -> Iterator[Dated]:
    """Times told from the moment of asking, and days of the week alone."""
    for one in dates(text, last):
        alone = one.weekday is not None and (one.year, one.month, one.day) == (None, None, None)
        if (alone or (one.relative is not None and one.relative.spoken)) and not _OF.match(text, one.span.end):
            yield one


def _used(one: Dated, placed: Spoken) -> tuple[date, date] | None:
    """The stretch of those it may mean that became the filter."""
    for first, last in one.meant:
        if placed.since == first.isoformat() and placed.until == last.isoformat():
            return first, last
    return None


def _says_when(span: Span, placing: Placing) -> bool:
    if placing.begins_with(span):
        return placing.asks_for_words()
    return placing.adjoins(span) or placing.closes(span)


def _with_preposition(text: str, span: Span) -> Span:
    before = _BEFORE.search(text, max(0, span.start - _BESIDE), span.start)
    return Span(before.start(), span.end) if before else span
