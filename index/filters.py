"""Filters: the part of the archive a question is asked of."""

from __future__ import annotations

from msgspec import Struct


class Filters(Struct, frozen=True, forbid_unknown_fields=True):
    """All given must hold; any of a list suffices. `since` and `until` are ISO dates, both inclusive.

    `speakers` hold a label as printed, a person's name or a surname (`index.text.names.meant`).
    They bind citations, not only passages: nobody else's words are ever cited under them.
    """

    transcripts: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    @property
    def none(self) -> bool:
        """Whether nothing is asked: the whole archive is meant."""
        return self == Filters()
