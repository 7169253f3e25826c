"""Days that a question names: those of which nothing is stored, those of no calendar, those told from today."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.ingest import ingest
from index.store import open_store
from qa.answer import Answer
from qa.asking import Answerer, Question
from qa.impossible import impossible_days

TRANSCRIPTS = [
    {
        "id": "first",
        "date": "2024-03-04",
        "turns": [
            {"label": "MS. HOLM", "text": "The ferry is late again. The ferry was late yesterday."},
            {"label": "MR. OAKES", "text": "The ferry needs a new engine."},
        ],
    },
    {
        "id": "second",
        "date": "2024-03-07",
        "turns": [{"label": "MS. HOLM", "text": "The ferry is late, and the ferry is full."}],
    },
    {
        "id": "third",
        "date": "2024-03-12",
        "turns": [{"label": "MR. OAKES", "text": "The ferry has its new engine."}],
    },
]

Asked = Callable[..., Answer]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, answerer_of: Callable[[Path], Answerer]) -> Asked:
    """Asks a question of three days in March 2024."""
    folder = tmp_path_factory.mktemp("days")
    for one in TRANSCRIPTS:
        (folder / f"{one['id']}.json").write_text(json.dumps(one))
    ingest(sorted(folder.glob("*.json")), open_store(folder / "data"), TinyEmbedder())
    answerer = answerer_of(folder / "data")
    return lambda text, *speakers: asyncio.run(answerer.answer(Question(text=text, filters=Filters(speakers=speakers))))


def _message(answer: Answer) -> str:
    assert answer.abstention is not None
    assert answer.abstention.reason == "outside_dates"
    return answer.abstention.message


@pytest.mark.parametrize("day", ["on March 5, 2024", "on March 5", "on 2024-03-05"])
def test_a_day_of_which_nothing_is_stored_is_not_answered_from_another(asked: Asked, day: str) -> None:
    answer = asked(f"What was said about the ferry {day}?")
    assert (answer.recognised.since, answer.recognised.until) == ("2024-03-05", "2024-03-05")
    assert _message(answer) == "Nothing in the archive is of 5 March 2024; the nearest: 4 March 2024 and 7 March 2024."


def test_two_days_of_one_month_are_from_the_one_to_the_other(asked: Asked) -> None:
    answer = asked("What was said about the ferry on March 4 and 7, 2024?")
    assert (answer.recognised.since, answer.recognised.until) == ("2024-03-04", "2024-03-07")


def test_the_nearest_days_are_of_whom_the_question_asks_for(asked: Asked) -> None:
    assert _message(asked("What did Oakes say about the ferry on March 5, 2024?")) == (
        "Nothing in the archive is of 5 March 2024; the nearest that the other filters leave: 4 March 2024 and "
        "12 March 2024."
    )
    assert _message(asked("What did Oakes say about the ferry on March 7, 2024?")).startswith(
        "Nothing that is of 7 March 2024 is left by the other filters; the nearest that they leave: 4 March 2024 and "
        "12 March 2024. Only what “Oakes” says was searched, because the question asks for that;"
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("March 32, 2024", "There is no 32 March: that month has 31 days."),
        ("Nov 31, 2021", "There is no 31 November: that month has 30 days."),
        ("February 30", "There is no 30 February: that month has at most 29 days."),
        ("February 29, 2021", "There is no 29 February 2021: that month has 28 days."),
        ("2021-02-30", "There is no 30 February 2021: that month has 28 days."),
        ("the 31st of June", "There is no 31 June: that month has 30 days."),
        ("2021-13-01", "There is no month 13."),
    ],
)
def test_a_day_of_no_calendar_is_said_to_be_none(asked: Asked, day: str, said: str) -> None:
    answer = asked(f"What did Holm say about the ferry on {day}?")
    assert (_message(answer), answer.recognised.since) == (said, None)


@pytest.mark.parametrize("text", ["on February 29, 2024", "on February 29", "in May", "on 2024-02-29", "May 3 and 31"])
def test_a_day_that_there_is_is_none_of_those(text: str) -> None:
    assert impossible_days(text) == ()


@pytest.mark.parametrize("text", ["What did Holm say yesterday about the ferry?", "What did Holm say on Monday?"])
def test_a_day_that_only_the_asker_can_tell_is_left_out_and_that_is_said(asked: Asked, text: str) -> None:
    answer = asked(text)
    assert "yesterday" not in answer.understood_as
    assert "Monday" not in answer.understood_as
    said = " ".join((*answer.notes, answer.abstention.message if answer.abstention else ""))
    assert "was not used, since the archive can't tell which day that is: name the date." in said


def test_a_time_counted_from_the_end_of_the_archive_is_said_to_be(asked: Asked) -> None:
    answer = asked("What did Oakes say about the ferry this month?")
    assert (answer.recognised.since, answer.recognised.until) == ("2024-03-01", "2024-03-31")
    assert answer.notes == (
        "“this month” was taken as March 2024, counted from the last day of the archive, 12 March 2024.",
    )


def test_a_speaker_whom_a_filter_leaves_out_is_named(asked: Asked) -> None:
    answer = asked("What did Oakes say about the ferry?", "Holm")
    assert answer.notes == (
        "The question asks for the words of “Oakes”, but by the filter only what “Holm” says was searched.",
    )
    assert not asked("What did Holm say about the ferry?", "Ms. Holm").notes
