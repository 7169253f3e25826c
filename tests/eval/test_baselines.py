"""Reciprocal rank fusion on ranks worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from eval.baselines import by_ranks
from index.passages import Passage
from index.search import RankedPassage, Ranks
from index.store import StoredPassage


def ranked(id: int, dense: int | None, lexical: int | None) -> RankedPassage:
    nothing = np.zeros((0, 1), dtype=np.int8), np.zeros((0, 2), dtype=np.int32)
    stored = StoredPassage(id, "t", Passage(0, 1, (), "", ()), *nothing)
    return RankedPassage(stored, 0.0, Ranks(dense, lexical), 0.0)


def test_two_middling_ranks_beat_one_good_one() -> None:
    found = by_ranks([ranked(1, 1, None), ranked(2, 10, 10), ranked(3, 2, 2), ranked(4, None, 3)])
    assert [one.stored.id for one in found] == [3, 2, 1, 4]
    assert [one.score for one in found] == pytest.approx([2 / 62, 2 / 70, 1 / 61, 1 / 63])
