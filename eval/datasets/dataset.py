"""A dataset: transcripts, and questions with what is known of their answers.

Every loader gives this, whatever the files as published look like. Offsets are code points into
`Transcript.text`, half-open, as everywhere.
"""

from __future__ import annotations

from msgspec import Struct

from index.filters import Filters
from index.transcript import Transcript
from qa.question import Exchange


class Evidence(Struct, frozen=True):
    """A stretch of a transcript that answers: what is cited is right where it overlaps it."""

    transcript: str
    start: int
    end: int


class Asked(Struct, frozen=True, kw_only=True):
    """A question, and what is known of its answer.

    `answerable` is None where nobody judged it. `answers` are references, any of which is right: short gold
    answers, or longer ones to compare with. `evidence` has for each part of the question the stretches any of
    which answers it; it is empty where none is known. `spelled_out` is a follow-up made to stand alone.
    `corrects` are stretches that contradict what an unanswerable question presumes: to cite one is right, too.
    `kind` and `trap` are the dataset's own words, to report apart.
    """

    id: str
    question: str
    filters: Filters = Filters()
    history: tuple[Exchange, ...] = ()
    answerable: bool | None = True
    answers: tuple[str, ...] = ()
    evidence: tuple[tuple[Evidence, ...], ...] = ()
    corrects: tuple[Evidence, ...] = ()
    spelled_out: str | None = None
    kind: str | None = None
    trap: str | None = None


class Dataset(Struct, frozen=True, kw_only=True):
    """`transcripts` are searched, all of them in one archive; `asked` are put to it, each with its own filters."""

    name: str
    transcripts: tuple[Transcript, ...]
    asked: tuple[Asked, ...]
