"""What fits into a context: a beginning of what was found, in whole sentences."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import prompts
from prompts import Number, Passage, Sentence, Stretch
from qa.models import Request
from qa.models.budget import fitting, printed


async def characters(text: str) -> int:
    return len(text)


def numbers(passages: list[Passage]) -> list[Number]:
    return [number for passage in passages for number in passage.numbers]


@st.composite
def found(draw: st.DrawFn) -> list[Passage]:
    passages = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        runs = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
        at, stretches = 0, list[Stretch]()
        for run in runs:
            lengths = draw(st.lists(st.integers(1, 80), min_size=run, max_size=run))
            sentences = [Sentence((number, at + place), "x" * length) for place, length in enumerate(lengths, 1)]
            at += run
            stretches.append(Stretch(f"VOICE {len(stretches)}", tuple(sentences)))
        passages.append(Passage(number, "2024-03-03", "A title", tuple(stretches)))
    return passages


@given(found(), st.integers(0, 2000))
def test_a_beginning_of_what_was_found_fits(passages: list[Passage], tokens: int) -> None:
    kept = asyncio.run(fitting(passages, tokens, characters))
    assert sum(len(prompts.passage(one)) for one in kept) <= tokens
    assert numbers(kept) == numbers(passages)[: len(numbers(kept))]
    assert all(stretch.sentences for passage in kept for stretch in passage.stretches)
    if len(kept) > 1:
        assert kept == passages[: len(kept)]


@given(found())
def test_everything_is_kept_where_there_is_room(passages: list[Passage]) -> None:
    assert asyncio.run(fitting(passages, 100_000, characters)) == passages


@given(found())
def test_one_more_sentence_of_the_first_would_not_fit(passages: list[Passage]) -> None:
    for tokens in range(0, 400, 50):
        kept = asyncio.run(fitting(passages[:1], tokens, characters))
        count = len(numbers(kept))
        if passages and count < len(numbers(passages[:1])):
            lines = prompts.passage(passages[0]).splitlines()
            upto = [at for at, line in enumerate(lines) if line.startswith("[")][count]
            assert len("\n".join(lines[: upto + 1])) + 4 > tokens


def test_prints_each_change_of_speaker(asking: Callable[..., Request]) -> None:
    request = asking()
    passages = printed(request.shown)
    assert numbers(passages) == [one.number for passage in request.shown for one in passage.sentences]
    assert {stretch.speaker for passage in passages for stretch in passage.stretches} == {
        "MAYOR QUILL (Ada M. Quill)",
        "ENGINEER BOLT",
        "Q",
        "HARBOUR MASTER RELL",
    }
    for passage in passages:
        speakers = [stretch.speaker for stretch in passage.stretches]
        assert all(one != other for one, other in pairwise(speakers))
