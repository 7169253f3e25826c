"""The sets that ship with the project, as eval/questions/README.md and its neighbour in samples/ tell of them.

In: the folder of the transcripts they ask: the project's samples, or the press briefings as published.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from eval.datasets.dataset import Dataset
from eval.datasets.folder import folder
from eval.datasets.own import over

QUESTIONS = Path(__file__).parent.parent / "questions"


def samples(path: Path) -> Dataset:
    """All questions to the samples in `path`."""
    return over(QUESTIONS / "samples" / "questions.jsonl", folder(path), "samples")


def samples_open(path: Path) -> Dataset:
    """Those to tune on."""
    aside = _aside()
    return _narrowed(samples(path), "samples-open", lambda id: id not in aside)


def samples_aside(path: Path) -> Dataset:
    """Those that are only measured."""
    aside = _aside()
    return _narrowed(samples(path), "samples-aside", lambda id: id in aside)


def pairs(path: Path) -> Dataset:
    """Follow-ups, each with the question it stands for, to those of the briefings below `path` that answer one."""
    questions = QUESTIONS / "pairs.jsonl"
    lines = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    answering = {evidence["transcript"] for line in lines for evidence in line["evidence"]}
    return over(questions, folder(path, only=answering), "pairs")


def _aside() -> frozenset[str]:
    return frozenset((QUESTIONS / "samples" / "aside.txt").read_text("utf-8").split())


def _narrowed(whole: Dataset, name: str, wanted: Callable[[str], bool]) -> Dataset:
    return structs.replace(whole, name=name, asked=tuple(one for one in whole.asked if wanted(one.id)))
