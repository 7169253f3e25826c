"""Checked claims of the 2016 campaign, each with the turns in which it was made.

In: the folder with `questions.jsonl` and `transcripts`. Out: a question for each wording, asked of all
debates, speeches and interviews at once: the claim *as spoken*, or *as reported* by those who checked it.

Equal claims are one, and all of their turns are gold: those of rows with the same wording, and those of rows
that give these claims in other words. Some claims are made elsewhere too, in turns that nobody has marked: a
passage that looks wrong may be right, and `leave_one_out` looks for such places. Many of the wordings as
reported are a mere headline ("Polls on polls on polls"). `alt_query_title`, which is cut short, is left.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from eval.datasets.dataset import Asked, Dataset, Evidence
from eval.datasets.errors import DatasetError
from eval.datasets.folder import Folder, folder
from eval.datasets.rows import rows
from eval.datasets.standing import spoken


class _Claim(Struct, frozen=True):
    qid: str
    tid: str
    question: str
    alt_query_statement: str
    answers: tuple[str, ...]
    gold_turns: tuple[tuple[int, int], ...]


def as_spoken(path: Path) -> Dataset:
    """Claims as they were spoken."""
    return _load(path, "claims-as-spoken", lambda claim: claim.question)


def as_reported(path: Path) -> Dataset:
    """Claims as they were reported."""
    return _load(path, "claims-as-reported", lambda claim: claim.alt_query_statement)


def _load(path: Path, name: str, wording: Callable[[_Claim], str]) -> Dataset:
    claims = rows(path / "questions.jsonl", _Claim)
    transcripts = folder(path / "transcripts")
    equal: dict[str, list[_Claim]] = defaultdict(list)
    worded: dict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        equal[_folded(claim.question)].append(claim)
        worded[_folded(wording(claim))].append(claim)
    asked = []
    for same in worded.values():
        made = list(dict.fromkeys(other for claim in same for other in equal[_folded(claim.question)]))
        asked.append(
            Asked(
                id=same[0].qid,
                question=wording(same[0]),
                answers=tuple(dict.fromkeys(answer for claim in made for answer in claim.answers)),
                evidence=(tuple(dict.fromkeys(one for claim in made for one in _gold(claim, transcripts))),),
            )
        )
    return Dataset(name=name, transcripts=transcripts.transcripts, asked=tuple(asked))


def _gold(claim: _Claim, transcripts: Folder) -> list[Evidence]:
    try:
        transcript = transcripts.named(claim.tid)
        spans = [spoken(transcript, first, last) for first, last in claim.gold_turns]
    except LookupError as error:
        raise DatasetError(transcripts.path, f"{claim.qid}: {error.args[0]}") from None
    return [Evidence(str(transcript.id), span.start, span.end) for span in spans]


def _folded(text: str) -> str:
    """Its words alone, in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))
