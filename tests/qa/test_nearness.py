"""What is shown beside a question that has no answer speaks of what is asked, or is not shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.answer import Abstention, AbstentionReason
from qa.asking import Answerer, Question
from qa.nearness import is_near

TAMPA = "So, since Tampa won the Stanley Cup, what is President Biden doing?"


@pytest.mark.parametrize(
    ("question", "sentence", "reason", "near"),
    [
        ("Who won the World Cup?", "What shall we do?", "nothing_relevant", False),
        ("Who won the World Cup?", "The world looks at us.", "nothing_relevant", False),
        ("Who won the World Cup?", TAMPA, "nothing_relevant", True),
        ("What did Psaki say about the Beatles?", "What did Psaki say?", "nothing_relevant", False),
        ("What did Psaki say about the Beatles?", "The Beatles were before my time.", "nothing_relevant", True),
        ("What colour will the bridge be painted?", "Nobody put up a sign, so I painted one.", "unsupported", True),
        ("What colour will the bridge be painted?", "The account is not closed.", "unsupported", False),
        ("What did Psaki say?", "We begin.", "nothing_relevant", True),
    ],
)
def test_a_sentence_is_near_that_speaks_of_what_is_asked(
    question: str, sentence: str, reason: AbstentionReason, near: bool
) -> None:
    assert is_near(sentence, question, ("Jen Psaki", "Psaki"), reason) is near


@pytest.fixture
def answerer(archive: Path, answerer_of: Callable[[Path], Answerer]) -> Answerer:
    return answerer_of(archive)


def abstention(answerer: Answerer, question: str) -> Abstention:
    found = asyncio.run(answerer.answer(Question(text=question))).abstention
    assert found
    return found


def test_what_has_nothing_to_do_with_the_question_is_not_shown(answerer: Answerer) -> None:
    assert abstention(answerer, "Who won the World Cup?").nearest == ()


def test_what_speaks_of_it_is_shown(answerer: Answerer) -> None:
    nearest = abstention(answerer, "How old is the bridge over the Wend?").nearest
    assert nearest
    assert all("bridge" in one.quote or "old" in one.quote for one in nearest)
