"""Filters: the part of the archive a question is asked of."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Some = Annotated[tuple[str, ...], Meta(max_length=10_000)]
"""Values of which any suffices."""


class Filters(Struct, frozen=True, forbid_unknown_fields=True):
    """All given must hold; any of a list suffices. `since` and `until` are ISO dates, both inclusive.

    `speakers` hold a label as printed, a person's name or a surname (`index.text.names.meant`).
    They bind citations, not only passages: nobody else's words are ever cited under them.
    """

    transcripts: Some = ()
    speakers: Some = ()
    collections: Some = ()
    since: str | None = None
    until: str | None = None

    @property
    def none(self) -> bool:
        """Whether nothing is asked: the whole archive is meant."""
        return self == Filters()
