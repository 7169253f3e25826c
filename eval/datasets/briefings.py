"""White House press briefings: reporters' questions, and as silver answer what the official says next.

In: the folder with `questions.jsonl` and the folders `2021` and `2022`. Out: each question asked of its own
briefing, with the official's next turn as evidence. Silver, for the official may evade.

The question stands in the record word for word just before its answer, so that whatever looks at neighbours
would find it there: the turns that are asked are emptied, all of a briefing's. Their places stay. `kind` is
`leaning` where the question opens with *and*, *so*, *but* or a dash, and so goes on from what was said before;
these are to be reported apart.

Settings are chosen on a fixed sample of 2021, `SAMPLED` of its briefings: those whose names have the least
SHA-256. 2022 is only reported. Briefings of which nothing is asked are left out.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path

from msgspec import Struct, structs

from eval.datasets.dataset import Asked, Dataset, Evidence
from eval.datasets.errors import DatasetError
from eval.datasets.folder import folder
from eval.datasets.rows import rows
from index.filters import Filters
from index.transcript import Transcript, Turn

SAMPLED = 60
"""Briefings of 2021 that settings are chosen on."""

_OPENING = 60
"""Characters by which a turn is known for the question or the answer: further on the two copies may differ."""

_LEANS = re.compile(r"(?:(?:okay|all right|yeah|well|thank you|thanks)\b)?\W*\b(?:and|so|but)\b|\s*—", re.IGNORECASE)


class _Row(Struct, frozen=True):
    qid: str
    file: str
    question: str
    answers: tuple[str, ...]


def sample_of_2021(path: Path) -> Dataset:
    """The sample to choose settings on."""
    return _load(path, "2021", SAMPLED)


def all_of_2022(path: Path) -> Dataset:
    """Those that are only reported."""
    return _load(path, "2022", None)


def _load(path: Path, year: str, most: int | None) -> Dataset:
    asked: dict[str, list[_Row]] = defaultdict(list)
    for row in rows(path / "questions.jsonl", _Row):
        if row.file.startswith(year):
            asked[row.file.removesuffix(".md")].append(row)
    chosen = sorted(asked, key=_digest)[:most]
    briefings = folder(path / year, only=chosen)
    kept: dict[str, Transcript] = {}
    turns: dict[str, dict[int, _Row]] = defaultdict(dict)
    for name in sorted(chosen):
        try:
            transcript = briefings.named(name)
        except LookupError as error:
            raise DatasetError(path / "questions.jsonl", error.args[0]) from None
        # A briefing that is there twice is kept once, with what is asked in either.
        kept[str(transcript.id)] = transcript
        for row in asked[name]:
            turns[str(transcript.id)].setdefault(_turn(row, transcript, path), row)
    emptied = {id: _emptied(transcript, turns[id].keys()) for id, transcript in kept.items()}
    found = (_asked(row, emptied[id], turn) for id, those in turns.items() for turn, row in sorted(those.items()))
    return Dataset(name=f"briefings-{year}", transcripts=tuple(emptied.values()), asked=tuple(found))


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _turn(row: _Row, transcript: Transcript, path: Path) -> int:
    """The turn in which the question is asked: the one that opens like it before one that opens like the answer."""
    opening = [_opens(turn.text) for turn in transcript.turns]
    pair = (_opens(row.question), _opens(row.answers[0]))
    found = [at for at, both in enumerate(pairwise(opening)) if both == pair]
    if len(found) != 1:
        where = path / "questions.jsonl"
        raise DatasetError(where, f"{row.qid}: it stands {len(found)} times before its answer, not once")
    return found[0]


def _opens(text: str) -> str:
    return " ".join(text.split())[:_OPENING]


def _emptied(transcript: Transcript, turns: Collection[int]) -> Transcript:
    kept = [Turn("", turn.label, turn.speaker) if at in turns else turn for at, turn in enumerate(transcript.turns)]
    return structs.replace(transcript, turns=tuple(kept))


def _asked(row: _Row, transcript: Transcript, turn: int) -> Asked:
    id, answer = str(transcript.id), transcript.spans[turn + 1]
    return Asked(
        id=row.qid,
        question=row.question,
        filters=Filters(transcripts=(id,)),
        answers=row.answers,
        evidence=((Evidence(id, answer.start, answer.end),),),
        kind="leaning" if _LEANS.match(row.question) else "standing alone",
    )
