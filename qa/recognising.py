"""When and where the words a question wants were spoken, where it says so and the record knows it.

In: a question, whose words it wants, and the archive's transcripts. Out: dates from and until, and
transcripts. A date without a year is the latest such on which the record holds something; "last
spring" is told from the record's end. Whether a phrase places the speaking or what is spoken of
is for `placing` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

from index.store import Summary
from index.text.dated import MONTHS, SEASONS, Dated, Stretch
from index.text.dates import dates
from index.transcript import Span
from qa.placing import Placing
from qa.titles import KINDS, Named, bodies, titles_named


class Spoken(Struct, frozen=True):
    """From the first to the last day, both inclusive, and in which transcripts; None and () where not asked for."""

    since: str | None = None
    until: str | None = None
    transcripts: tuple[str, ...] = ()


def spoken(text: str, speakers: Sequence[str], summaries: Sequence[Summary]) -> Spoken:
    """When and where, after `text`, the words wanted were spoken; `speakers` as they were recognised in it."""
    record = tuple(summaries)
    days = days_of(record)
    times = list(_times(text, days)) if days else []
    titles = titles_named(_without(text, times), record)
    if not times and not titles:
        return Spoken()
    placing = Placing(text, speakers, bodies(record))
    spans = [*(one.span for one in times), *(one.span for one in titles)]
    time = next((one for one in times if _is_time_of_speaking(one, placing, spans, days)), None)
    title = next((one for one in titles if _is_place_of_speaking(text, one, placing, spans)), None)
    return Spoken(
        since=time.since.isoformat() if time and time.since else None,
        until=time.until.isoformat() if time and time.until else None,
        transcripts=title.transcripts if title else (),
    )


class _Time(Struct, frozen=True):
    """A phrase that tells a time; `document`: as that of a talk ("the May 13 briefing")."""

    span: Span
    since: date | None
    until: date | None
    document: bool


def _is_time_of_speaking(time: _Time, placing: Placing, others: Sequence[Span], days: tuple[date, ...]) -> bool:
    if placing.begins_with(time.span):
        return time.document or placing.asks_for_words()
    if placing.adjoins(time.span, others):
        return True
    return _may_be_spoken_then(time, days) and placing.closes(time.span, others)


def _may_be_spoken_then(time: _Time, days: tuple[date, ...]) -> bool:
    """Whether the record holds something of that time, or is of before and after a day, week or month it names."""
    first, last = time.since or days[0], time.until or days[-1]
    if any(first <= day <= last for day in days):
        return True
    return days[0] < first and last < days[-1] and last - first < _MONTH


def _is_place_of_speaking(text: str, named: Named, placing: Placing, others: Sequence[Span]) -> bool:
    if placing.begins_with(named.span) or text[named.span.start :].lower().startswith("according"):
        return True
    return placing.adjoins(named.span, others) or placing.closes(named.span, others)


_KIND = rf"(?:(?:press|daily|news|white\s+house|covid(?:-19)?)\s+)*(?:{'|'.join(sorted(KINDS))})s?"
_DETERMINED = r"(?:(?:the|that|this|a|her|his|their|its|[\w.-]+['’]s)\s+)"
_BEFORE = re.compile(
    rf"\b(?P<word>in|on|at|during|over|throughout|within|since|from|before|prior\s+to|until|till|through|up\s+to|after|between|by|of|for)\s+"
    rf"(?:{_DETERMINED}?(?P<kind>{_KIND})\s+(?:(?:of|on|from|in|held\s+on|dated)\s+)?)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BEFORE_DATED_KIND = re.compile(rf"\b(?:in|at|during|from)\s+{_DETERMINED}$", re.IGNORECASE)
_DATED_KIND = re.compile(rf"\s+{_KIND}\b", re.IGNORECASE)
_APART = re.compile(
    r"\s*(?:$|[^\w\s]|(?:about|on|of|for|in|at|to|from|with|by|and|or|but|that|what|who|whom|whose|which|when|where|why|how|"
    r"did|does|do|was|were|is|are|has|have|had|regarding|concerning|according|as|if|whether|[A-Z])\b)"
)
_TO = re.compile(r"\s*(?:and|to|until|till|through|[-–])\s*(?:the\s+)?", re.IGNORECASE)
_TOO = re.compile(r"\s*(?:,?\s*(?:and|or)|to|through|[-–])\s*(?:(?:in|on|during)\s+)?(?:the\s+)?", re.IGNORECASE)
_TELLING = re.compile(r"\s*(?:last|this|the\s+(?:past|last|previous))\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:in|of|since|until|by|during)\s+(?:the\s+)?|the\s+(?=\w+\s+of\b)", re.IGNORECASE)
_WITHIN = frozenset(("in", "on", "at", "during", "over", "throughout", "within"))
_SINCE = frozenset(("since", "from"))
_UNTIL = frozenset(("until", "till", "through", "up to"))
_DAY = timedelta(1)
_MONTH = timedelta(31)
_BESIDE = 80
"""Characters before a date that are looked at."""
_TOLD = frozenset(("week", "month", "quarter", "year", *MONTHS, *SEASONS))
"""Units that can be told from the end of the record; days can't: "yesterday" is the asker's."""


def _times(text: str, days: tuple[date, ...]) -> Iterator[_Time]:
    """The times that `text` tells, two that are joined ("between March and May") as one."""
    named = [(one, meant) for one in dates(text, days[-1]) if (meant := _meant(text, one, days))]
    at = 0
    while at < len(named):
        one, meant = named[at]
        span = _core(text, one)
        before = _BEFORE.search(text, max(0, span.start - _BESIDE), span.start)
        word = " ".join(before["word"].lower().split()) if before else ""
        joined = _TO if word in ("between", "from") else _TOO if word in _WITHIN else None
        at += 1
        following = named[at][0].span if at < len(named) else None
        if joined and following and (following == one.span or joined.fullmatch(text, span.end, following.start)):
            other, ending = named[at]
            span, meant = Span(span.start, other.span.end), _joined(text, (one, meant), (other, ending), days)
            word = "in"
            at += 1
        found = _document(text, span, meant, before) or _time(text, span, meant, word, before)
        if found:
            yield found


def _joined(text: str, one: tuple[Dated, Stretch], other: tuple[Dated, Stretch], days: tuple[date, ...]) -> Stretch:
    """From the one to the other; one that names no year is the nearest to the other."""
    (first, begins), (last, ends) = one, other
    if first.year is None and first.relative is None:
        begins = max((found for found in _possible(text, first.span, days) if found[0] <= ends[0]), default=begins)
    elif last.year is None and last.relative is None:
        ends = min((found for found in _possible(text, last.span, days) if found[0] >= begins[0]), default=ends)
    return min(begins, ends)[0], max(begins[1], ends[1])


def _core(text: str, one: Dated) -> Span:
    """Where the date stands, without a preposition."""
    before = _PREPOSITION.match(text, one.span.start, one.span.end)
    return Span(before.end(), one.span.end) if before else one.span


def _document(text: str, span: Span, meant: Stretch, before: re.Match[str] | None) -> _Time | None:
    """The time as that of a talk: "in the May 13 briefing", "at the briefing of May 13"."""
    kind = _DATED_KIND.match(text, span.end)
    determined = _BEFORE_DATED_KIND.search(text, max(0, span.start - _BESIDE), span.start)
    if kind and determined:
        return _Time(Span(determined.start(), kind.end()), *meant, document=True)
    if before and before["kind"] and before["word"].lower() in {"from", *_WITHIN}:
        return _Time(Span(before.start(), span.end), *meant, document=True)
    return None


def _time(text: str, span: Span, meant: Stretch, word: str, before: re.Match[str] | None) -> _Time | None:
    if not _APART.match(text, span.end) or (before and before["kind"]):  # "the 2020 election" belongs to what follows
        return None
    first, last = meant
    if before is None:
        return _Time(span, first, last, document=False) if _TELLING.match(text, span.start) else None
    since: date | None = None
    until: date | None = None
    if word in _WITHIN:
        since, until = first, last
    elif word in _SINCE:
        since = first
    elif word in _UNTIL:
        until = last
    elif word == "after" and last < date.max:
        since = last + _DAY
    elif word in ("before", "prior to") and first > date.min:
        until = first - _DAY
    else:
        return None
    return _Time(Span(before.start(), span.end), since, until, document=False)


def _meant(text: str, one: Dated, days: tuple[date, ...]) -> Stretch | None:
    """The stretch it means: the latest that begins within the record, on which the record holds something if any is."""
    if one.year is not None:
        return one.meant[-1] if one.meant else None
    if one.weekday is not None and one.day is None:
        return None
    if one.relative is not None:
        told = [stretch for stretch in one.meant if stretch[0] <= days[-1] and one.relative.unit in _TOLD]
        return max(told, default=None)
    possible = sorted(_possible(text, one.span, days), reverse=True)
    return next((stretch for stretch in possible if _holds(stretch, days)), possible[0] if possible else None)


def _possible(text: str, span: Span, days: tuple[date, ...]) -> Iterator[Stretch]:
    """The stretches that a date without a year means in each year of the record, or with another's year beside it."""
    for year in range(days[0].year, days[-1].year + 1):
        said = min(days[-1], date(year, 12, 31))
        for other in dates(text, said):
            if other.span == span:
                yield from (stretch for stretch in other.meant if stretch[0] <= days[-1])


def _holds(stretch: Stretch, days: tuple[date, ...]) -> bool:
    return any(stretch[0] <= day <= stretch[1] for day in days)


def _without(text: str, times: Sequence[_Time]) -> str:
    """`text` with times blanked, so that no title is sought in them."""
    for one in times:
        text = text[: one.span.start] + "," * (one.span.end - one.span.start) + text[one.span.end :]
    return text


@lru_cache(maxsize=8)
def days_of(summaries: tuple[Summary, ...]) -> tuple[date, ...]:
    """The days of the record, in order."""
    return tuple(sorted({found for summary in summaries for found in day_of(summary.date)}))


def day_of(day: str | None) -> list[date]:
    """The day that a transcript states, none where it states none or no whole one."""
    try:
        return [date.fromisoformat(day)] if day else []
    except ValueError:
        return []
