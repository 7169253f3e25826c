"""The transcripts to train on, read as the product reads them, their passages, and the index of their words.

In: the folder of development data and the encoder's token counter. Out: the QMSum meetings of the
training split and the briefings of 2021, in a fixed order, without those held out: settings may be
chosen on them, so they train nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from eval.datasets import load
from eval.training.tuning.meeting import Meeting
from index.passages import CountTokens, Passage, passages
from index.reading import read
from index.store.words import Words
from index.transcript import Transcript

HELD_OUT = 16
"""Meetings of the training split, those whose names have the least SHA-256."""


class Stretch(Struct, frozen=True, order=True):
    """Turns `first` to `last`, both inclusive, of the source numbered `source`."""

    source: int
    first: int
    last: int

    def overlaps(self, other: Stretch) -> bool:
        return self.source == other.source and self.first <= other.last and other.first <= self.last


class Cut(Struct, frozen=True):
    """A passage's indexed text and the turns it touches."""

    text: str
    where: Stretch


class Source(Struct, frozen=True):
    """A transcript and, where it is a meeting, what was annotated in it; `begin` to before `end` are its cuts."""

    number: int
    transcript: Transcript
    meeting: Meeting | None
    begin: int
    end: int

    @property
    def own(self) -> NDArray[np.int64]:
        return np.arange(self.begin, self.end)


class Sources(Struct, frozen=True):
    """All transcripts, all their cuts, and the words of these."""

    each: list[Source]
    cuts: list[Cut]
    words: Words

    def best(self, text: str, wanted: int, among: NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        """The `wanted` cuts that BM25 ranks highest for `text`, and their scores."""
        found = self.words.search(text, wanted, None if among is None else among + 1)
        return [(int(id) - 1, float(score)) for id, score in zip(found.ids, found.scores)]


def sources(data: Path, count: CountTokens) -> Sources:
    """Read everything; a minute."""
    return gathered(_read(data), count)


def gathered(given: Iterator[tuple[Transcript, Meeting | None]], count: CountTokens) -> Sources:
    """Cut and index what is `given`."""
    each: list[Source] = []
    cut: list[Cut] = []
    for number, (transcript, meeting) in enumerate(given):
        begin = len(cut)
        cut += cuts(passages(transcript, count), transcript, number)
        each.append(Source(number, transcript, meeting, begin, len(cut)))
    return Sources(each, cut, Words.in_memory(((at, one.text) for at, one in enumerate(cut, 1)), 0))


def cuts(found: Sequence[Passage], transcript: Transcript, source: int) -> Iterator[Cut]:
    """Each passage with the turns it touches."""
    for passage in found:
        first, last = (transcript.turn_at(piece.start) for piece in (passage.pieces[0], passage.pieces[-1]))
        yield Cut(passage.text, Stretch(source, first, last))


def training_files(data: Path) -> list[Path]:
    """The files that are read, in order."""
    meetings = sorted((data / "qmsum" / "train").glob("*.json"))
    held = set(sorted(meetings, key=lambda path: hashlib.sha256(path.stem.encode()).hexdigest())[:HELD_OUT])
    sampled = {str(one.id) for one in load("briefings-2021", data / "briefings").transcripts}
    briefings = sorted((data / "briefings" / "2021").glob("*.md"))
    return [*(path for path in meetings if path not in held), *(path for path in briefings if path.stem not in sampled)]


def _read(data: Path) -> Iterator[tuple[Transcript, Meeting | None]]:
    for path in training_files(data):
        if path.suffix == ".json":
            meeting = msgspec.convert(json.loads(path.read_bytes()), Meeting)
            yield meeting.transcript(), meeting
        else:
            yield read(path.read_bytes(), path.name).transcript, None
