"""What a model is shown: the passages found, each sentence numbered (`[3.2]` is sentence 2 of passage 3).

A model answers with these numbers and nothing else counts. Asides have none, nor, where a
speaker is asked for, has anybody else's sentence: what has no number can't be cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.search import RankedPassage
from index.store import Voice
from index.text.sentences import Sentence
from index.transcript import Span, Transcript, Turn

Number = tuple[int, int]
"""Passage and sentence, each from 1."""

_Voice = tuple[str | None, str | None]
"""Label and name."""


class ShownSentence(Struct, frozen=True, eq=False):
    """A sentence that may be cited; `rows` are its tokens among the passage's token vectors."""

    number: Number
    span: Span
    text: str
    turn: int
    rows: NDArray[np.intp]


class ShownPassage(Struct, frozen=True, eq=False):
    """A passage with the sentences of it that may be cited, in order."""

    number: int
    ranked: RankedPassage
    transcript: Transcript
    sentences: tuple[ShownSentence, ...]

    def turn_of(self, sentence: ShownSentence) -> Turn:
        return self.transcript.turns[sentence.turn]


def show(
    passages: Sequence[RankedPassage], transcripts: Sequence[Transcript], voices: Sequence[Voice] | None
) -> list[ShownPassage]:
    """`passages`, each with its transcript; `voices` are those whose words may be cited, None: anybody's."""
    allowed: set[_Voice] | None = None if voices is None else {(voice.label, voice.name) for voice in voices}
    return [
        ShownPassage(number, ranked, transcript, tuple(_sentences(number, ranked, transcript, allowed)))
        for number, (ranked, transcript) in enumerate(zip(passages, transcripts), 1)
    ]


def _sentences(
    number: int, ranked: RankedPassage, transcript: Transcript, allowed: set[_Voice] | None
) -> Iterator[ShownSentence]:
    sentences = ranked.stored.passage.sentences
    count = 0
    for sentence, rows in zip(sentences, _rows(sentences, _places(ranked))):
        turn = transcript.turn_at(sentence.start)
        label = transcript.turns[turn].label
        if sentence.aside or (allowed is not None and (label, transcript.names.get(label or "")) not in allowed):
            continue
        count += 1
        span = Span(sentence.start, sentence.end)
        yield ShownSentence((number, count), span, transcript.text[span.start : span.end], turn, rows)


def _rows(sentences: Sequence[Sentence], places: NDArray[np.int64]) -> list[NDArray[np.intp]]:
    """For each sentence, the rows of the tokens that stand in it."""
    starts = np.array([one.start for one in sentences], dtype=np.int64)
    ends = np.array([one.end for one in sentences], dtype=np.int64)
    sentence = np.searchsorted(starts, places, side="right") - 1
    rows = np.flatnonzero((sentence >= 0) & (places < ends[sentence]))
    rows = rows[np.argsort(sentence[rows], kind="stable")]
    return np.split(rows, np.searchsorted(sentence[rows], np.arange(1, len(sentences))))


def _places(ranked: RankedPassage) -> NDArray[np.int64]:
    """For each token of the passage the character of the transcript it stands at; -1 in a speaker's label."""
    stored = ranked.stored
    begins = stored.spans[:, 0].astype(np.int64)
    at = np.full(len(begins), -1, dtype=np.int64)
    for piece in stored.passage.pieces:
        inside = (begins >= piece.at) & (begins < piece.at + piece.end - piece.start)
        at[inside] = begins[inside] - piece.at + piece.start
    return at
