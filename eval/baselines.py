"""Baselines: the plain ways to rank passages that late interaction over fused scores is held against.

In: an archive. Out: a search over it that ranks by words alone (BM25), by meaning alone, by reciprocal
ranks (Cormack, Clarke & Büttcher 2009) or by z-scores, half and half; none looks at token vectors.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from index.embedding import Embedder
from index.filters import Filters
from index.search import Found, RankedPassage, Search, SearchSettings
from index.store import LocalStore, View

BASELINES = {
    "words": SearchSettings(lexical_weight=1, late_weight=0),
    "meaning": SearchSettings(lexical_weight=0, late_weight=0),
    "ranks": SearchSettings(late_weight=0),
    "z-scores": SearchSettings(late_weight=0),
}

_K = 60
"""The constant of reciprocal rank fusion, as published."""

_FUSED = 200
"""Passages whose ranks are fused: none beyond comes among the first that are looked at."""


def baseline(name: str, store: LocalStore, embedder: Embedder) -> Search:
    """The search called `name`, one of BASELINES."""
    kind = ByRanks if name == "ranks" else Search
    return kind(store, lambda: embedder, BASELINES[name])


class ByRanks(Search):
    """Fuses the ranks in both lists rather than their scores."""

    def find(self, query: str, filters: Filters = Filters(), k: int = 10, view: View | None = None) -> Found:
        found = super().find(query, filters, _FUSED, view)
        return structs.replace(found, passages=tuple(by_ranks(found.passages)[:k]))


def by_ranks(passages: Sequence[RankedPassage]) -> list[RankedPassage]:
    """`passages` by the sum of the reciprocals of their ranks, best first, that sum as their score."""
    scored = [structs.replace(one, score=_reciprocal(one)) for one in passages]
    return sorted(scored, key=lambda one: -one.score)


def _reciprocal(one: RankedPassage) -> float:
    return sum(1 / (_K + rank) for rank in (one.ranks.dense, one.ranks.lexical) if rank is not None)
