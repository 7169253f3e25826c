"""A comparison: two runs of the same questions, measure by measure, and the questions that came out otherwise.

In: two runs. Out: for each statistic both values, the difference with its paired interval and p-value
(`eval.intervals`), over the questions that both have measured; and each question that changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from eval.asking import Row
from eval.intervals import Interval, difference
from eval.metrics.statistics import STATISTICS, Statistic
from eval.run import NotThisRun, Run

TOLD = ("hit@1", "hit@5", "MRR@10", "right@2", "contained", "answered", "declined", "judged_right", "exact_quotes")
"""Measures whose change in a question is told."""

CERTAIN = 0.05
"""The p-value below which a difference is no chance; one in twenty that is chance falls below it too."""


class Compared(Struct, frozen=True):
    """A statistic of both runs; `wins` and `losses` are questions that came out better and worse by its measure.

    None of it where it is made of several measures, or no end of it is better.
    """

    name: str
    before: float
    after: float
    difference: float
    interval: Interval
    p: float
    count: int
    wins: int | None
    losses: int | None

    @property
    def certain(self) -> bool:
        """Whether the runs differ by more than chance would."""
        return self.p < CERTAIN

    @property
    def told(self) -> str:
        """In one line."""
        bounds = f"[{self.interval.low:+.3f}, {self.interval.high:+.3f}]"
        both = f"{self.before:.3f} → {self.after:.3f}  {self.difference:+.3f} {bounds}"
        told = f"{both}  p {self.p:.4f}  n {self.count:,}"
        return told if self.wins is None else f"{told}, {self.wins:,} better, {self.losses:,} worse"


class Change(Struct, frozen=True):
    """A question that came out otherwise: of each measure that changed what it was and is."""

    id: str
    question: str
    direction: Literal["better", "worse", "mixed"]
    measures: dict[str, tuple[float, float]]


class Comparison(Struct, frozen=True):
    """`questions` that both runs asked; changes for the worse come first.

    `speed`: of each stage the median milliseconds of both, which say something where one machine ran both.
    """

    questions: int
    measures: tuple[Compared, ...]
    speed: dict[str, tuple[float, float]]
    changes: tuple[Change, ...]


def compare(before: Run, after: Run) -> Comparison:
    """The second run against the first. NotThisRun where they asked other questions of other transcripts."""
    if before.settings.digest != after.settings.digest:
        ours, theirs = before.settings.dataset, after.settings.dataset
        raise NotThisRun(f"the runs asked other questions or other transcripts ({ours}; {theirs}): nothing is paired")
    now = {row.id: row for row in after.rows}
    pairs = [(row, now[row.id]) for row in before.rows if row.id in now]
    compared = (_compared(statistic, pairs) for statistic in STATISTICS)
    changes = sorted(_changes(pairs), key=lambda one: ("worse", "mixed", "better").index(one.direction))
    both = [stage for stage in before.speed if stage in after.speed]
    speed = {stage: (before.speed[stage].median, after.speed[stage].median) for stage in both}
    return Comparison(len(pairs), tuple(one for one in compared if one is not None), speed, tuple(changes))


def _compared(statistic: Statistic, pairs: Sequence[tuple[Row, Row]]) -> Compared | None:
    both = [
        (was.measures, now.measures)
        for was, now in pairs
        if all(name in was.measures and name in now.measures for name in statistic.columns)
    ]
    if not both:
        return None
    first, second = statistic.table([was for was, _ in both]), statistic.table([now for _, now in both])
    found = difference(first, second, statistic.of)
    alone = len(statistic.columns) == 1 and statistic.better != "neither"
    ahead = (second - first)[:, 0] * (-1 if statistic.better == "low" else 1)
    return Compared(
        statistic.name,
        statistic.value(first),
        statistic.value(second),
        found.mean,
        found.interval,
        found.p,
        len(both),
        int((ahead > 0).sum()) if alone else None,
        int((ahead < 0).sum()) if alone else None,
    )


def _changes(pairs: Sequence[tuple[Row, Row]]) -> Iterator[Change]:
    for was, now in pairs:
        changed = _changed(was.measures, now.measures)
        if changed:
            up = any(after > before for before, after in changed.values())
            down = any(after < before for before, after in changed.values())
            direction: Literal["better", "worse", "mixed"] = "mixed" if up and down else "better" if up else "worse"
            yield Change(was.id, was.asked.question, direction, changed)


def _changed(was: Mapping[str, float], now: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    return {name: (was[name], now[name]) for name in TOLD if name in was and name in now and was[name] != now[name]}
