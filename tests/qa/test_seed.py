"""The real model over a real transcript: the questions to the ministerial, asked of that transcript alone."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import eval
from eval.quality import Asked, questions
from index.embedding import load_embedder
from index.ingest import ingest
from index.search import Search
from index.store import open_store
from qa.asking import Answerer, Question
from qa.models import load

QUESTIONS = Path(eval.__path__[0]) / "questions" / "open.jsonl"
MINISTERIAL = ("Iraq", "ISIS", "Syria", "Stoltenberg")
ASKED = [one for one in questions(QUESTIONS) if any(word in one.question for word in MINISTERIAL)]


@pytest.fixture(scope="module")
def answerer(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("seed") / "archive"
    embedder = load_embedder()
    ingest([data / "seed"], open_store(folder), embedder)
    return Answerer(Search(open_store(folder), lambda: embedder), load("extractive"), "test")


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.id)
def test_the_ministerial_answers_or_declines_as_it_should(answerer: Answerer, asked: Asked) -> None:
    answer = asyncio.run(answerer.answer(Question(text=asked.question, filters=asked.filters)))
    assert asked.right(answer), answer.text or answer.abstention


def test_some_are_answered_and_some_declined() -> None:
    assert {asked.answerable for asked in ASKED} == {True, False}
