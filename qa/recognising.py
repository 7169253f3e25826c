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
from index.text.dated import Dated
from index.text.dates import dates
from index.transcript import Span
from qa.placing import Placing
from qa.titles import KINDS, Named, bodies, titles_named

Stretch = tuple[date, date]


class Spoken(Struct, frozen=True):
    """From the first to the last day, both inclusive, and in which transcripts; None and () where not asked for."""

    since: str | None = None
    until: str | None = None
    transcripts: tuple[str, ...] = ()


def spoken(text: str, speakers: Sequence[str], summaries: Sequence[Summary]) -> Spoken:
    """When and where, after `text`, the words wanted were spoken; `speakers` as they were recognised in it."""
    record = tuple(summaries)
    days = _days(record)
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
    covered = any((time.since or days[0]) <= day <= (time.until or days[-1]) for day in days)
    return covered and placing.closes(time.span, others)


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
_BETWEEN = re.compile(r"\s*(?:and|to|until|till|through|[-–])\s*(?:the\s+)?", re.IGNORECASE)
_TELLING = re.compile(r"\s*(?:last|this|yesterday|the\s+(?:past|last|previous))\b", re.IGNORECASE)
_WITHIN = frozenset(("in", "on", "at", "during", "over", "throughout", "within"))
_DAY = timedelta(1)


def _times(text: str, days: tuple[date, ...]) -> Iterator[_Time]:
    named = [one for one in dates(text, days[-1]) if _meant(text, one, days) is not None]
    skip = False
    for at, one in enumerate(named):
        if skip:
            skip = False
            continue
        before = _BEFORE.search(text, max(0, one.span.start - 60), one.span.start)
        word = " ".join(before["word"].lower().split()) if before else ""
        after = named[at + 1] if at + 1 < len(named) else None
        if after and word in ("between", "from") and _BETWEEN.fullmatch(text, one.span.end, after.span.start):
            skip = True
            yield from _range(text, before.start() if before else one.span.start, one, after, days)
        else:
            found = _time(text, one, word, before, days)
            if found:
                yield found


def _range(text: str, start: int, first: Dated, last: Dated, days: tuple[date, ...]) -> Iterator[_Time]:
    end = _meant(text, last, days)
    begin = _meant(text, first, days, end)
    if begin and end and begin[0] <= end[1]:
        yield _Time(Span(start, last.span.end), begin[0], end[1], document=False)


def _time(
    text: str, one: Dated, word: str, before: re.Match[str] | None, days: tuple[date, ...]
) -> _Time | None:
    meant = _meant(text, one, days)
    assert meant is not None
    first, last = meant
    dated_kind = _DATED_KIND.match(text, one.span.end)
    determined = _BEFORE_DATED_KIND.search(text, max(0, one.span.start - 40), one.span.start)
    if dated_kind and determined:
        return _Time(Span(determined.start(), dated_kind.end()), first, last, document=True)
    if before and before["kind"]:
        if word in _WITHIN or word in ("from", "since"):
            return _Time(Span(before.start(), one.span.end), first, last, document=True)
        return None
    if not _APART.match(text, one.span.end):  # "the 2020 election": it belongs to what follows
        return None
    if not before:
        if not _TELLING.match(text, one.span.start):
            return None
        return _Time(one.span, first, last, document=False)
    span = Span(before.start(), one.span.end)
    if word in _WITHIN:
        return _Time(span, first, last, document=False)
    if word in ("since", "from"):
        return _Time(span, first, None, document=False)
    if word == "after":
        return _Time(span, last + _DAY, None, document=False) if last < date.max else None
    if word in ("until", "till", "through", "up to"):
        return _Time(span, None, last, document=False)
    if word in ("before", "prior to"):
        return _Time(span, None, first - _DAY, document=False) if first > date.min else None
    return None


def _meant(text: str, one: Dated, days: tuple[date, ...], before: Stretch | None = None) -> Stretch | None:
    """The stretch it means: the latest that begins within the record, on which the record holds something if any is."""
    end = before[1] if before else days[-1]
    if one.year is not None:
        return one.meant[-1] if one.meant else None
    if one.relative is not None:
        return max((stretch for stretch in one.meant if stretch[0] <= end), default=None)
    possible = sorted(_possible(text, one.span, days, before), reverse=True)
    return next((stretch for stretch in possible if _holds(stretch, days)), possible[0] if possible else None)


def _possible(text: str, span: Span, days: tuple[date, ...], before: Stretch | None) -> Iterator[Stretch]:
    end = before[1] if before else days[-1]
    for year in range(days[0].year, end.year + 1):
        for other in dates(text, end if year == end.year else date(year, 12, 31)):
            if other.span == span:
                yield from (one for one in other.meant if days[0].year <= one[0].year and one[0] <= end)


def _holds(stretch: Stretch, days: tuple[date, ...]) -> bool:
    return any(stretch[0] <= day <= stretch[1] for day in days)


def _without(text: str, times: Sequence[_Time]) -> str:
    """`text` with times blanked, so that no title is sought in them."""
    for one in times:
        text = text[: one.span.start] + "," * (one.span.end - one.span.start) + text[one.span.end :]
    return text


@lru_cache(maxsize=8)
def _days(summaries: tuple[Summary, ...]) -> tuple[date, ...]:
    """The days of the record, in order."""
    return tuple(sorted({found for summary in summaries for found in _read(summary.date)}))


def _read(day: str | None) -> list[date]:
    try:
        return [date.fromisoformat(day)] if day else []
    except ValueError:
        return []
