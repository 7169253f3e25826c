"""Who is not known by a full name, but may be by the surname alone."""

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
from qa.answer import Abstention
from qa.asking import Answerer, Question

BRIEFING = {
    "id": "briefing",
    "speakers": [{"label": "MS. PSAKI", "name": "Jen Psaki"}],
    "turns": [
        {"label": "MS. PSAKI", "text": "Thank you all for coming."},
        {"label": "DR. WALENSKY", "text": "Masks remain in use in hospitals."},
        {"label": "MR. VAN DER BEEK", "text": "The hospitals are full."},
        {"label": "DR. VAN DER BEEK", "text": "They are not."},
    ],
}


Asked = Callable[..., Abstention]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, answerer_of: Callable[[Path], Answerer]) -> Asked:
    """Asks a question of the briefing that is not answered."""
    folder = tmp_path_factory.mktemp("namesakes")
    (folder / "briefing.json").write_text(json.dumps(BRIEFING))
    ingest([folder / "briefing.json"], open_store(folder / "data"), TinyEmbedder())
    answerer = answerer_of(folder / "data")

    def ask(text: str, *speakers: str) -> Abstention:
        answer = asyncio.run(answerer.answer(Question(text=text, filters=Filters(speakers=speakers))))
        assert answer.abstention is not None
        assert answer.abstention.reason == "speaker_unknown"
        return answer.abstention

    return ask


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "Rochelle Walensky",
            " The record has DR. WALENSKY, and no first name for that voice; ask for “Walensky”.",
        ),
        ("Dr. Rochelle Walensky, Jr.", "; ask for “Walensky”."),
        (
            "Jan van der Beek",
            " The record has MR. VAN DER BEEK and DR. VAN DER BEEK, and no first name for these voices; "
            "ask for “van der Beek”.",
        ),
        ("Peter Psaki", " Of that surname it has MS. PSAKI (Jen Psaki)."),
        ("Angela Merkel", "speaks in the archive."),
        ("?!", "speaks in the archive."),
    ],
)
def test_who_of_that_surname_speaks_is_said(asked: Asked, name: str, said: str) -> None:
    message = asked("What about masks?", name).message
    assert message.startswith(f"Nobody called “{name}” speaks in the archive.")
    assert message.endswith(said)


def test_it_is_said_of_each_and_of_one_whom_the_question_names(asked: Asked) -> None:
    message = asked("What about masks?", "Rochelle Walensky", "Peter Psaki").message
    assert "ask for “Walensky”" in message
    assert "MS. PSAKI (Jen Psaki)" in message
    assert "ask for “Walensky”" in asked("What did Rochelle Walensky say about masks?").message


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Pskai", "MS. PSAKI (Jen Psaki)"),
        ("Ms. Saki", "MS. PSAKI (Jen Psaki)"),
        ("Jen Pskai", "MS. PSAKI (Jen Psaki)"),
        ("Dr. Walenski", "DR. WALENSKY"),
        ("walenski", "DR. WALENSKY"),
    ],
)
def test_a_name_that_is_spelt_otherwise_is_nobodys_and_the_nearest_are_named(
    asked: Asked, name: str, nearest: str
) -> None:
    abstention = asked(f"What did {name} say about masks in hospitals?")
    assert abstention.message.endswith(f" speaks in the archive. The nearest names it has: {nearest}.")


def test_a_word_of_the_record_is_no_misspelt_name(tmp_path: Path, answerer_of: Callable[[Path], Answerer]) -> None:
    turns = [{"label": "MR. LARCH", "text": "March said that the roads are closed."}]
    (tmp_path / "roads.json").write_text(json.dumps({"id": "roads", "turns": turns}))
    ingest([tmp_path / "roads.json"], open_store(tmp_path / "data"), TinyEmbedder())
    answer = asyncio.run(answerer_of(tmp_path / "data").answer(Question(text="What did March say about the roads?")))
    assert answer.recognised.speakers == ()
    assert [one.quote for one in answer.citations] == ["March said that the roads are closed."]


def test_of_very_many_a_few_are_named(asked: Asked) -> None:
    message = asked("What about masks?", "Peter Psaki", *(f"Nobody Known{number}" for number in range(9_999))).message
    assert message == (
        "Nobody called “Peter Psaki” or “Nobody Known0” or “Nobody Known1” or “Nobody Known2” or 9,996 more speaks in "
        "the archive. Of that surname it has MS. PSAKI (Jen Psaki)."
    )
