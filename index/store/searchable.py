"""What a view searches: its passages' rows, words and voices, and the filters over them.

A passage is in a speaker's scope if a turn in it that says anything is by a voice that the name
asked for may mean. Transcripts without a date are outside `since` and `until`, and counted.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.filters import Filters
from index.store import records
from index.store.nouns import Ranked, Scope
from index.store.reader import Reader
from index.store.records import Version
from index.store.rows import Ints, Rows, advance, load, nearest, similarities
from index.store.words import Words
from index.text.names import meant

Mask = NDArray[np.bool_]


class Searchable:
    """The arrays of one generation; they never change once loaded."""

    def __init__(
        self, reader: Reader, words: Words, versions: Sequence[Version], before: Searchable | None = None
    ) -> None:
        """`before` belongs to an earlier generation; what still holds of it is not read again."""
        self._reader = reader
        self._words = words
        self._versions = versions
        self._rows = self._read_rows(before)
        self._said_before = before._said if before and "_said" in before.__dict__ else {}

    def _read_rows(self, before: Searchable | None) -> Rows:
        with self._reader() as connection:
            if before is None or before._rows.generation > self._words.generation:
                return load(connection, self._words.generation)
            return advance(connection, before._rows, self._words.generation)

    @property
    def ids(self) -> Ints:
        return self._rows.ids

    def dense(self, vector: NDArray[np.float32], k: int, scope: Scope) -> Ranked:
        return nearest(self._rows, vector, k, scope.ids)

    def similarities(self, vector: NDArray[np.float32], ids: Ints) -> NDArray[np.float32]:
        return similarities(self._rows, vector, ids)

    def lexical(self, query: str, k: int, scope: Scope, every: bool = False) -> Ranked:
        # The catalogue is the truth: what it does not hold is no hit, whatever the words say.
        ids = self._rows.ids if scope.ids is None else scope.ids
        if 8 * len(ids) < len(self._rows.ids):
            return _kept(self._words.search(query, k, ids, every), ids, k)
        # A filter leaves scores alone, so looking further down the list and leaving out is exact too, and
        # quicker than naming thousands of passages to the index.
        further = k if scope.ids is None else 2 * k * len(self._rows.ids) // max(1, len(ids))
        while True:
            found = self._words.search(query, further, every=every)
            kept = _kept(found, ids, k)
            if len(kept.ids) >= k or len(found.ids) < further:
                return kept
            further *= 4

    def scope(self, filters: Filters) -> Scope:
        return self._everything if filters.none else self._left_by(filters)

    @cached_property
    def _everything(self) -> Scope:
        return self._left_by(Filters())

    def _left_by(self, filters: Filters) -> Scope:
        transcripts = np.array([_belongs(version, filters) for version in self._versions], dtype=bool)
        passages = np.ones(len(self._rows.ids), dtype=bool)
        if filters.speakers:
            speaking, passages = self._spoken_by(filters.speakers)
            transcripts &= speaking
        dated = np.array([version.summary.date is not None for version in self._versions], dtype=bool)
        undated = 0
        if filters.since or filters.until:
            undated = int((transcripts & ~dated).sum())
            transcripts &= np.array([_within(version.summary.date, filters) for version in self._versions], dtype=bool)
        return self._scope(transcripts, passages & transcripts[self._of_row], undated)

    def _scope(self, transcripts: Mask, passages: Mask, undated: int) -> Scope:
        dates = [version.summary.date for version, inside in zip(self._versions, transcripts) if inside]
        known = sorted(date for date in dates if date)
        return Scope(
            transcripts=int(transcripts.sum()),
            passages=int(passages.sum()),
            undated=undated,
            since=known[0] if known else None,
            until=known[-1] if known else None,
            ids=None if passages.all() else self._rows.ids[passages],
        )

    @cached_property
    def _of_row(self) -> Ints:
        """For each row, which of the versions it belongs to."""
        numbers = np.array([version.transcript for version in self._versions], dtype=np.int64)
        order = np.argsort(numbers)
        return order[np.searchsorted(numbers, self._rows.transcript, sorter=order)]

    def _spoken_by(self, asked: Iterable[str]) -> tuple[Mask, Mask]:
        """The transcripts and the passages in which one of those `asked` for says something."""
        heard = np.isin(self._heard, list(self._meant(asked)))
        before = np.concatenate([[0], np.cumsum(heard)])
        begins = self._begins
        speaking = before[begins[1:]] > before[begins[:-1]]
        offset = begins[:-1][self._of_row]
        passages = before[offset + self._rows.last_turn + 1] > before[offset + self._rows.first_turn]
        return speaking, passages

    def _meant(self, asked: Iterable[str]) -> set[int]:
        with self._reader() as connection:
            voices = records.voices(connection)
        said = meant(list(asked), [(label, name) for label, _, name in voices.values()])
        return {number for number, is_meant in zip(voices, said) if is_meant}

    @cached_property
    def _said(self) -> dict[int, Ints]:
        """By version the voice of each of its turns, 0 where the turn says nothing."""
        with self._reader() as connection:
            return {
                number: self._said_before[number] if number in self._said_before else _voices(connection, number)
                for number in (version.version for version in self._versions)
            }

    @cached_property
    def _heard(self) -> Ints:
        """The voices of all turns, version after version."""
        turns = [self._said[version.version] for version in self._versions]
        return np.concatenate([np.empty(0, dtype=np.int64), *turns])

    @cached_property
    def _begins(self) -> Ints:
        """Where each version's turns begin in `_heard`, and where the last one's end."""
        return np.cumsum([0, *(len(self._said[version.version]) for version in self._versions)])


def _kept(found: Ranked, ids: Ints, k: int) -> Ranked:
    """The first `k` of `found` that are among `ids`, which ascend."""
    if not len(ids):
        return Ranked(found.ids[:0], found.scores[:0])
    at = np.searchsorted(ids, found.ids)
    inside = np.flatnonzero(ids[np.minimum(at, len(ids) - 1)] == found.ids)[:k]
    return Ranked(found.ids[inside], found.scores[inside])


def _voices(connection: sqlite3.Connection, version: int) -> Ints:
    return np.array(records.turn_voices(connection, version), dtype=np.int64)


def _belongs(version: Version, filters: Filters) -> bool:
    return (not filters.transcripts or version.summary.id in filters.transcripts) and (
        not filters.collections or version.summary.collection in filters.collections
    )


def _within(date: str | None, filters: Filters) -> bool:
    """Both ends belong; ISO dates sort as text."""
    if date is None:
        return False
    return (not filters.since or date >= filters.since) and (not filters.until or date <= filters.until)
