"""Scores put together: against readable twins."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import EmbeddedQuestion
from index.ranking import best_matches, distinct, fused, late_interaction, spread, z_scores


def question(rng: np.random.Generator, tokens: int) -> EmbeddedQuestion:
    vectors = rng.normal(size=(tokens, 4)).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    weights = rng.uniform(0.1, 5, size=tokens).astype(np.float32)
    return EmbeddedQuestion(np.zeros(4, np.float32), vectors, weights, np.zeros((tokens, 2), np.int32))


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 6), min_size=1, max_size=6), st.integers(1, 5))
def test_best_matches_is_the_largest_cosine_a_token_finds(seed: int, lengths: list[int], tokens: int) -> None:
    rng = np.random.default_rng(seed)
    asked = question(rng, tokens)
    texts = [rng.integers(-127, 128, size=(n, 4), dtype=np.int8) for n in lengths]
    found = best_matches(asked, texts)
    for row, text in zip(found, texts):
        for column, token in enumerate(asked.tokens):
            twin = max((float(one.astype(np.float32) @ token) / 127 for one in text), default=0.0)
            assert abs(row[column] - twin) < 1e-4


def test_late_interaction_weighs_rare_words_more() -> None:
    asked = question(np.random.default_rng(0), 2)
    weighted = EmbeddedQuestion(asked.vector, asked.tokens, np.array([3.0, 1.0], np.float32), asked.spans)
    scores = late_interaction(weighted, np.array([[1.0, 0.0], [0.0, 1.0]], np.float32))
    assert scores.tolist() == [0.75, 0.25]


@given(st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=30))
def test_z_scores_are_centred_and_keep_the_order(values: list[float]) -> None:
    scores = np.array(values, np.float32)
    z = z_scores(scores)
    assert abs(float(z.mean())) < 1e-2
    higher = scores[:, None] > scores[None, :]
    assert np.all((z[:, None] >= z[None, :])[higher])


def test_a_part_where_nothing_differs_decides_nothing() -> None:
    flat, told = np.ones(3, np.float32), np.array([1, 3, 2], np.float32)
    assert np.argsort(-fused([(flat, 0.9), (told, 0.1)])).tolist() == [1, 2, 0]


@given(st.dictionaries(st.integers(0, 50), st.floats(0, 9, width=32), max_size=20), st.sets(st.integers(0, 50)))
def test_spread_lays_scores_out_by_id(known: dict[int, float], wanted: set[int]) -> None:
    ids = np.array(list(known), np.int64)
    scores = np.array(list(known.values()), np.float32)
    candidates = np.array(sorted(wanted), np.int64)
    assert spread(candidates, ids, scores, -1.0).tolist() == [known.get(one, -1.0) for one in sorted(wanted)]


def test_distinct_keeps_the_first_of_what_repeats() -> None:
    boilerplate = "good morning everyone and thank you for joining today's call on the record"
    other = "something else was said about the bridge and its cost"
    texts = [boilerplate, boilerplate + " of events", other, boilerplate]
    assert distinct(texts, 10) == [0, 2]
    assert distinct(texts, 1) == [0]
    assert distinct(["yes", "no", "yes"], 3) == [0, 1]
