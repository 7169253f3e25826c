"""What an address of a page asks for: words, filters, an order and a page, each as a person may write it.

In: the parameters of an address. Out: filters, and addresses that ask for the same but for a change.
What is no date, or an end before the beginning, is left out and said, since a form may be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct, structs

from index.filters import Filters
from qa.bounds import checked_filters
from qa.errors import QuestionRefused

_LONGEST = 500
"""Characters of a field that are looked at."""


class Asked(Struct, frozen=True, kw_only=True):
    """The fields, "" where one is not given. `wrong`: what could not be taken as it was given."""

    at: str
    q: str = ""
    speaker: str = ""
    collection: str = ""
    transcript: str = ""
    since: str = ""
    until: str = ""
    order: str = ""
    page: int = 1
    wrong: tuple[str, ...] = ()

    @property
    def filters(self) -> Filters:
        return Filters(
            transcripts=(self.transcript,) if self.transcript else (),
            speakers=(self.speaker,) if self.speaker else (),
            collections=(self.collection,) if self.collection else (),
            since=self.since or None,
            until=self.until or None,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked of what is shown."""
        return bool(self.q or not self.filters.none)

    def address(self, **changes: str | int) -> str:
        """The one that asks for the same but for `changes`, on its first page unless that is one of them."""
        changed = structs.replace(self, **{"page": 1, **changes})
        fields = {name: getattr(changed, name) for name in _FIELDS}
        given = {name: value for name, value in fields.items() if value and not (name == "page" and value == 1)}
        return f"{self.at}?{urlencode(given)}" if given else self.at


_TEXTS = ("q", "speaker", "collection", "transcript", "since", "until", "order")
_FIELDS = (*_TEXTS, "page")


def asked(at: str, parameters: Mapping[str, str]) -> Asked:
    """What `parameters` ask of the page at the path `at`."""
    given = {name: " ".join(parameters.get(name, "").split())[:_LONGEST] for name in _TEXTS}
    wrong = []
    for name, alone in (
        ("since", Filters(since=given["since"] or None)),
        ("until", Filters(until=given["until"] or None)),
    ):
        try:
            checked_filters(alone)
        except QuestionRefused as error:
            wrong.append(str(error))
            given[name] = ""
    try:
        checked_filters(Filters(since=given["since"] or None, until=given["until"] or None))
    except QuestionRefused as error:
        wrong.append(str(error))
        given["until"] = ""
    page = parameters.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
    return Asked(at=at, page=max(1, number), wrong=tuple(wrong), **given)
