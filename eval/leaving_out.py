"""Leaving out: a dataset whose answerable questions are asked twice, once where their answer is not held.

In: a dataset. Out: the dataset to run, in which each question stands beside itself with every
transcript that holds its answer left out, and the questions that this makes no sense for, with the reason.
How well an answerer tells the two apart is what it knows of its own sureness.
"""

from __future__ import annotations

from msgspec import Struct, structs

from eval.datasets.dataset import Asked, Dataset
from eval.datasets.leave_one_out import leave_one_out

LEFT_OUT = "left out"
"""The trap of a question whose answer is left out."""


class Twice(Struct, frozen=True):
    """`passed_over` are neither asked with their answer nor without it."""

    dataset: Dataset
    passed_over: tuple[tuple[str, str], ...]


def twice(dataset: Dataset) -> Twice:
    """Each question of `dataset` that can be, with its answer and without."""
    found = leave_one_out(dataset)
    with_answer = {one.id: one for one in dataset.asked}
    asked: list[Asked] = []
    for one in found.withheld:
        asked += [
            structs.replace(with_answer[one.asked.id], answerable=True),
            structs.replace(one.asked, id=f"{one.asked.id} {LEFT_OUT}", trap=LEFT_OUT),
        ]
    passed_over = tuple((one.asked.id, one.reason) for one in found.passed_over)
    return Twice(structs.replace(dataset, name=f"{dataset.name}, left out", asked=tuple(asked)), passed_over)
