"""Drawing speakers: the questions of a dataset asked under a filter on somebody who speaks in its transcripts.

In: a dataset. Out: the same questions, each of one speaker drawn by seed, of the transcripts that it is asked
of. What they answer is not known; that nobody else is cited can be told all the same.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from msgspec import structs

from eval.datasets.dataset import Asked, Dataset
from eval.intervals import SEED
from index.transcript import Transcript


def of_speakers(dataset: Dataset) -> Dataset:
    """Each question of `dataset` put to one speaker: by the name behind the label, where the record has one."""
    draw = random.Random(SEED)
    names = {str(one.id): _names(one) for one in dataset.transcripts}
    asked = []
    for one in dataset.asked:
        ids: Collection[str] = one.filters.transcripts or names
        voices = sorted({name for id in ids for name in names.get(id, ())})
        if voices:
            asked.append(_put(one, draw.choice(voices)))
    return structs.replace(dataset, name=f"{dataset.name}, of speakers", asked=tuple(asked))


def _names(transcript: Transcript) -> Sequence[str]:
    labels = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.speaker)
    return [transcript.names.get(label, label) for label in labels]


def _put(asked: Asked, speaker: str) -> Asked:
    return Asked(
        id=f"{asked.id} of {speaker}",
        question=asked.question,
        filters=structs.replace(asked.filters, speakers=(speaker,)),
        history=asked.history,
        answerable=None,
    )
