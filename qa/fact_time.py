"""The time of a fact that a question names: "the unemployment rate in May 2021", "the evacuation on August 16, 2021".

In: a question and the archive's transcripts; then what was found. Out: that time; whether a passage, or
a sentence of it, can tell of it. A figure is of its month: one of another month, one told before it, and one
told much later that names no month is no answer, however well its words fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from index.search import RankedPassage
from index.store import Summary, View
from index.text.dated import Dated
from index.text.dates import bears_out, dates
from index.transcript import Span, Transcript
from qa.beyond import times_told
from qa.kinds import Asks
from qa.recognising import day_of, days_of

FIGURES: frozenset[Asks] = frozenset(("number", "money", "share"))
"""Kinds of fact that are of a time."""

AFTER = timedelta(62)
"""How long after a time it is told of without being named: the figures of a month come out in the next."""

_BEFORE = 250
"""Characters before a sentence in which the time may be named that it tells of."""

_APART = re.compile(
    r"\b(?:since|before|after|until|till|from|between|beyond|past|to|through|than|prior\s+to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BESIDE = 20


def fact_time(text: str, asks: Asks, summaries: Sequence[Summary]) -> str | None:
    """The one year, month or day within the record, as `text` names it with its year, that what it asks for is of.

    More than a day counts only for a figure: what else was said of it is told for longer.
    """
    days = days_of(tuple(summaries))
    named = [one for one in dates(text) if one.year is not None and len(one.meant) == 1]
    if not days or len(named) != 1:
        return None
    time = named[0]
    within = days[0] <= time.meant[0][1] and time.meant[0][0] <= days[-1]
    counts = time.day is not None or asks in FIGURES
    if not within or not counts or _APART.search(text, max(0, time.span.start - _BESIDE), time.span.start):
        return None
    return text[time.span.start : time.span.end]


def telling_of(time: str, passages: Sequence[RankedPassage], view: View) -> tuple[RankedPassage, ...]:
    """Those of `passages` that name `time` or were spoken then or soon after, or whose transcript has no date."""
    return tuple(one for one in passages if _tells(time, one, view.transcript(one.stored.transcript_id)))


def _tells(time: str, passage: RankedPassage, transcript: Transcript) -> bool:
    said = day_of(transcript.date)
    stated = dates(time)[0]
    return (
        not said
        or _is_soon(stated, said[0])
        or _names(stated, f"{transcript.title or ''}\n{passage.stored.passage.text}", said[0])
    )


def may_tell(time: str, transcript: Transcript, sentence: Span) -> bool:
    """Whether a sentence may tell a figure of `time`: it names it, or follows what does; or is spoken then or soon
    after and names no other month."""
    said = day_of(transcript.date)
    if not said:
        return True
    stated = dates(time)[0]
    turn = transcript.spans[transcript.turn_at(sentence.start)]
    text = transcript.text[sentence.start : sentence.end]
    if _names(stated, text, said[0]):
        return True
    if any(_is_another(one, stated) for one in times_told(text, said[0])):
        return False
    before = transcript.text[max(turn.start, sentence.start - _BEFORE) : sentence.start]
    return _is_soon(stated, said[0]) or _names(stated, before, said[0])


def _is_soon(stated: Dated, said: date) -> bool:
    first, last = stated.meant[0]
    return first <= said <= last + AFTER


def _names(stated: Dated, text: str, said: date) -> bool:
    return any(bears_out(one, stated) and not _is_month_of(one, stated) for one in times_told(text, said))


def _is_month_of(one: Dated, stated: Dated) -> bool:
    """Whether `one` is a month where a year is stated, whose figure is another."""
    return stated.month is None and _is_month(one)


def _is_month(one: Dated) -> bool:
    return one.day is None and (one.month is not None or (one.relative is not None and one.relative.unit == "month"))


def _is_another(one: Dated, stated: Dated) -> bool:
    """Whether `one` names a month, or year, that is not the stated one, or a month of the stated year: a day that
    is named beside tells nothing of a month."""
    if one.day is not None and stated.day is None:
        return False
    if _is_month_of(one, stated):
        return True
    first, last = stated.meant[0]
    apart = bool(one.meant) and all(meant[1] < first or meant[0] > last for meant in one.meant)
    return apart and (_is_month(one) or one.day is not None or one.year is not None)
