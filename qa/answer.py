"""The answer: sentences, the citations they stand on, or why there is none.

Field for field what `onrecord ask --json` prints (docs/commands.md). A citation is made from
the record and nothing else: `quote == text[start_char:end_char]`, always, within one turn.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from index.filters import Filters
from index.hit import Hit
from index.store import Scope

Kind = Literal["quote", "statement", "reported"]

Style = Literal["quotes", "prose"]
"""*quotes*: the model names sentences and the record's own words are shown. *prose*: it writes sentences."""

AbstentionReason = Literal[
    "empty_index",
    "nothing_relevant",
    "speaker_unknown",
    "outside_dates",
    "unsupported",
    "model_declined",
    "model_failed",
]

DropReason = Literal[
    "no_citation",
    "unknown_citation",
    "quotation_not_found",
    "number_not_in_source",
    "date_not_in_source",
    "name_not_in_source",
    "wrong_speaker",
    "negation",
    "lost_antecedent",
    "not_entailed",
]


class Preceding(Struct, frozen=True, kw_only=True):
    """The question with which the turn before ended, and the label of who asked it."""

    label: str | None
    text: str


class Citation(Struct, frozen=True, kw_only=True):
    """A place of the record, word for word. Offsets are code points into the transcript's text, times seconds.

    `asked`: where the quote begins its turn, the question that the turn before ends with. `source`: where the
    transcript comes from, as its file gives it. Answers saved by earlier versions lack both.
    """

    number: int
    transcript_id: str
    title: str | None
    date: str | None
    collection: str | None
    label: str | None
    speaker: str | None
    name: str | None
    quote: str
    before: str
    after: str
    start_char: int
    end_char: int
    start: float | None
    end: float | None
    passage_id: int
    url: str
    media_url: str | None
    asked: Preceding | None = None
    source: str | None = None
    transcript_digest: str


class Sentence(Struct, frozen=True, kw_only=True):
    """A sentence of the answer, without markers, and the numbers of the citations it stands on."""

    text: str
    citations: tuple[int, ...]
    kind: Kind


class Dropped(Struct, frozen=True, kw_only=True):
    """A sentence that a model wrote and the record does not bear out."""

    text: str
    reason: DropReason
    detail: str


class Abstention(Struct, frozen=True, kw_only=True):
    """Why no answer is shown, in words a user can read, and what comes nearest."""

    reason: AbstentionReason
    message: str
    nearest: tuple[Citation, ...] = ()


class Recognised(Struct, frozen=True, kw_only=True):
    """What of the question was taken as a filter; `transcripts` are the ids of those it names by title."""

    speakers: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class Searched(Struct, frozen=True, kw_only=True):
    """How much of the archive was searched; `undated` transcripts were left out by a date filter."""

    transcripts: int
    passages: int
    since: str | None
    until: str | None
    undated: int

    @classmethod
    def within(cls, scope: Scope) -> Searched:
        return cls(
            transcripts=scope.transcripts,
            passages=scope.passages,
            since=scope.since,
            until=scope.until,
            undated=scope.undated,
        )


class Usage(Struct, frozen=True, kw_only=True):
    """Tokens a model read and wrote."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class Answer(Struct, frozen=True, kw_only=True):
    """A question's answer, or abstention, and all that is needed to check it later.

    `notes`: what its reader should know of how it was searched, in words; what an abstention says of that
    stands in its message. `sureness`: how sure the model was, from 0 to 1, that the record answers; None where it
    does not say, or was not asked.
    """

    id: str
    asked_at: str
    question: str
    understood_as: str
    filters: Filters
    recognised: Recognised
    status: Literal["answered", "abstained"]
    text: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Dropped, ...]
    abstention: Abstention | None
    searched: Searched
    model: str
    style: Style
    timings: dict[str, float]
    usage: Usage
    version: str
    generation: int
    notes: tuple[str, ...] = ()
    sureness: float | None = None


def with_markers(sentences: tuple[Sentence, ...]) -> str:
    """The answer as one text, each sentence followed by its citations: `… [1]`."""
    return " ".join(f"{one.text} {''.join(f'[{number}]' for number in one.citations)}" for one in sentences)


class UnderstoodEvent(Struct, frozen=True, tag="understood", tag_field="event", kw_only=True):
    """What the question was taken to ask, and within what."""

    understood_as: str
    filters: Filters
    recognised: Recognised


class RetrievedEvent(Struct, frozen=True, tag="retrieved", tag_field="event", kw_only=True):
    """The passages the answer is drawn from."""

    hits: tuple[Hit, ...]


class SentenceEvent(Struct, frozen=True, tag="sentence", tag_field="event", kw_only=True):
    """A sentence of the answer with the citations it brings, verified."""

    sentence: Sentence
    citations: tuple[Citation, ...]


class DroppedEvent(Struct, frozen=True, tag="dropped", tag_field="event", kw_only=True):
    """A sentence that the model wrote and that is no part of the answer."""

    dropped: Dropped


class DoneEvent(Struct, frozen=True, tag="done", tag_field="event", kw_only=True):
    """The whole answer; always the last event."""

    answer: Answer


Event = UnderstoodEvent | RetrievedEvent | SentenceEvent | DroppedEvent | DoneEvent
