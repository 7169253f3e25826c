"""The archive as a list: which transcripts are in it, page by page.

In: a view, filters, words and where the last page ended. Out: summaries by date, those without one
last, then by id. A page begins after the last transcript of the one before, whether that is still
there or not, so that nothing is shown twice or left out when transcripts come and go.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable

import msgspec
from msgspec import Struct

from index.errors import OnrecordError
from index.filters import Filters
from index.store import Summary, View
from qa.speakers import people_meant

Place = tuple[str, str]
"""By what transcripts are ordered: the date, or what comes after all dates, and the id."""

_UNDATED = "9999"


class BadCursor(OnrecordError):
    """It is none that this server gave."""


class Listing(Struct, frozen=True):
    """A page: `next` is the cursor of the page after it, None on the last."""

    transcripts: tuple[Summary, ...]
    next: str | None


def listing(view: View, filters: Filters, words: str, limit: int, cursor: str | None = None) -> Listing:
    """The `limit` transcripts after `cursor` that `filters` leave and that have all `words` in title, id or speakers.

    BadCursor.
    """
    after = read_cursor(cursor) if cursor else None
    page: list[Summary] = []
    for summary in listed(view, filters, words):
        if after and place(summary) <= after:
            continue
        if len(page) == limit:
            return Listing(tuple(page), written_cursor(place(page[-1])))
        page.append(summary)
    return Listing(tuple(page), None)


def listed(view: View, filters: Filters, words: str = "") -> list[Summary]:
    """All that `filters` leave and that have all `words` in title, id or speakers, in order."""
    return list(filter(leaves(view, filters, words), view.summaries()))


def leaves(view: View, filters: Filters, words: str = "") -> Callable[[Summary], bool]:
    """Tells of a transcript of `view` whether `filters` leave it and it has all `words` in title, id or speakers."""
    meant = people_meant(filters.speakers, view.voices()) if filters.speakers else ()
    heard = {(one.label, one.name) for one in meant}
    wanted = words.casefold().split()

    def is_left(summary: Summary) -> bool:
        return (
            (not filters.transcripts or summary.id in filters.transcripts)
            and (not filters.collections or summary.collection in filters.collections)
            and (not filters.speakers or any((one.label, one.name) in heard for one in summary.speakers))
            and _within(summary.date, filters.since, filters.until)
            and (not wanted or _has(summary, wanted))
        )

    return is_left


def place(summary: Summary) -> Place:
    """Where `summary` stands in the list."""
    return summary.date or _UNDATED, summary.id


def written_cursor(place: Place) -> str:
    """`place` as an address can hold it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read_cursor(cursor: str) -> Place:
    """The place that `written_cursor` wrote. BadCursor."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        place: Place = msgspec.json.decode(base64.b64decode(padded, b"-_", validate=True), type=Place)
    except (UnicodeError, binascii.Error, msgspec.DecodeError):
        raise BadCursor("cursor: it is none that was given here; begin without one") from None
    return place


def _within(day: str | None, since: str | None, until: str | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or since <= day) and (until is None or day <= until)


def _has(summary: Summary, wanted: list[str]) -> bool:
    voices = [name for one in summary.speakers for name in (one.label, one.name) if name]
    text = "\n".join((summary.title or "", summary.id, *voices)).casefold()
    return all(word in text for word in wanted)
