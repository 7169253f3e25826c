"""A figure of a month that a question names is never answered with that of another."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.store import Summary, open_store
from qa.asking import Answerer, Question
from qa.question import understand

TRANSCRIPTS = {
    "2024-01-10": "The yard made 31 boats, the yard tells us.",
    "2024-03-05": "The yard made 52 boats, as was told today. The yard made 47 boats in January. "
    "The yard made 40 boats last month.",
    "2024-04-02": "The yard made 64 boats.",
    "2024-09-20": "The yard made 75 boats. In February the yard lost a crane. The yard had made 40 boats by then.",
    "2024-10-04": "The yard made 82 boats in May.",
}

_OF_THE_YEAR = Summary(
    id="year", title=None, date="2024-05-01", collection=None, source=None, media=None, language=None, turns=1, words=1,
    speakers=(),
)  # fmt: skip

Answered = Callable[[str], tuple[str, ...]]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory, answerer_of: Callable[[Path], Answerer]) -> Answered:
    """What is quoted in answer to a question of an archive of January to October 2024."""
    folder = tmp_path_factory.mktemp("fact-time")
    for day, text in TRANSCRIPTS.items():
        one = {"id": day, "date": day, "turns": [{"label": "MS. HOLM", "text": text}]}
        (folder / f"{day}.json").write_text(json.dumps(one))
    ingest(sorted(folder.glob("*.json")), open_store(folder / "data"), TinyEmbedder())
    answerer = answerer_of(folder / "data")

    def quoted(text: str) -> tuple[str, ...]:
        answer = asyncio.run(answerer.answer(Question(text=text)))
        return tuple(one.quote for one in answer.citations)

    return quoted


def test_a_figure_of_another_month_or_told_before_or_long_after_is_none(answered: Answered) -> None:
    quotes = " ".join(answered("How many boats did the yard make in February 2024?"))
    assert quotes
    for other in ("31", "47", "75", "82"):
        assert other not in quotes


def test_one_that_names_its_month_is_found_however_late(answered: Answered) -> None:
    assert answered("How many boats did the yard make in May 2024?") == ("The yard made 82 boats in May.",)


def test_a_figure_of_a_month_is_none_of_the_year(answered: Answered) -> None:
    quotes = answered("How many boats did the yard make in 2024?")
    assert quotes
    assert not {"The yard made 47 boats in January.", "The yard made 82 boats in May."}.intersection(quotes)
    assert "The yard made 40 boats last month." not in quotes


def test_that_a_time_was_taken_for_that_of_the_fact_is_said() -> None:
    asked = understand("How many boats did the yard make in May 2024?", (), [_OF_THE_YEAR])
    assert asked.fact_time == "May 2024"
    assert asked.notes == (
        "“May 2024” was taken for the time of what is asked about, not for when it was said: only what names it, or "
        "was said from then to 1 August 2024, was searched.",
    )
    assert understand("How many boats were made before May 2024?", (), [_OF_THE_YEAR]).fact_time is None


def test_without_a_month_all_of_them_may_answer(answered: Answered) -> None:
    assert len(answered("How many boats did the yard make?")) > 1


def test_where_nothing_is_of_that_month_that_is_said(answered: Answered) -> None:
    assert not answered("How many boats did the yard make in June 2024?")
