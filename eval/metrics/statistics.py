"""Statistics: what is said of many questions, made from what was measured of each.

In: rows of measures by name. Out: one number a statistic, NaN where nothing can be told. Most are
means; some need several measures of every question, such as the words shown for each right answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from eval.metrics.abstaining import FALSE_ANSWERS, answered_at, auroc

Floats = NDArray[np.float64]


class Statistic(Struct, frozen=True):
    """`of` makes one number of each table with a row a question, whose columns are the measures `columns`.

    It takes [tables, questions, columns] and gives [tables], for resampling makes thousands of tables.
    Only questions that have all measures count. `better` says which end is; `most` bounds it, if anything does.
    """

    name: str
    columns: tuple[str, ...]
    of: Callable[[Floats], Floats]
    what: str
    better: Literal["high", "low", "neither"] = "high"
    group: str = ""
    most: float | None = 1.0

    def table(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        """The questions that count."""
        kept = [[row[name] for name in self.columns] for row in rows if all(name in row for name in self.columns)]
        return np.array(kept, dtype=np.float64).reshape(len(kept), len(self.columns))

    def value(self, table: Floats) -> float:
        """Of one table."""
        return float(self.of(table[None])[0])


def _mean(tables: Floats) -> Floats:
    if not tables.shape[1]:
        return np.full(len(tables), np.nan)
    return np.asarray(tables[:, :, 0].mean(axis=1))


def _total(tables: Floats) -> Floats:
    return np.asarray(tables[:, :, 0].sum(axis=1), dtype=np.float64)


def _per(tables: Floats) -> Floats:
    """The sum of the first column for each one of the second."""
    sums = tables.sum(axis=1)
    return np.asarray(np.divide(sums[:, 0], sums[:, 1], out=np.full(len(sums), np.nan), where=sums[:, 1] != 0))


def _scored(of: Callable[[Floats, Floats], float]) -> Callable[[Floats], Floats]:
    """`of` scores and whether each question is answerable."""
    return lambda tables: np.array([of(*table.T) for table in tables], dtype=np.float64)


def _mean_of(name: str, what: str, group: str) -> Statistic:
    return Statistic(name, (name,), _mean, what, group=group)


_SCORED = ("score", "answerable")

STATISTICS: tuple[Statistic, ...] = (
    _mean_of("hit@1", "questions whose first hit shows evidence", "retrieval"),
    _mean_of("hit@5", "of the first five hits one shows evidence", "retrieval"),
    _mean_of("hit@10", "of the first ten hits one shows evidence", "retrieval"),
    _mean_of("MRR@10", "one over the rank of the first hit that shows evidence", "retrieval"),
    _mean_of("nDCG@10", "the evidence early, all of it", "retrieval"),
    _mean_of("recall@1000w", "share of the words of the evidence shown within 1,000 words", "retrieval"),
    _mean_of("parts@1000w", "share of the parts of the question with evidence within 1,000 words", "retrieval"),
    _mean_of("as_spelled_out", "follow-ups that find, of five, the first hit of the spelled-out question", "retrieval"),
    _mean_of("right@2", "one of the first two citations is evidence", "citations"),
    _mean_of("citation_precision", "share of an answer's citations that are evidence", "citations"),
    _mean_of("citation_recall", "share of the parts of the question whose evidence is cited", "citations"),
    _mean_of("exact_quotes", "share of quotes that stand so in the transcript", "citations"),
    _mean_of("right_speaker", "share of quotes with the speaker that the transcript gives", "citations"),
    Statistic(
        "outside_filter",
        ("outside_filter",),
        _total,
        "citations of somebody whom a filter on speakers leaves out",
        "low",
        "citations",
        None,
    ),
    _mean_of("contained", "a short gold answer stands in the answer, or is the cited speaker", "answers"),
    _mean_of("contained@3", "the same, in the first three sentences", "answers"),
    _mean_of("F1", "words shared with the best reference", "answers"),
    _mean_of("ROUGE-L", "longest run of words, in order, shared with the best reference", "answers"),
    _mean_of("stands_alone", "answers whose first sentence needs nothing before it", "answers"),
    Statistic("words", ("words",), _mean, "words of an answer", "neither", "answers", None),
    Statistic(
        "words_per_right", ("words", "right@2"), _per, "words shown for each right answer", "low", "answers", None
    ),
    Statistic("borne_out", ("verified", "drafted"), _per, "drafted sentences that are shown", group="answers"),
    _mean_of("judged_right", "answers that a model judges right by the references; never the only measure", "answers"),
    _mean_of("answered", "answerable questions that are answered", "abstention"),
    _mean_of("declined", "unanswerable questions that are declined, or corrected", "abstention"),
    Statistic("AUROC", _SCORED, _scored(auroc), "an answerable question scores above another", group="abstention"),
    Statistic(
        f"answered@{FALSE_ANSWERS:.0%}",
        _SCORED,
        _scored(answered_at),
        f"answerable questions answered where {FALSE_ANSWERS:.0%} of the others may be",
        group="abstention",
    ),
)
"""All of them, in the order in which they are shown."""
