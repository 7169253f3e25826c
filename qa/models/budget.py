"""The budget: how much of what was found fits into a model's context.

In: the passages with their sentences, and the tokens there are. Out: those that fit. Whole
passages are dropped from the tail, where the ranking is least sure; where not even the first
fits, whole sentences from its tail. No sentence is ever cut.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from msgspec import structs

import prompts
from prompts import Passage, Sentence, Stretch
from qa.shown import ShownPassage

Count = Callable[[str], Awaitable[int]]
"""The tokens of a text."""


def printed(shown: Sequence[ShownPassage]) -> list[Passage]:
    """`shown` as a prompt prints it; passages without a sentence that may be cited are left out."""
    return [
        Passage(one.number, one.transcript.date, one.transcript.title, tuple(_stretches(one)))
        for one in shown
        if one.sentences
    ]


async def fitting(passages: Sequence[Passage], tokens: int, count: Count) -> list[Passage]:
    """The first of `passages` that take no more than `tokens` together; none where not even a sentence fits."""
    kept: list[Passage] = []
    for passage in passages:
        tokens -= await _cost(passage, count)
        if tokens < 0:
            break
        kept.append(passage)
    if kept or not passages:
        return kept
    return await _beginning(passages[0], tokens + await _cost(passages[0], count), count)


async def _beginning(passage: Passage, tokens: int, count: Count) -> list[Passage]:
    """The longest beginning of `passage` that fits, found by halving."""
    fits, fails = 0, len(passage.numbers)
    while fails - fits > 1:
        middle = (fits + fails) // 2
        if await _cost(_first(passage, middle), count) <= tokens:
            fits = middle
        else:
            fails = middle
    return [_first(passage, fits)] if fits else []


async def _cost(passage: Passage, count: Count) -> int:
    return await count(prompts.passage(passage)) + _BETWEEN


def _first(passage: Passage, sentences: int) -> Passage:
    """`passage` with its first `sentences` alone."""
    stretches: list[Stretch] = []
    for stretch in passage.stretches:
        if sentences > 0:
            stretches.append(Stretch(stretch.speaker, stretch.sentences[:sentences]))
        sentences -= len(stretch.sentences)
    return structs.replace(passage, stretches=tuple(stretches))


def _stretches(shown: ShownPassage) -> list[Stretch]:
    """A stretch for each run of sentences under one label."""
    stretches: list[Stretch] = []
    for sentence in shown.sentences:
        label = shown.turn_of(sentence).label
        name = shown.transcript.names.get(label) if label else None
        speaker = f"{label} ({name})" if name and name != label else label
        one = Sentence(sentence.number, sentence.text)
        if stretches and stretches[-1].speaker == speaker:
            stretches[-1] = Stretch(speaker, (*stretches[-1].sentences, one))
        else:
            stretches.append(Stretch(speaker, (one,)))
    return stretches


_BETWEEN = 4
"""Tokens of the empty line between two passages, and what a tokenizer adds where texts are counted apart."""
