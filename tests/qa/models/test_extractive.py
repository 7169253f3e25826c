"""The extractive answerer: what is asked of somebody or is to be counted is not answered by what is said of others."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import pytest

from index.embedding import load_embedder
from index.ingest import ingest
from index.search import Search
from index.store import open_store
from qa.answer import Answer
from qa.asking import Answerer, Question
from qa.models import load

TURNS = [
    ("MS. VARLEY", "The bridge will cost 42 million crowns."),
    ("MS. HALLAM", "The cost of the bridge is 51 million crowns."),
    ("MS. HOLM", "Good morning. I think that Dr. Lander resigned on Monday."),
    ("MR. OAKES", "I resigned from the board in May. The exercise took place off Marl and lasted nine days."),
    ("MS. HOLM", "The dogs that the mayor has bit 42 people. The mayor likes those dogs a lot."),
    ("DR. LANDER", "Vaccines against COVID are free for everybody in the county."),
    ("MR. OAKES", "At home there are a cat, a parrot, an old coach in the yard and three dogs, the mayor says."),
]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    """Asks a question of a short briefing."""
    folder = tmp_path_factory.mktemp("extractive")
    turns = [{"label": label, "text": text} for label, text in TURNS]
    (folder / "briefing.json").write_text(json.dumps({"id": "briefing", "date": "2024-02-08", "turns": turns}))
    ingest([folder / "briefing.json"], open_store(folder / "data"), load_embedder())
    answerer = Answerer(Search(open_store(folder / "data"), load_embedder), load("extractive"), "test")
    return lambda text: asyncio.run(answerer.answer(Question(text=text)))


def quotes(answer: Answer) -> list[str]:
    return [one.quote for one in answer.citations]


def test_whether_somebody_did_is_not_told_by_what_another_did(asked: Callable[[str], Answer]) -> None:
    assert asked("Did Holm resign?").abstention is not None
    assert quotes(asked("Did Oakes resign?")) == ["I resigned from the board in May."]


def test_who_said_a_figure_is_not_told_by_another_figure(asked: Callable[[str], Answer]) -> None:
    first = asked("Who said that the bridge would cost 42 million crowns?").citations
    assert [one.quote for one in first] == ["The bridge will cost 42 million crowns."]


def test_digits_in_a_name_are_no_figure_that_was_said(asked: Callable[[str], Answer]) -> None:
    answer = asked("Who said that COVID-19 vaccines are free for everybody?")
    assert quotes(answer) == ["Vaccines against COVID are free for everybody in the county."]


def test_what_is_to_be_counted_must_be_spoken_of(asked: Callable[[str], Answer]) -> None:
    assert asked("How many sailors took part in the exercise off Marl?").abstention is not None
    assert quotes(asked("How many days did the exercise off Marl last?"))[0].endswith("lasted nine days.")


def test_a_number_of_the_very_thing_comes_first(asked: Callable[[str], Answer]) -> None:
    assert (
        quotes(asked("How many dogs does the mayor have?"))[0]
        == "At home there are a cat, a parrot, an old coach in the yard and three dogs, the mayor says."
    )


def test_sentences_that_follow_each_other_come_as_they_were_said(asked: Callable[[str], Answer]) -> None:
    places = [one.start_char for one in asked("Does the mayor like those dogs a lot?").citations]
    assert len(places) > 1
    assert places == sorted(places)
