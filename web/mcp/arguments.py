"""What each tool takes; the descriptions are what an assistant reads. An argument nobody knows is refused."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from index.filters import Filters
from qa.checking import LONGEST_TEXT
from qa.leaning import LONGEST_QUESTION
from web.api.search import MOST_HITS

Names = tuple[str, ...]
Day = Annotated[str | None, Meta(description="A date, YYYY-MM-DD, itself included.")]

LONGEST_EXCERPT = 50_000
"""Characters of a transcript that are given at once."""


class Within(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of the archive that is meant: all that is given must hold, any of a list suffices."""

    speakers: Annotated[
        Names,
        Meta(
            description="Only these speakers' words: a label as the transcript prints it, the name behind it, "
            "or a surname. Nobody else's words are ever quoted under it."
        ),
    ] = ()
    transcripts: Annotated[Names, Meta(description="Only the transcripts with these ids.")] = ()
    collections: Annotated[Names, Meta(description="Only these collections.")] = ()
    since: Day = None
    until: Day = None

    @property
    def filters(self) -> Filters:
        return Filters(self.transcripts, self.speakers, self.collections, self.since, self.until)


class Ask(Within, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For `ask`."""

    question: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=LONGEST_QUESTION,
            description="A whole question in words; it is understood by itself, without what was asked before.",
        ),
    ]
    model: Annotated[str | None, Meta(description="The id of a model that the server has; its default if absent.")] = (
        None
    )


class Search(Within, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For `search`."""

    query: Annotated[
        str,
        Meta(min_length=1, max_length=LONGEST_QUESTION, description="Words or a sentence; there are no operators."),
    ]
    k: Annotated[int, Meta(ge=1, le=MOST_HITS, description="How many passages.")] = 10


class Check(Within, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For `check`."""

    text: Annotated[
        str, Meta(min_length=1, max_length=LONGEST_TEXT, description="A text with quotations and statements.")
    ]


class GetTranscript(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For `get_transcript`."""

    id: Annotated[str, Meta(min_length=1, description="A transcript's id, as hits and citations have it.")]
    from_char: Annotated[
        int, Meta(ge=0, description="The character to begin with: 0, or `next_char` of the result before.")
    ] = 0
    characters: Annotated[
        int, Meta(ge=200, le=LONGEST_EXCERPT, description="About how many to give; whole turns, where that can be.")
    ] = 20_000
