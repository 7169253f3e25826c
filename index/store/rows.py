"""The passages of one generation in memory: ids, where they belong, and their vectors.

Loaded by one read of the catalogue; the next generation reads only what was added since. The
vectors lie once in memory, float16 as in the catalogue, in FAISS's index, and `vectors` looks into
it: half the bytes to go through for a question, and nothing is lost that was stored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import faiss
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.store import records
from index.store.nouns import Ranked
from index.store.packing import unpack_vectors

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Halves = NDArray[np.float16]

_FEW = 1000
"""Rows up to which picking them out and multiplying costs less than asking FAISS."""

_COLUMNS = "SELECT passage, transcript, first_turn, last_turn, vector FROM passages"
_LIVE = "added <= ? AND (removed IS NULL OR removed > ?) ORDER BY passage"


class Rows(Struct, frozen=True):
    """One row a passage, by ascending id. `transcript` is the catalogue's own number of the transcript."""

    generation: int
    ids: Ints
    transcript: Ints
    first_turn: Ints
    last_turn: Ints
    halves: faiss.IndexScalarQuantizer

    @property
    def vectors(self) -> Halves:
        """float16 [n, dimension], unit length but for its rounding."""
        count, dimension = self.halves.ntotal, self.halves.d
        if not count:
            return np.empty((0, dimension), dtype=np.float16)
        stored: Halves = faiss.rev_swig_ptr(self.halves.codes.data(), count * self.halves.code_size).view(np.float16)
        return stored.reshape(count, dimension)


def load(connection: sqlite3.Connection, generation: int) -> Rows:
    """Everything live at `generation`; StoreError where part of it has been erased since."""
    if generation < records.oldest(connection):
        raise records.gone()
    # Nearly every row is wanted, and read in the order in which it lies: an index would double the time.
    every = f"{_COLUMNS} NOT INDEXED WHERE {_LIVE}"
    return _rows(generation, connection.execute(every, [generation, generation]).fetchall())


def advance(connection: sqlite3.Connection, known: Rows, generation: int) -> Rows:
    """`known` brought to the later `generation`, reading only what changed between them."""
    if known.generation < records.oldest(connection):
        return load(connection, generation)
    between = [known.generation, generation]
    gone = connection.execute("SELECT passage FROM passages WHERE removed > ? AND removed <= ?", between).fetchall()
    added = f"{_COLUMNS} WHERE added > ? AND {_LIVE}"
    fresh = _rows(generation, connection.execute(added, [*between, generation]).fetchall())
    stays = ~np.isin(known.ids, np.array([row[0] for row in gone], dtype=np.int64))
    if not stays.any():
        return fresh
    if not len(fresh.ids) and stays.all():
        return Rows(generation, known.ids, known.transcript, known.first_turn, known.last_turn, known.halves)
    return _joined(generation, known, stays, fresh)


def _rows(generation: int, found: Sequence[tuple[int, int, int, int, bytes]]) -> Rows:
    ids, transcript, first, last = np.array([row[:4] for row in found], dtype=np.int64).reshape(-1, 4).T.copy()
    return Rows(generation, ids, transcript, first, last, _halves(unpack_vectors([row[4] for row in found])))


def _joined(generation: int, known: Rows, stays: NDArray[np.bool_], fresh: Rows) -> Rows:
    # A slice copies nothing: where something was only added, as mostly, each vector is copied once and no more.
    kept = slice(None) if stays.all() else stays
    ids = np.concatenate([known.ids[kept], fresh.ids])
    order = slice(None) if (ids[1:] > ids[:-1]).all() else np.argsort(ids, kind="stable")

    def both(old: Ints, new: Ints) -> Ints:
        return np.concatenate([old[kept], new])[order]

    vectors = known.vectors[kept]
    if len(fresh.ids):
        vectors = np.concatenate([vectors, fresh.vectors])[order]
    return Rows(
        generation,
        ids[order],
        both(known.transcript, fresh.transcript),
        both(known.first_turn, fresh.first_turn),
        both(known.last_turn, fresh.last_turn),
        _halves(vectors),
    )


def _halves(vectors: Halves) -> faiss.IndexScalarQuantizer:
    halves = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    if len(vectors):
        halves.add_sa_codes(np.ascontiguousarray(vectors).view(np.uint8))
    return halves


def nearest(rows: Rows, vector: Floats, k: int, among: Ints | None) -> Ranked:
    """The `k` passages nearest to the unit `vector` by cosine; exact.

    `among` are the ids to choose from, None stands for all.
    """
    if not rows.halves.ntotal or (among is not None and len(among) <= _FEW):
        return nearest_by_numpy(rows, vector, k, among)
    # With a selector, even one that takes all, FAISS stays in the caller's thread: as quick for one
    # question on an idle machine, and twenty times quicker on a busy one, where its threads wait for
    # each other. It holds no reference to the selector, which must live until the search is over.
    selector = faiss.IDSelectorAll() if among is None else faiss.IDSelectorBatch(np.searchsorted(rows.ids, among))
    options = faiss.SearchParameters()
    options.sel = selector
    count = min(k, len(rows.ids if among is None else among))
    scores, at = rows.halves.search(vector.reshape(1, -1).astype(np.float32), count, params=options)
    return _by_score(rows.ids[at[0]], scores[0], k)


def nearest_by_numpy(rows: Rows, vector: Floats, k: int, among: Ints | None) -> Ranked:
    """`nearest`, readable: every product is taken and sorted. Used where few passages are left."""
    ids = rows.ids if among is None else among
    return _by_score(ids, similarities(rows, vector, ids), k)


def similarities(rows: Rows, vector: Floats, ids: Ints) -> Floats:
    """The cosine of the unit `vector` and each of the passages `ids`, float32 [n]."""
    if not len(ids):
        return np.empty(0, dtype=np.float32)
    chosen = rows.vectors[np.searchsorted(rows.ids, ids)]
    similar: Floats = chosen.astype(np.float32) @ vector.astype(np.float32)
    return similar


def _by_score(ids: Ints, scores: Floats, k: int) -> Ranked:
    order = np.lexsort((ids, -scores))[:k]
    return Ranked(ids[order], scores[order])
