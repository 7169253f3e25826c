"""Search: a query and filters in, ranked passages out.

The words' list and the vectors' are fused as z-scores and the best fifty scored again by late
interaction with the token vectors that ingest stored. Everything comes from one generation of
the archive, which the result carries along. A question stays in its caller's thread: to look its
words up in another one beside the embedding saved nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from time import perf_counter
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.embedding import EmbeddedQuestion, Embedder
from index.errors import ModelMismatch
from index.filters import Filters
from index.ranking import best_matches, distinct, fused, late_interaction, spread
from index.store import LocalStore, Ranked, Scope, StoredPassage, View


class SearchSettings(Struct, frozen=True):
    """How passages are ranked. `candidates` from each list are fused, `rescored` of them scored again."""

    candidates: int = 200
    rescored: int = 50
    lexical_weight: float = 0.5
    late_weight: float = 0.5


class Ranks(Struct, frozen=True):
    """Where a passage stood in each list, from 1; None where it did not."""

    dense: int | None
    lexical: int | None


class RankedPassage(Struct, frozen=True):
    """A passage, its fused score (comparable within one search only) and its ranks."""

    stored: StoredPassage
    score: float
    ranks: Ranks
    similarity: float
    """Cosine of the question and the passage, comparable across searches."""


class Found(Struct, frozen=True):
    """What a search gives: the passages, best first, and what they were found in and with.

    `timings` are milliseconds by stage.
    """

    passages: tuple[RankedPassage, ...]
    view: View
    scope: Scope
    question: EmbeddedQuestion | None
    timings: dict[str, float]


class Search:
    """A searchable archive. Safe to call from several threads; the embedder is loaded when first needed, once."""

    def __init__(self, store: LocalStore, embedder: EmbedderSource, settings: SearchSettings | None = None) -> None:
        self._store = store
        self._source = embedder
        self._settings = settings or SearchSettings()

    @cached_property
    def _embedder(self) -> Embedder:
        return self._source()

    def view(self) -> View:
        """The newest whole generation of the archive."""
        return self._store.view()

    def find(self, query: str, filters: Filters = Filters(), k: int = 10, view: View | None = None) -> Found:
        """The `k` passages that best fit `query` in the part of the archive that `filters` leave.

        ModelError where the embedder can't be used; ModelMismatch where it is not the archive's.
        """
        view = view or self.view()
        scope = view.scope(filters)
        if scope.passages == 0 or not query.strip():
            return Found((), view, scope, None, {"embed": 0.0, "search": 0.0})
        began = perf_counter()
        wanted = self._settings.candidates
        question = self._embedder_of(view).question(query)
        embedded = perf_counter()
        dense = view.dense(question.vector, wanted, scope)
        ranked = self._ranked(view, question, dense, view.lexical(query, wanted, scope), k)
        timings = {"embed": (embedded - began) * 1e3, "search": (perf_counter() - embedded) * 1e3}
        return Found(tuple(ranked), view, scope, question, timings)

    def _embedder_of(self, view: View) -> Embedder:
        """The embedder; ModelMismatch where `view` was made by another. An archive can be made anew while we run."""
        made, ours = view.identity, self._embedder.identity
        if made is not None and made != ours:
            raise ModelMismatch(
                f"this archive was embedded by {made.model} ({made.digest[:12]}), and {ours.model} "
                f"({ours.digest[:12]}) is set; go back to that, or embed it again with `onrecord index rebuild`"
            )
        return self._embedder

    def _ranked(
        self, view: View, question: EmbeddedQuestion, dense: Ranked, lexical: Ranked, k: int
    ) -> list[RankedPassage]:
        candidates = np.union1d(dense.ids, lexical.ids)
        similarity = view.similarities(question.vector, candidates)
        score = self._fused(candidates, similarity, lexical)
        order = np.argsort(-score, kind="stable")[: max(self._settings.rescored, 2 * k)]
        again = self._rescored(question, score[order], view.tokens(candidates[order].tolist()))
        best = np.argsort(-again, kind="stable")
        different = _different(view, candidates[order[best]].tolist(), k)
        return [
            RankedPassage(
                stored,
                float(again[best[place]]),
                Ranks(_rank(dense, stored.id), _rank(lexical, stored.id)),
                float(similarity[order[best[place]]]),
            )
            for place, stored in different
        ]

    def _fused(self, candidates: np.ndarray, similarity: np.ndarray, lexical: Ranked) -> np.ndarray:
        # A full list says only that the others score no more than its last.
        floor = float(lexical.scores[-1]) if len(lexical.ids) >= self._settings.candidates else 0.0
        words = spread(candidates, lexical.ids, lexical.scores, floor)
        weight = self._settings.lexical_weight
        return fused([(words, weight), (similarity, 1 - weight)])

    def _rescored(
        self, question: EmbeddedQuestion, score: np.ndarray, tokens: Sequence[NDArray[np.int8]]
    ) -> np.ndarray:
        if not len(question.tokens):
            return score
        late = late_interaction(question, best_matches(question, tokens))
        weight = self._settings.late_weight
        return fused([(score, 1 - weight), (late, weight)])


class EmbedderSource(Protocol):
    """Gives the embedder, loading it at the first call."""

    def __call__(self) -> Embedder: ...


def _different(view: View, ids: Sequence[int], k: int) -> list[tuple[int, StoredPassage]]:
    """The first `k` of the passages `ids` that repeat none before them, each with its place; no more are read."""
    read: list[StoredPassage] = []
    kept: list[int] = []
    while len(kept) < k and len(read) < len(ids):
        read += view.passages(ids[len(read) : len(read) + k + _SPARE])
        kept = distinct([one.passage.text for one in read], k)
    return [(at, read[at]) for at in kept]


_SPARE = 5
"""Passages read beyond those wanted, for some repeat others."""


def _rank(ranked: Ranked, id: int) -> int | None:
    at = np.flatnonzero(ranked.ids == id)
    return int(at[0]) + 1 if len(at) else None
