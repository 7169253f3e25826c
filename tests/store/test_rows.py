"""FAISS beside its readable twin, and rows brought forward beside rows read anew."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.store import packing, rows
from index.store.connection import open_for_reading

N, D = 3000, 24
_chance = np.random.default_rng(3)
_drawn = _chance.normal(size=(N, D))
_made = (_drawn / np.linalg.norm(_drawn, axis=1, keepdims=True)).astype(np.float16)


def many() -> rows.Rows:
    ids = np.cumsum(_chance.integers(1, 5, N))
    return rows.Rows(1, ids, ids, ids, ids, rows._halves(_made))


MANY = many()


@given(st.integers(0, N - 1), st.integers(1, 50), st.integers(0, 2**31), st.sampled_from([0, 5, 900, 1100, 2999, None]))
def test_faiss_finds_what_numpy_finds(asked: int, k: int, seed: int, chosen: int | None) -> None:
    vector = _made[asked].astype(np.float32)
    among = None
    if chosen is not None:
        among = np.sort(np.random.default_rng(seed).choice(MANY.ids, chosen, replace=False))
    exact, twin = rows.nearest(MANY, vector, k, among), rows.nearest_by_numpy(MANY, vector, k, among)
    assert len(exact.ids) == len(twin.ids)
    assert np.allclose(exact.scores, twin.scores, atol=1e-5)
    assert np.allclose(rows.similarities(MANY, vector, exact.ids), exact.scores, atol=1e-5)
    assert among is None or np.isin(exact.ids, among).all()


@given(st.lists(st.floats(-1, 1, width=16), min_size=1, max_size=40))
def test_vectors_are_kept_to_half_precision(values: list[float]) -> None:
    vector = np.array(values, dtype=np.float32)
    assert (packing.unpack_vectors([packing.pack_vector(vector)])[0] == vector).all()


def test_rows_brought_forward_are_the_rows_read_anew(archive: Any, say: Any) -> None:
    chance = np.random.default_rng(8)
    known = None
    for step in range(25):
        id = f"t{chance.integers(6)}"
        if chance.random() < 0.3:
            archive.store.remove([id])
        else:
            words = [f"w{n} says w{n + step} twice over." for n in range(chance.integers(1, 9))]
            archive.put(say(id, ("A", " ".join(words))))
        generation = archive.store.view().generation
        with closing(open_for_reading(archive.store.folder)) as connection:
            anew = rows.load(connection, generation)
            known = anew if known is None else rows.advance(connection, known, generation)
        for name in ("ids", "transcript", "first_turn", "last_turn"):
            assert (getattr(known, name) == getattr(anew, name)).all()
        assert (known.vectors == anew.vectors).all() or not len(anew.ids)
