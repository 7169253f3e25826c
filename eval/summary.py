"""A summary: the figures of a run, over all questions and over each kind, each with its count and interval.

In: the rows of a run. Out: for each group of questions and statistic the value, its 95% interval, of
how many questions, and the oracle's. Times are apart: all else is the same whenever and wherever a
run is made of the same build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from eval.asking import Row
from eval.intervals import interval
from eval.metrics.statistics import STATISTICS, Statistic

ALL = "all"
_DIGITS = 6


class Figure(Struct, frozen=True):
    """A statistic of `count` questions; `oracle` is what the best of answers reach, None where nobody knows."""

    value: float
    low: float
    high: float
    count: int
    oracle: float | None = None


class Group(Struct, frozen=True):
    """The figures of some of the questions, by the names of statistics."""

    name: str
    questions: int
    figures: dict[str, Figure]


class Summary(Struct, frozen=True):
    """`groups`: all questions first, then those of each kind and trap that the dataset knows."""

    dataset: str
    questions: int
    groups: tuple[Group, ...]

    @property
    def all(self) -> Group:
        return self.groups[0]


class Speed(Struct, frozen=True):
    """Milliseconds of one stage: the median with its interval, and what 95 of 100 questions stay within."""

    median: float
    low: float
    high: float
    p95: float
    count: int


def summarised(dataset: str, rows: Sequence[Row]) -> Summary:
    """The summary of `rows`."""
    groups = tuple(Group(name, len(some), _figures(some)) for name, some in _groups(rows))
    return Summary(dataset, len(rows), groups)


def _groups(rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
    yield ALL, rows
    for name in ("kind", "trap"):
        values = dict.fromkeys(value for row in rows if (value := getattr(row.asked, name)))
        for value in values:
            some = [row for row in rows if getattr(row.asked, name) == value]
            if len(some) < len(rows):
                yield f"{name} {value}", some


def _figures(rows: Sequence[Row]) -> dict[str, Figure]:
    figures = {}
    for statistic in STATISTICS:
        table = statistic.table([row.measures for row in rows])
        value = statistic.value(table) if len(table) else float("nan")
        if isnan(value):
            continue
        bounds = interval(table, statistic.of)
        low, high = round(bounds.low, _DIGITS), round(bounds.high, _DIGITS)
        figures[statistic.name] = Figure(round(value, _DIGITS), low, high, len(table), _oracle(statistic, rows))
    return figures


def _oracle(statistic: Statistic, rows: Sequence[Row]) -> float | None:
    """The mean of what could be reached, over the questions that count."""
    name = statistic.name
    reached = [row.oracle[name] for row in rows if name in row.measures and name in row.oracle]
    return round(sum(reached) / len(reached), _DIGITS) if reached else None


def speeds(rows: Sequence[Row]) -> dict[str, Speed]:
    """By call and stage."""
    stages = dict.fromkeys(stage for row in rows for stage in row.timings)
    return {stage: _speed([row.timings for row in rows], stage) for stage in stages}


def _speed(timings: Sequence[Mapping[str, float]], stage: str) -> Speed:
    spent = np.array([one[stage] for one in timings if stage in one], dtype=np.float64)[:, None]
    bounds = interval(spent, _median)
    found = (float(_median(spent[None])[0]), bounds.low, bounds.high, float(np.percentile(spent, 95)))
    median, low, high, p95 = (round(value, 3) for value in found)
    return Speed(median, low, high, p95, len(spent))


def _median(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.median(tables[:, :, 0], axis=1))
