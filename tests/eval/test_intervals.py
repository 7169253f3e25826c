"""Intervals and paired tests: against what is known in closed form, and what must always hold."""

from __future__ import annotations

from math import isnan, sqrt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eval.intervals import difference, interval


def mean(tables: np.ndarray) -> np.ndarray:
    return np.asarray(tables[:, :, 0].mean(axis=1))


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64).reshape(-1, 1)


def test_the_interval_of_a_mean_is_about_two_standard_errors() -> None:
    table = column(*([0.0] * 200 + [1.0] * 200))
    found = interval(table, mean)
    half = 1.96 * sqrt(0.25 / 400)
    assert abs(found.low - (0.5 - half)) < 0.01
    assert abs(found.high - (0.5 + half)) < 0.01


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=5))
def test_the_interval_lies_within_the_values_and_is_always_the_same(values: list[float]) -> None:
    found = interval(column(*values), mean, resamples=50)
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found == interval(column(*values), mean, resamples=50)


def test_without_questions_nothing_is_known() -> None:
    assert isnan(interval(column(), mean).low)
    assert isnan(difference(column(), column(), mean).p)


def test_the_same_run_twice_does_not_differ() -> None:
    table = column(0, 1, 1, 0)
    found = difference(table, table, mean)
    assert (found.mean, found.interval.low, found.interval.high, found.p) == (0, 0, 0, 1)


def test_a_p_value_is_the_share_of_swaps_that_do_as_much() -> None:
    # Eight questions, each better by one: of the 256 ways to swap two are as far apart.
    found = difference(column(*[0.0] * 8), column(*[1.0] * 8), mean)
    assert (found.mean, found.interval.low, found.interval.high) == (1, 1, 1)
    assert abs(found.p - 2 / 256) < 0.005


def test_pairs_are_what_is_compared() -> None:
    # What varies between questions but not between the runs widens nothing.
    hard = np.arange(100, dtype=np.float64)
    found = difference(column(*hard), column(*(hard + 0.5)), mean)
    assert (found.interval.low, found.interval.high) == (0.5, 0.5)
    assert found.p < 0.001
    assert difference(column(*(hard + 0.5)), column(*hard), mean).mean == -0.5
