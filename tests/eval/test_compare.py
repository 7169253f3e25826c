"""Comparisons of two runs whose rows are written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from eval.asking import Row
from eval.compare import compare
from eval.datasets.dataset import Asked
from eval.run import NotThisRun, Run, RunSettings
from eval.summary import Speed, summarised

SETTINGS = RunSettings(
    dataset="d",
    digest="sha256:1",
    questions=3,
    transcripts=1,
    parts=("retrieval", "answers"),
    asked={},
    seed=1,
    versions={},
)


def run(*measures: dict[str, float], milliseconds: float = 5.0) -> Run:
    rows = tuple(row(f"q{at}", found) for at, found in enumerate(measures))
    speed = {"search embed": Speed(milliseconds, 0, 0, 0, 3)}
    return Run(Path("unused"), SETTINGS, rows, summarised("d", rows), speed)


def row(id: str, measures: dict[str, float]) -> Row:
    asked = Asked(id=id, question=f"{id}?")
    return Row(asked=asked, gold=(), measures=measures, oracle={}, timings={}, hits=None, answer=None)


def test_each_measure_is_paired_and_each_changed_question_told() -> None:
    before = run({"hit@5": 1, "MRR@10": 1}, {"hit@5": 0, "MRR@10": 0}, {"hit@5": 1, "MRR@10": 0.5})
    after = run({"hit@5": 1, "MRR@10": 1}, {"hit@5": 1, "MRR@10": 0.25}, {"hit@5": 0, "MRR@10": 0}, milliseconds=7)
    found = compare(before, after)
    mrr = next(one for one in found.measures if one.name == "MRR@10")
    assert (mrr.before, mrr.count, mrr.wins, mrr.losses) == (0.5, 3, 1, 1)
    assert mrr.difference == pytest.approx(-0.25 / 3)
    assert not mrr.certain
    assert [(one.id, one.direction) for one in found.changes] == [("q2", "worse"), ("q1", "better")]
    assert found.changes[1].measures == {"hit@5": (0, 1), "MRR@10": (0, 0.25)}
    assert found.speed == {"search embed": (5, 7)}


def test_what_one_run_did_not_measure_is_not_compared() -> None:
    before = run({"hit@5": 1, "right@2": 1}, {"hit@5": 0})
    after = run({"hit@5": 1}, {"hit@5": 0, "right@2": 1})
    assert [one.name for one in compare(before, after).measures] == ["hit@5"]


def test_of_what_is_made_of_several_measures_no_question_wins() -> None:
    sure = run({"score": 0.9, "answerable": 1}, {"score": 0.8, "answerable": 0}, {"score": 0.7, "answerable": 1})
    surer = run({"score": 0.9, "answerable": 1}, {"score": 0.1, "answerable": 0}, {"score": 0.7, "answerable": 1})
    (auroc, _) = compare(sure, surer).measures
    assert (auroc.name, auroc.before, auroc.after, auroc.wins) == ("AUROC", 0.5, 1, None)
    assert "better" not in auroc.told


def test_runs_over_other_questions_are_refused() -> None:
    other = structs.replace(run({"hit@5": 1}), settings=structs.replace(SETTINGS, digest="sha256:2"))
    with pytest.raises(NotThisRun, match="nothing is paired"):
        compare(run({"hit@5": 1}), other)
