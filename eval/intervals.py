"""Intervals: how far a statistic of some questions may be off, and whether two runs differ.

In: a statistic and its table, a row a question. Out: a percentile bootstrap interval (Efron &
Tibshirani 1993); for two runs of the same questions the interval of their difference and the
p-value of Fisher's randomisation test, which swaps the two runs' rows at random and is the test that
Smucker, Allan & Carterette (2007) recommend for information retrieval. Seeded: the same rows give
the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Of = Callable[[Floats], Floats]
"""Takes [tables, questions, columns] and gives [tables]."""

SEED = 20240206
RESAMPLES = 2000
SWAPS = 5000


class Interval(Struct, frozen=True):
    """95% of the resamples lie from `low` to `high`; NaN where there is nothing to resample."""

    low: float
    high: float


class Difference(Struct, frozen=True):
    """How much higher the second run is than the first, its interval, and how often chance alone does as much."""

    mean: float
    interval: Interval
    p: float


def interval(table: Floats, of: Of, resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """The interval of `of(table)`."""
    if not len(table):
        return Interval(float("nan"), float("nan"))
    draw = np.random.default_rng(seed)
    return _percentiles(
        [of(table[draw.integers(0, len(table), (some, len(table)))]) for some in _in_turns(resamples, table)]
    )


def difference(first: Floats, second: Floats, of: Of, seed: int = SEED) -> Difference:
    """Of two tables with a row for the same question at the same place."""
    if not len(first):
        return Difference(float("nan"), Interval(float("nan"), float("nan")), float("nan"))
    observed = float(of(second[None])[0] - of(first[None])[0])
    draw = np.random.default_rng(seed)
    resampled = []
    for some in _in_turns(RESAMPLES, first):
        rows = draw.integers(0, len(first), (some, len(first)))
        resampled.append(of(second[rows]) - of(first[rows]))
    return Difference(observed, _percentiles(resampled), _p(first, second, of, observed, draw))


def _p(first: Floats, second: Floats, of: Of, observed: float, draw: np.random.Generator) -> float:
    if np.isnan(observed):
        return float("nan")
    if np.array_equal(first, second):
        return 1.0
    as_much = 0
    for some in _in_turns(SWAPS, first):
        swap = draw.random((some, len(first), 1)) < 0.5
        by_chance = of(np.where(swap, first, second)) - of(np.where(swap, second, first))
        as_much += int((np.abs(by_chance) >= abs(observed) - 1e-12).sum())
    # The arrangement that was observed is one of those that chance could have given.
    return (as_much + 1) / (SWAPS + 1)


def _in_turns(many: int, table: Floats) -> Iterator[int]:
    """`many` in parts, so that the tables of one part stay small."""
    most = max(1, _AT_ONCE // table.size)
    for done in range(0, many, most):
        yield min(most, many - done)


_AT_ONCE = 1_000_000
"""Numbers in the tables that are made at once."""


def _percentiles(parts: list[Floats]) -> Interval:
    values = np.concatenate(parts)
    known = values[~np.isnan(values)]
    if not len(known):
        return Interval(float("nan"), float("nan"))
    low, high = np.percentile(known, [2.5, 97.5])
    return Interval(float(low), float(high))
