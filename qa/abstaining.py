"""Abstaining before a model is asked: nothing is stored, nobody of that name speaks, no transcript has those dates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from msgspec import structs

from index.filters import Filters
from index.search import Found
from index.store import View, Voice
from index.text.names import given, surname, words
from qa.answer import Dropped
from qa.days import in_words, stretch_in_words
from qa.misspelt import near
from qa.models import Declined
from qa.recognising import days_of
from qa.speakers import people_meant


def nothing_to_search(view: View, found: Found, filters: Filters, recognised: bool = False) -> Declined | None:
    """Why nothing of the archive can answer under `filters`, or None where something may.

    `recognised`: whose words are wanted was taken from the question.
    """
    if not view.summaries():
        return Declined("empty_index", "The archive is empty: ingest transcripts first (onrecord ingest PATH).")
    voices = view.voices()
    if filters.speakers and not people_meant(filters.speakers, voices):
        return Declined("speaker_unknown", _nobody(filters.speakers, voices))
    if found.scope.passages:
        return None
    undated = structs.replace(filters, since=None, until=None)
    if (filters.since or filters.until) and view.scope(undated).passages:
        return _outside(view, filters, undated, recognised)
    return Declined("nothing_relevant", "No transcript of the archive is left by these filters.")


def no_such_day(view: View, impossible: Sequence[str]) -> Declined | None:
    """That a day of the question is in no calendar; None where each is, or nothing is stored."""
    return Declined("outside_dates", " ".join(impossible)) if impossible and view.summaries() else None


def unknown_beside_known(names: Sequence[str], voices: Sequence[Voice]) -> str:
    """That some of `names` are nobody's who speaks, where others are; empty where all are, or none."""
    unknown = [one for one in names if not people_meant([one], voices)]
    return _nobody(unknown, voices) if 0 < len(unknown) < len(names) else ""


def _nobody(names: Sequence[str], voices: Sequence[Voice]) -> str:
    said = [f"Nobody called {listed(names)} speaks in the archive."]
    said += filter(None, (_who_is_like(asked, voices) for asked in names[:_FEW]))
    return " ".join(said)


def nothing_of_the_time(view: View, found: Found, times: Sequence[str]) -> Declined | None:
    """That nothing found speaks of `times`, which the archive does not reach; None where something does."""
    if not times or found.passages:
        return None
    days = days_of(tuple(view.summaries()))
    message = (
        f"The archive's transcripts run from {days[0]} to {days[-1]}, and nothing found in them speaks of "
        f"{' or '.join(times)}."
    )
    return Declined("outside_dates", message)


def nothing_from_the_time(found: Found, time: str | None) -> Declined | None:
    """That nothing found names `time` or was said then or soon after; None where something was."""
    if time is None or found.passages:
        return None
    return Declined("outside_dates", f"Nothing found speaks of {time}, or was said then or soon after.")


def nothing_left(dropped: Sequence[Dropped]) -> Declined:
    """Why no sentence is shown where a model wrote some, or none at all."""
    if not dropped:
        return Declined("unsupported", "No sentence of the record answers this question.")
    wrote = (
        "one sentence, and the record does not bear it"
        if len(dropped) == 1
        else (f"{len(dropped)} sentences, and the record bears none of them")
    )
    return Declined("unsupported", f"The model wrote {wrote} out.")


def of_speakers(declined: Declined, filters: Filters, recognised: bool) -> Declined:
    """`declined` with whose words were searched; `recognised`: the speaker was taken from the question."""
    if not filters.speakers:
        return declined
    why = ", because the question asks for that; everybody's words can be searched too" if recognised else ""
    message = f"{declined.message} Only what {listed(filters.speakers)} says was searched{why}."
    return structs.replace(declined, message=message)


def _who_is_like(asked: str, voices: Sequence[Voice]) -> str:
    """Who of the surname in `asked` does speak, else who of a surname that is spelt almost so; empty where nobody."""
    like = [_printed(one) for one in near(asked, voices)]
    return _namesakes(asked, voices) or (f"The nearest names it has: {_some(like)}." if like else "")


def _printed(voice: Voice) -> str:
    return f"{voice.label} ({voice.name})" if voice.name else voice.label


def _namesakes(asked: str, voices: Sequence[Voice]) -> str:
    """Who of the surname in `asked` does speak, and how to ask for a voice that may be meant; empty where nobody does.

    A full name is never taken for a voice without a first name: that would be a guess.
    """
    last = surname(asked)
    bearers = [one for one in voices if one.speaker and last and last in (surname(one.label), surname(one.name or ""))]
    stated = {one.label.casefold() for one in bearers if one.name or given(one.label)}
    nameless = dict.fromkeys(one.label for one in bearers if one.label.casefold() not in stated)
    if last and nameless:
        several = len(nameless) > 1
        typed = " ".join([word for word in asked.split() if words(word)][-len(last.split()) :]).strip(",.")
        return (
            f"The record has {_some(nameless)}, and no first name for {'these voices' if several else 'that voice'}; "
            f"ask for “{typed}”."
        )
    named = dict.fromkeys(map(_printed, bearers))
    return f"Of that surname it has {_some(named)}." if named else ""


def _some(names: Collection[str]) -> str:
    first = list(names)[:_FEW]
    return " and ".join(first) + (f" and {len(names) - _FEW} more" if len(names) > _FEW else "")


_FEW = 4
"""Voices, and names that were asked for, that are named at most."""


def listed(names: Sequence[str]) -> str:
    """The names in quotation marks, the first of many."""
    more = [f"{len(names) - _FEW:,} more"] if len(names) > _FEW else []
    return " or ".join([*(f"“{name}”" for name in names[:_FEW]), *more])


def _outside(view: View, filters: Filters, undated: Filters, recognised: bool) -> Declined:
    """That nothing is of the dates of `filters`, or nothing that the others, `undated`, leave."""
    nearest = _nearest(view, filters)
    if not view.scope(Filters(since=filters.since, until=filters.until)).passages:
        left = "" if undated == Filters() else " that the other filters leave"
        near = f"; the nearest{left}: {nearest}" if nearest else ""
        return Declined("outside_dates", f"Nothing in the archive is {_of(filters)}{near}.")
    near = f"; the nearest that they leave: {nearest}" if nearest else ""
    message = f"Nothing that is {_of(filters)} is left by the other filters{near}."
    return of_speakers(Declined("outside_dates", message), filters, recognised)


def _of(filters: Filters) -> str:
    if filters.since and filters.until:
        return f"of {stretch_in_words(date.fromisoformat(filters.since), date.fromisoformat(filters.until))}"
    if filters.since:
        return f"of {in_words(date.fromisoformat(filters.since))} or later"
    return f"of {in_words(date.fromisoformat(filters.until))} or earlier" if filters.until else ""


def _nearest(view: View, filters: Filters) -> str:
    """The last day before and the first day behind the dates of `filters` on which the others leave something."""
    near: list[str | None] = []
    if filters.since and (day := date.fromisoformat(filters.since)) > date.min:
        near.append(view.scope(structs.replace(filters, since=None, until=(day - _DAY).isoformat())).until)
    if filters.until and (day := date.fromisoformat(filters.until)) < date.max:
        near.append(view.scope(structs.replace(filters, since=(day + _DAY).isoformat(), until=None)).since)
    known = [in_words(date.fromisoformat(one)) for one in near if one]
    return " and ".join(known)


_DAY = timedelta(1)
