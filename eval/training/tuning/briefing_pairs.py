"""Pairs of a press briefing: a reporter's question, and the passages of the next turn, an official's.

The question stands just before its answer, so its turn is emptied first: else the encoder would
learn to find the question again. The answer may evade; most do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from eval.training.tuning.pairs import Pair
from eval.training.tuning.sources import Source, Stretch, cuts
from index.passages import CountTokens, passages
from index.transcript import Transcript

REPORTER = "Q"
QUESTION = range(10, 91)
"""Words of a question that is taken."""

ANSWER = 30
"""Words that an answer needs."""

COUNTED = 150
"""Words of an answer in whose passages it is looked for."""

BEFORE, AFTER = 2, 4
"""Turns around the answer's that are cut into passages with it."""


def briefing_pairs(source: Source, count: CountTokens) -> Iterator[Pair]:
    """For each question that is asked in full, the first passage of its answer."""
    turns = source.transcript.turns
    for at in range(len(turns) - 1):
        asked, answer = turns[at], turns[at + 1]
        if asked.label != REPORTER or answer.label == REPORTER or "?" not in asked.text:
            continue
        if len(asked.text.split()) not in QUESTION or len(answer.text.split()) < ANSWER:
            continue
        yield from _pair(source, at, count)


def _pair(source: Source, at: int, count: CountTokens) -> Iterator[Pair]:
    turns = source.transcript.turns
    begin = max(0, at - BEFORE)
    around = [structs.replace(turn) for turn in turns[begin : at + AFTER]]
    around[at - begin] = structs.replace(turns[at], text="", marks=())
    near = Transcript(turns=tuple(around))
    answer = Stretch(source.number, at + 1 - begin, at + 1 - begin)
    found = [cut for cut in cuts(passages(near, count), near, source.number) if cut.where.overlaps(answer)]
    # The passage that the answer begins in may hold little of it.
    best = max(found[:2], key=lambda cut: len(set(cut.text.split()) & _first_words(turns[at + 1].text)))
    where = Stretch(source.number, best.where.first + begin, best.where.last + begin)
    gold = (Stretch(source.number, at, at + 1),)
    yield Pair("reporter's question", turns[at].text, structs.replace(best, where=where), gold)


def _first_words(text: str) -> set[str]:
    return set(text.split()[:COUNTED])
