"""Ranking: scores of candidate passages put together, and what adds nothing taken out.

Pure NumPy over arrays that search gathered. Late interaction is ColBERT's MaxSim (Khattab &
Zaharia 2020): a passage, or a sentence, is as good as the best match each token of the question
finds in it. Scores are fused as z-scores, for fusing ranks lets a weak list hurt a strong one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import EmbeddedQuestion

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SAME = 0.7
"""Share of the shorter passage's five-word runs that stand in another for the two to count as one."""

_RUN = 5


def z_scores(scores: Floats) -> Floats:
    """Mean 0 and standard deviation 1; all zero where nothing differs."""
    if not len(scores) or scores.min() == scores.max():
        return np.zeros_like(scores)
    exact = scores.astype(np.float64)
    return np.asarray((exact - exact.mean()) / exact.std(), dtype=np.float32)


def fused(parts: Sequence[tuple[Floats, float]]) -> Floats:
    """The weighted sum of the z-scores of `parts`, pairs of scores and weight, one score a candidate."""
    return np.asarray(np.sum([weight * z_scores(scores) for scores, weight in parts], axis=0), dtype=np.float32)


def spread(candidates: Ints, ids: Ints, scores: Floats, missing: float) -> Floats:
    """`scores` of `ids` laid out over `candidates`; `missing` for those not scored."""
    order = np.argsort(ids)
    at = np.searchsorted(ids, candidates, sorter=order)
    at = order[np.minimum(at, len(ids) - 1)] if len(ids) else np.zeros(len(candidates), dtype=np.int64)
    known = ids[at] == candidates if len(ids) else np.zeros(len(candidates), dtype=bool)
    return np.where(known, scores[at] if len(ids) else 0.0, missing).astype(np.float32)


def best_matches(question: EmbeddedQuestion, tokens: Sequence[NDArray[np.int8]]) -> Floats:
    """For each of `tokens` (one array a text) the best cosine each question token finds: [texts, question tokens]."""
    lengths = np.array([len(one) for one in tokens], dtype=np.int64)
    if not lengths.any() or not len(question.tokens):
        return np.zeros((len(tokens), len(question.tokens)), dtype=np.float32)
    return _best(_cosines(question, np.concatenate([one for one in tokens if len(one)])), lengths)


def best_matches_within(
    question: EmbeddedQuestion, tokens: Sequence[NDArray[np.int8]], parts: Sequence[Sequence[NDArray[np.intp]]]
) -> Floats:
    """As `best_matches` of the `parts` of all `tokens`, one after the other; a part is rows of its text's tokens."""
    begins = np.cumsum([0, *(len(one) for one in tokens)])
    rows = [part + begin for begin, of_text in zip(begins, parts) for part in of_text]
    lengths = np.array([len(one) for one in rows], dtype=np.int64)
    if not lengths.any() or not len(question.tokens):
        return np.zeros((len(rows), len(question.tokens)), dtype=np.float32)
    cosines = _cosines(question, np.concatenate([one for one in tokens if len(one)]))
    return _best(cosines[np.concatenate(rows)], lengths)


def _best(cosines: Floats, lengths: Ints) -> Floats:
    """The best of each stretch of rows, 0 where it has none; `lengths` are the stretches'."""
    found = np.zeros((len(lengths), cosines.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(lengths)
    found[filled] = np.maximum.reduceat(cosines, (np.cumsum(lengths) - lengths)[filled], axis=0)
    return found


def _cosines(question: EmbeddedQuestion, tokens: NDArray[np.int8]) -> Floats:
    """Of each token of a text and each of the question: [tokens, question tokens]."""
    return np.asarray(tokens.astype(np.float32) @ (question.tokens.T / np.float32(127)))


def late_interaction(question: EmbeddedQuestion, matches: Floats) -> Floats:
    """The mean of the best matches over the question's tokens, weighted by how rare each is."""
    total = float(question.weights.sum())
    return matches @ (question.weights / total) if total > 0 else np.zeros(len(matches), dtype=np.float32)


def distinct(texts: Sequence[str], wanted: int) -> list[int]:
    """Positions of the first `wanted` of `texts` that do not repeat an earlier one."""
    kept: list[int] = []
    seen: list[frozenset[tuple[str, ...]]] = []
    for at, text in enumerate(texts):
        if len(kept) == wanted:
            break
        runs = _runs(text)
        if not any(_repeats(runs, earlier) for earlier in seen):
            kept.append(at)
            seen.append(runs)
    return kept


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = text.casefold().split()
    if len(words) < _RUN:
        return frozenset([tuple(words)])
    return frozenset(zip(*(words[i:] for i in range(_RUN))))


def _repeats(runs: frozenset[tuple[str, ...]], earlier: frozenset[tuple[str, ...]]) -> bool:
    return len(runs & earlier) >= SAME * min(len(runs), len(earlier))
