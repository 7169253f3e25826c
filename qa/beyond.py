"""Times that a question names and the record does not reach: 2023 in an archive that ends in 2022.

In: a question and the archive's transcripts; then the passages that were found. Out: those times, and
the passages that speak of them. What is to come is spoken of beforehand ("the 2030 target"), what is
past afterwards; a passage that does neither is of another time, and no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import structs

from index.search import RankedPassage
from index.store import Summary, View
from index.text.dated import Dated
from index.text.dates import bears_out, dates
from qa.kinds import Asks
from qa.recognising import day_of, days_of

_TOLD_UNDATED: frozenset[Asks] = frozenset(("what", "reason"))
"""Of what is long past people tell without its year, so "the 2015 deal" is the deal; a figure is of its year."""

_NEAR = 183
"""Days from that of the speech within which "August" is that August."""


def beyond(text: str, asks: Asks, summaries: Sequence[Summary]) -> tuple[str, ...]:
    """The times of `text`, as it names them, that lie before or behind all that the archive dates; they have a year.

    One before it counts only where a fact of that time is asked for.
    """
    days = days_of(tuple(summaries))
    if not days:
        return ()
    return tuple(
        text[one.span.start : one.span.end]
        for one in dates(text)
        if one.year is not None
        and one.meant
        and (one.meant[0][0] > days[-1] or (one.meant[-1][1] < days[0] and asks not in _TOLD_UNDATED))
    )


def speaking_of(times: Sequence[str], passages: Sequence[RankedPassage], view: View) -> tuple[RankedPassage, ...]:
    """Those of `passages` that name each of `times`, or whose transcript has no date."""
    named = [one for time in times for one in dates(time)]
    return tuple(one for one in passages if _speaks_of(named, one, view))


def times_told(text: str, said: date) -> Iterator[Dated]:
    """The times that `text`, said then, names; one without a year is what lies so near that its year is plain."""
    for one in dates(text, said):
        if one.year is not None or one.relative is not None:
            yield one
        else:
            near = tuple(meant for meant in one.meant if abs((meant[0] - said).days) <= _NEAR)
            yield structs.replace(one, meant=near)


def _speaks_of(named: Sequence[Dated], passage: RankedPassage, view: View) -> bool:
    transcript = view.transcript(passage.stored.transcript_id)
    said = day_of(transcript.date)
    if not said:
        return True
    found = list(times_told(f"{transcript.title or ''}\n{passage.stored.passage.text}", said[0]))
    return all(any(bears_out(one, time) for one in found) for time in named)
