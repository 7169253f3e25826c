"""What is said beside an answer, or in an abstention, of how its question was searched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.ingest import ingest
from index.store import open_store
from qa.asking import Answerer, Question

AnswererOf = Callable[[Path], Answerer]


@pytest.fixture
def answerer(archive: Path, answerer_of: AnswererOf) -> Answerer:
    return answerer_of(archive)


def test_a_question_in_another_language_is_said_to_be_searched_badly(answerer: Answerer) -> None:
    answer = asyncio.run(answerer.answer(Question(text="Was hat Angela Merkel über Zwiebeln gesagt?")))
    assert answer.abstention is not None
    assert "The question is not in English, and the transcripts are" in answer.abstention.message
    assert answer.notes == ()


def test_it_is_said_beside_an_answer_too_which_is_the_records_own_words(answerer: Answerer) -> None:
    answer = asyncio.run(answerer.answer(Question(text="Wie lange ist die Brücke über den Wend gesperrt?")))
    assert answer.status == "answered"
    assert {one.kind for one in answer.sentences} == {"quote"}
    assert answer.notes[0].startswith("The question is not in English")


def test_nothing_is_said_where_question_and_transcripts_are_of_one_language(
    answerer: Answerer, tmp_path: Path, answerer_of: AnswererOf
) -> None:
    assert asyncio.run(answerer.answer(Question(text="How much do the repairs of the bridge cost?"))).notes == ()
    (tmp_path / "stadt.md").write_text("---\nlanguage: de\n---\n\nSOLMS: Die Brücke ist seit dem 3. Mai gesperrt.\n")
    ingest([tmp_path / "stadt.md"], open_store(tmp_path / "data"), TinyEmbedder())
    german = asyncio.run(answerer_of(tmp_path / "data").answer(Question(text="Seit wann ist die Brücke gesperrt?")))
    assert german.notes == ()
    assert german.abstention is None or "not in English" not in german.abstention.message


def test_of_several_who_are_asked_for_those_who_never_speak_are_named(answerer: Answerer) -> None:
    asked = Question(text="How many piers are cracked?", filters=Filters(speakers=("Bolt", "Quil")))
    answer = asyncio.run(answerer.answer(asked))
    assert {one.label for one in answer.citations} == {"ENGINEER BOLT"}
    assert answer.notes == (
        "Nobody called “Quil” speaks in the archive. The nearest names it has: MAYOR QUILL (Ada M. Quill).",
    )
