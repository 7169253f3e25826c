"""Datasets: questions with known answers, and the transcripts they are put to; one file a kind of source.

In: a name and the path of the files as published. Out: a `Dataset`. Nothing is fetched.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from msgspec import Struct

from eval.datasets.dataset import Asked, Dataset, Evidence
from eval.datasets.errors import DatasetError, UnknownDataset

__all__ = ["DATASETS", "Asked", "Dataset", "DatasetError", "Evidence", "Source", "UnknownDataset", "load"]


class Source(Struct, frozen=True):
    """`loader` is `module:function` of this package; `path`: what it is to be given. `questions`: what they are."""

    loader: str
    path: str
    questions: str


DATASETS: dict[str, Source] = {
    "own": Source("own:load", "a folder with questions.jsonl and transcripts/", "your own"),
    "samples": Source("shipped:samples", "the project's folder samples", "to the samples"),
    "samples-open": Source("shipped:samples_open", "the project's folder samples", "those to tune on"),
    "samples-aside": Source("shipped:samples_aside", "the project's folder samples", "those that are only measured"),
    "pairs": Source("shipped:pairs", "the press briefings", "follow-ups, with what they stand for"),
    "qmsum-train": Source("qmsum:train", "QMSum's folder with train/ and val/", "within a meeting, to tune on"),
    "qmsum-val": Source("qmsum:val", "QMSum's folder with train/ and val/", "within a meeting, only measured"),
    "claims-as-spoken": Source("claims:as_spoken", "the claims' folder", "where a claim is made, in its words"),
    "claims-as-reported": Source("claims:as_reported", "the claims' folder", "where it is made, in others' words"),
    "meetings": Source("meetings:load", "the meetings' folder", "who, what, when and how many, within a meeting"),
    "briefings-2021": Source("briefings:sample_of_2021", "the press briefings", "reporters' own, to tune on"),
    "briefings-2022": Source("briefings:all_of_2022", "the press briefings", "reporters' own, only measured"),
}
"""Every dataset by its name; a row of docs/datasets.md for each."""


def load(name: str, path: Path) -> Dataset:
    """The dataset `name` from `path`. Raises UnknownDataset, DatasetError."""
    if name not in DATASETS:
        raise UnknownDataset(f"no dataset is called {name!r}; there are: {', '.join(DATASETS)}")
    module, _, function = DATASETS[name].loader.partition(":")
    loaded: Dataset = getattr(import_module(f"eval.datasets.{module}"), function)(path)
    return loaded
