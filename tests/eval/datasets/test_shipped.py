"""The sets that ship: whole, and every stretch of theirs the words that were quoted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from eval.datasets import load
from eval.datasets.dataset import Dataset
from eval.datasets.shipped import QUESTIONS

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def assert_quoted(dataset: Dataset, written: list[dict[str, Any]]) -> None:
    """Every stretch is its quote, white space apart, under the label that the file names."""
    transcripts = {one.id: one for one in dataset.transcripts}
    for asked, line in zip(dataset.asked, written, strict=True):
        stretches = [one for part in asked.evidence for one in part] + list(asked.corrects)
        found: Counter[tuple[str, str]] = Counter()
        for one in stretches:
            transcript = transcripts[one.transcript]
            label = transcript.turns[transcript.turn_at(one.start)].label or ""
            found[label, " ".join(transcript.text[one.start : one.end].split())] += 1
        quoted = [*line.get("evidence", []), *line.get("corrects", [])]
        assert found == Counter((one["label"], " ".join(one["quote"].split())) for one in quoted), asked.id


def test_the_questions_to_the_samples() -> None:
    dataset = load("samples", SAMPLES)
    assert_quoted(dataset, lines(QUESTIONS / "samples" / "questions.jsonl"))
    assert (len(dataset.asked), len(dataset.transcripts)) == (159, 10)
    assert Counter(one.answerable for one in dataset.asked) == {True: 114, False: 45}
    assert all(bool(one.evidence) is one.answerable for one in dataset.asked)
    assert all((one.trap is None) is one.answerable for one in dataset.asked)
    assert sum(len(one.evidence) > 1 for one in dataset.asked) == 5
    assert sum(one.spelled_out is not None and bool(one.history) for one in dataset.asked) == 12
    assert sum(not one.filters.none for one in dataset.asked) >= 10


def test_half_of_them_is_set_aside() -> None:
    whole, tune, aside = (load(name, SAMPLES) for name in ("samples", "samples-open", "samples-aside"))
    assert (len(tune.asked), len(aside.asked)) == (80, 79)
    assert {one.id for one in tune.asked} | {one.id for one in aside.asked} == {one.id for one in whole.asked}


def test_the_pairs(data: Path) -> None:
    dataset = load("pairs", data / "briefings")
    assert_quoted(dataset, lines(QUESTIONS / "pairs.jsonl"))
    assert (len(dataset.asked), len(dataset.transcripts)) == (60, 51)
    assert all(one.history and one.spelled_out and one.evidence for one in dataset.asked)
