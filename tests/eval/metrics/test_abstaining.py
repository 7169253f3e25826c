"""Abstention measures on values worked out by hand."""

from __future__ import annotations

from math import isnan

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from eval.datasets.dataset import Asked
from eval.metrics.abstaining import abstaining, answered_at, auroc
from tests.eval.metrics.conftest import answer, citation, turn


def both(yes: list[float], no: list[float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array(yes + no), np.array([1.0] * len(yes) + [0.0] * len(no))


def test_auroc_is_the_chance_to_score_higher() -> None:
    # Of the six pairs 3>1, 3>2, 2>1, 1=1, 2=2 halves, 1<2: 3 + 1 = 4 of 6.
    assert auroc(*both([3, 2, 1], [1, 2])) == 4 / 6
    assert auroc(*both([1, 1], [1])) == 0.5
    assert isnan(auroc(*both([1], [])))


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8), st.lists(st.integers(0, 4), min_size=1, max_size=8))
def test_auroc_is_what_counting_all_pairs_gives(yes: list[float], no: list[float]) -> None:
    pairs = [(one > other) + (one == other) / 2 for one in yes for other in no]
    assert np.isclose(auroc(*both(yes, no)), sum(pairs) / len(pairs))


def test_answered_where_few_others_are() -> None:
    no = [float(at) for at in range(20)]
    # 15% of twenty are three: the bar lies just above the fourth best of them, 16.
    assert answered_at(*both([16, 17, 30, 40], no)) == 3 / 4
    assert answered_at(*both([1, 2], [0, 0, 1]), false_answers=0.34) == 1.0
    assert answered_at(*both([1, 2], [0, 0, 1]), false_answers=0) == 0.5
    assert answered_at(*both([1.0], [1.0]), false_answers=1) == 1.0
    assert isnan(answered_at(*both([], [1])))


def test_declining_is_right_where_there_is_no_answer() -> None:
    no = Asked(id="1", question="?", answerable=False, corrects=(turn(0),))
    assert abstaining(answer(), no)["declined"] == 1
    assert abstaining(answer(citation(1, 2)), no)["declined"] == 0
    # What contradicts the premise is no false answer, if it stands early.
    assert abstaining(answer(citation(1, 2), citation(2, 0)), no)["declined"] == 1
    assert abstaining(answer(citation(1, 2), citation(2, 3), citation(3, 0)), no)["declined"] == 0


def test_answering_is_right_where_there_is_one() -> None:
    asked = Asked(id="1", question="?")
    assert abstaining(answer(), asked) == {"answered": 0, "score": 0, "answerable": 1}
    assert abstaining(answer(citation(1, 0)), asked) == {"answered": 1, "score": 1, "answerable": 1}
    assert abstaining(answer(), Asked(id="1", question="?", answerable=None)) == {}
    doubtful = structs.replace(answer(citation(1, 0)), sureness=0.25)
    assert abstaining(doubtful, asked) == {"answered": 1, "score": 0.25, "answerable": 1}
