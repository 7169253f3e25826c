"""What the store gives: summaries, voices, scopes, ranked ids, stored passages.

None of these needs NumPy to be imported: listing an archive stays quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.passages import Passage


class SummarySpeaker(Struct, frozen=True):
    """A label of a transcript, the person the record puts behind it, and how much is said under it."""

    label: str
    name: str | None
    turns: int
    words: int


class Summary(Struct, frozen=True, kw_only=True):
    """A transcript without its text."""

    id: str
    title: str | None
    date: str | None
    collection: str | None
    source: str | None
    media: str | None
    language: str | None
    turns: int
    words: int
    speakers: tuple[SummarySpeaker, ...]


class Voice(Struct, frozen=True):
    """A label as printed and who is behind it, over the archive; `speaker` is None where it names nobody."""

    label: str
    speaker: str | None
    name: str | None
    transcripts: int
    turns: int
    words: int


class Scope(Struct, frozen=True):
    """The part of a view that filters leave.

    `transcripts` and `passages` count it. `undated` counts the transcripts that all other filters
    leave and that `since` or `until` shut out only because they bear no date. `since` and `until`
    are the first and last date in it, None where nothing in it is dated. `ids` are its passages,
    ascending; None stands for all.
    """

    transcripts: int
    passages: int
    undated: int
    since: str | None
    until: str | None
    ids: NDArray[np.int64] | None


class Ranked(Struct, frozen=True):
    """Passage ids int64 [m] and scores float32 [m], best first; equal scores by id."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float32]


class StoredPassage(Struct, frozen=True):
    """A passage as ingested. `tokens[i]` (int8, unit vector times 127) stands for `passage.text[slice(*spans[i])]`."""

    id: int
    transcript_id: str
    passage: Passage
    tokens: NDArray[np.int8]
    spans: NDArray[np.int32]


class Facts(Struct, frozen=True, omit_defaults=True):
    """How a transcript was read: the reader, the encoding, what it was unsure of, and the path it came by."""

    format: str
    encoding: str
    path: str | None = None
    warnings: tuple[str, ...] = ()


class Same(Struct, frozen=True):
    """A passage that stands unchanged in the transcript's present version: it keeps its id."""

    id: int


class Moved(Struct, frozen=True):
    """A passage whose text stands elsewhere in the present version: its vectors are taken over from `id`."""

    id: int
