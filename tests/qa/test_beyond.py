"""Times that a question names and the archive does not reach are never answered from another time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.store import open_store
from qa.answer import Answer
from qa.asking import Answerer, Question

TRANSCRIPTS = [
    {
        "id": "spring",
        "date": "2021-03-02",
        "turns": [
            {"label": "MS. HOLM", "text": "The debt ceiling fight will be over soon. The debt ceiling is 28 million."},
            {"label": "MR. OAKES", "text": "We have an emissions target for 2030. The emissions target is 40 percent."},
            {"label": "MS. HOLM", "text": "Next year the fair budget is 3 million crowns. The deal with Marl holds."},
        ],
    },
    {
        "id": "autumn",
        "date": "2021-10-09",
        "turns": [
            {
                "label": "MS. HOLM",
                "text": "The harbour budget was 5 million crowns. The masks stay on. In October they will go.",
            }
        ],
    },
]

Asked = Callable[[str], Answer]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, answerer_of: Callable[[Path], Answerer]) -> Asked:
    """Asks a question of an archive of March to October 2021."""
    folder = tmp_path_factory.mktemp("beyond")
    for one in TRANSCRIPTS:
        (folder / f"{one['id']}.json").write_text(json.dumps(one))
    ingest(sorted(folder.glob("*.json")), open_store(folder / "data"), TinyEmbedder())
    answerer = answerer_of(folder / "data")
    return lambda text: asyncio.run(answerer.answer(Question(text=text)))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("What did Holm say about the 2023 debt ceiling fight?", "2023"),
        ("What did Holm say about the debt ceiling fight in August 2022?", "August 2022"),
        ("How much was the harbour budget of 2019?", "2019"),
        ("What did Holm say about the masks in October 2022?", "October 2022"),
    ],
)
def test_a_time_that_nothing_speaks_of_is_outside_the_dates(asked: Asked, text: str, time: str) -> None:
    answer = asked(text)
    assert answer.abstention is not None
    assert answer.abstention.reason == "outside_dates"
    assert f"run from 2021-03-02 to 2021-10-09, and nothing found in them speaks of {time}." in (
        answer.abstention.message
    )


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("What is the emissions target for 2030?", "We have an emissions target for 2030."),
        ("What is the fair budget in 2022?", "Next year the fair budget is 3 million crowns."),
        ("What did Holm say about the 2015 deal with Marl?", "The deal with Marl holds."),
        ("How much was the harbour budget of 2021?", "The harbour budget was 5 million crowns."),
    ],
)
def test_a_time_that_is_spoken_of_is_answered(asked: Asked, text: str, quote: str) -> None:
    assert quote in {one.quote for one in asked(text).citations}
