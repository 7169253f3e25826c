"""Project meetings with short answers written by hand to who, what, when and how many.

In: the folder with `questions.jsonl` and `transcripts`. Out: each question asked of its own meeting; a third
of them would fit any. No place is marked. Names are masked in both (`[PERSON3]`; the label of that person's
turns is `PERSON3`), and many an answer stands word for word in no turn: what can be reached is less than
all, and belongs beside a score. `kind` is the kind of fact asked for.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from eval.datasets.dataset import Asked, Dataset
from eval.datasets.errors import DatasetError
from eval.datasets.folder import folder
from eval.datasets.rows import rows
from index.filters import Filters


class _Row(Struct, frozen=True):
    qid: str
    tid: str
    question: str
    answers: tuple[str, ...]
    qtype: str


def load(path: Path) -> Dataset:
    """The questions and meetings in `path`."""
    transcripts = folder(path / "transcripts")
    asked = []
    for row in rows(path / "questions.jsonl", _Row):
        try:
            id = str(transcripts.named(row.tid).id)
        except LookupError as error:
            raise DatasetError(path / "questions.jsonl", f"{row.qid}: {error.args[0]}") from None
        within = Filters(transcripts=(id,))
        asked.append(Asked(id=row.qid, question=row.question, filters=within, answers=row.answers, kind=row.qtype))
    return Dataset(name="meetings", transcripts=transcripts.transcripts, asked=tuple(asked))
