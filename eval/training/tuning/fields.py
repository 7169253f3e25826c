"""The sets on which a state is measured, by the names of `eval.datasets`, from the folder of development data.

Settings are chosen on the claims and on what was held out of the training data: meetings of QMSum's
training split and briefings of 2021. The rest is only reported. Of the briefings of 2022 a fixed part
is taken, enough for 150 questions: encoding all of them takes as long as all other sets together.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec import structs

from eval.datasets import Dataset, load

FOLDERS = {
    "qmsum-val": "qmsum",
    "claims-as-spoken": "claims",
    "claims-as-reported": "claims",
    "briefings-2022": "briefings",
    "briefings-2021": "briefings",
}

PARTS = {"briefings-2022": 150, "briefings-2021": 150}
"""Questions that are enough, of sets of which a part is taken."""


def part(name: str, data: Path) -> Dataset:
    """The dataset, or the part of it that is measured."""
    dataset = load(name, data / FOLDERS[name])
    return dataset if name not in PARTS else narrowed(dataset, PARTS[name])


def narrowed(dataset: Dataset, enough: int) -> Dataset:
    """Whole transcripts, those whose ids have the least SHA-256, until `enough` is asked of them."""
    kept: set[str] = set()
    for id in sorted((str(one.id) for one in dataset.transcripts), key=_digest):
        if sum(asked.filters.transcripts[0] in kept for asked in dataset.asked) >= enough:
            break
        kept.add(id)
    return structs.replace(
        dataset,
        transcripts=tuple(one for one in dataset.transcripts if one.id in kept),
        asked=tuple(one for one in dataset.asked if one.filters.transcripts[0] in kept),
    )


def _digest(id: str) -> str:
    return hashlib.sha256(id.encode()).hexdigest()
