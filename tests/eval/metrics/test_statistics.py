"""Statistics over questions: who counts, and what is made of them."""

from __future__ import annotations

from math import isnan

from eval.metrics.statistics import STATISTICS

BY_NAME = {one.name: one for one in STATISTICS}


def value(name: str, *rows: dict[str, float]) -> float:
    statistic = BY_NAME[name]
    return statistic.value(statistic.table(rows))


def test_only_questions_that_were_measured_count() -> None:
    assert value("hit@5", {"hit@5": 1.0}, {"hit@5": 0.0}, {"answered": 1.0}) == 0.5
    assert isnan(value("hit@5", {"answered": 1.0}))


def test_words_are_counted_for_each_right_answer() -> None:
    rows = ({"words": 30.0, "right@2": 1.0}, {"words": 10.0, "right@2": 0.0}, {"right@2": 0.0})
    assert value("words_per_right", *rows) == 40
    assert isnan(value("words_per_right", {"words": 30.0, "right@2": 0.0}))


def test_citations_outside_a_filter_are_added_up() -> None:
    assert value("outside_filter", {"outside_filter": 2.0}, {"outside_filter": 1.0}) == 3


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(STATISTICS)
