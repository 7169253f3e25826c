"""Asking: a question of a dataset put to a target, and what is kept of it: one line of a run.

In: the question, the target, the dataset's transcripts. Out: a row with hits, answer and measures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from msgspec import Struct, structs

from eval.datasets.dataset import Asked, Evidence
from eval.judging import Judge
from eval.metrics import answering
from eval.metrics import retrieval as ranks
from eval.metrics.abstaining import abstaining
from eval.metrics.citing import citing
from eval.metrics.gold import counted
from eval.metrics.retrieval import retrieval
from eval.targets import Found, Target
from index.hit import Hit
from index.transcript import Transcript
from qa.answer import Answer
from qa.asking import Question

Part = Literal["retrieval", "answers"]
PARTS: tuple[Part, ...] = ("retrieval", "answers")

DEPTH = 25
"""Hits looked at: short ones too reach a thousand words, and a search for so many scores no more passages again than
one for ten does."""


class Gold(Struct, frozen=True):
    """A stretch of evidence with its words; `part` counts the parts of the question from 0."""

    part: int
    place: Evidence
    label: str | None
    text: str


class Kept(Struct, frozen=True):
    """A hit as it is kept: where it stands, who speaks there, and the words of it that count."""

    place: Evidence
    labels: tuple[str, ...]
    text: str
    score: float


class Row(Struct, frozen=True, kw_only=True):
    """A question, what came back, and what was measured. `timings` are milliseconds by call and stage.

    `oracle` has what the best of answers could reach, where that is less than all.
    """

    asked: Asked
    gold: tuple[Gold, ...]
    measures: dict[str, float]
    oracle: dict[str, float]
    timings: dict[str, float]
    hits: tuple[Kept, ...] | None
    answer: Answer | None

    @property
    def id(self) -> str:
        return self.asked.id


async def ask(
    target: Target,
    asked: Asked,
    parts: Collection[Part],
    record: Mapping[str, Transcript],
    judge: Judge | None = None,
) -> Row:
    """Put `asked` to `target`. A follow-up is searched for as the answerer understood it. TargetFailed, ModelError."""
    answer: Answer | None = None
    if "answers" in parts or asked.history:
        answer = await target.answer(Question(text=asked.question, filters=asked.filters, history=asked.history))
    found = spelled = None
    if "retrieval" in parts:
        found = await target.search(answer.understood_as if answer else asked.question, asked.filters, DEPTH)
        if asked.spelled_out:
            spelled = await target.search(asked.spelled_out, asked.filters, DEPTH)
    row = _row(asked, answer if "answers" in parts else None, found, spelled, record)
    if judge is None or row.answer is None:
        return row
    verdict = await judge.right(row.answer, asked, [gold.text for gold in row.gold])
    judged = {} if verdict is None else {"judged_right": float(verdict)}
    return structs.replace(row, measures=row.measures | judged)


def _row(
    asked: Asked, answer: Answer | None, found: Found | None, spelled: Found | None, record: Mapping[str, Transcript]
) -> Row:
    measures: dict[str, float] = {}
    oracle: dict[str, float] = {}
    if found is not None:
        measures |= retrieval(found.hits, asked, record)
        oracle |= ranks.oracle(asked, record)
        if spelled is not None:
            measures["as_spelled_out"] = float(_leads_to(found.hits, spelled.hits))
    if answer is not None:
        measures |= citing(answer, asked, record) | answering.answering(answer, asked) | abstaining(answer, asked)
        oracle |= answering.oracle(asked, record)
    return Row(
        asked=asked,
        gold=tuple(_gold(asked, record)),
        measures=measures,
        oracle=oracle,
        timings={f"search {stage}": spent for stage, spent in (found.timings if found else {}).items()}
        | {f"answer {stage}": spent for stage, spent in (answer.timings if answer else {}).items()},
        hits=None if found is None else tuple(map(_kept, found.hits)),
        answer=answer,
    )


_SAME = 5


def _leads_to(found: Sequence[Hit], spelled: Sequence[Hit]) -> bool:
    """Whether the first hit of the spelled-out question is among the first few found; nothing leads to nothing."""
    places = [(hit.transcript_id, hit.start_char) for hit in found[:_SAME]]
    return not places if not spelled else (spelled[0].transcript_id, spelled[0].start_char) in places


def _kept(hit: Hit) -> Kept:
    place = counted(hit).place
    labels = tuple(dict.fromkeys(turn.label or "" for turn in hit.turns))
    return Kept(place, labels, hit.text[: place.end - hit.start_char], hit.score)


def _gold(asked: Asked, record: Mapping[str, Transcript]) -> list[Gold]:
    return [
        Gold(
            at,
            place,
            record[place.transcript].turns[record[place.transcript].turn_at(place.start)].label,
            record[place.transcript].text[place.start : place.end],
        )
        for at, part in enumerate(asked.evidence)
        for place in part
    ]
