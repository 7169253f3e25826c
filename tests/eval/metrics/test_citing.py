"""Citations against evidence, quotes and speakers against the transcript, on values worked out by hand."""

from __future__ import annotations

import pytest

from eval.datasets.dataset import Asked, Evidence
from eval.metrics.citing import citing
from index.filters import Filters
from index.transcript import Transcript
from tests.eval.metrics.conftest import answer, citation, turn


def asked(*parts: tuple[Evidence, ...], speakers: tuple[str, ...] = (), answerable: bool = True) -> Asked:
    return Asked(id="1", question="?", evidence=parts, filters=Filters(speakers=speakers), answerable=answerable)


def test_right_within_the_first_two(record: dict[str, Transcript]) -> None:
    gold = asked((turn(0),))
    late = answer(citation(1, 2), citation(2, 3), citation(3, 0))
    assert citing(late, gold, record)["right@2"] == 0
    early = answer(citation(1, 2), citation(2, 0))
    assert citing(early, gold, record)["right@2"] == 1


def test_precision_is_of_each_sentences_citations(record: dict[str, Transcript]) -> None:
    cited = (citation(1, 0), citation(2, 2))
    said = answer(*cited, sentences=(("It costs 42 million.", (1, 2)), ("It is closed.", (2,)), ("42.", (1,))))
    found = citing(said, asked((turn(0),)), record)
    assert found["citation_precision"] == 2 / 4
    assert found["citation_recall"] == 1


def test_recall_is_of_the_parts_of_the_question(record: dict[str, Transcript]) -> None:
    gold = asked((turn(0), turn(3)), (turn(2),))
    assert citing(answer(citation(1, 3)), gold, record)["citation_recall"] == 1 / 2
    assert citing(answer(citation(1, 3), citation(2, 2)), gold, record)["citation_recall"] == 1


def test_an_abstention_cites_nothing(record: dict[str, Transcript]) -> None:
    assert citing(answer(), asked((turn(0),)), record) == {"right@2": 0, "citation_recall": 0}


def test_of_an_unanswerable_question_only_the_record_is_asked(record: dict[str, Transcript]) -> None:
    found = citing(answer(citation(1, 0)), asked((turn(0),), answerable=False), record)
    assert found == {"exact_quotes": 1, "right_speaker": 1}


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": "The bridge costs 43 million crowns."},
        {"start_char": 1},
        {"transcript_id": "unknown"},
        {"end_char": 40, "quote": "The bridge costs 42 million crowns.\n\nAnd"},
    ],
)
def test_a_quote_that_stands_elsewhere_or_otherwise_is_not_exact(
    record: dict[str, Transcript], changed: dict[str, object]
) -> None:
    found = citing(answer(citation(1, 0, **changed), citation(2, 2)), asked(), record)
    assert found["exact_quotes"] == 1 / 2


@pytest.mark.parametrize("changed", [{"label": "MAYOR SMITH"}, {"speaker": None}, {"name": "Peter Smith"}])
def test_another_speaker_is_not_right(record: dict[str, Transcript], changed: dict[str, object]) -> None:
    found = citing(answer(citation(1, 0, **changed)), asked(), record)
    assert (found["exact_quotes"], found["right_speaker"]) == (1, 0)


@pytest.mark.parametrize(
    ("name", "outside"),
    [
        ("Smith", 0),
        ("anna smith", 0),
        ("Mayor Smith", 0),
        ("MAYOR SMITH", 0),
        ("Peter Smith", 1),
        ("MR. SMITH", 0),
        ("Oakes", 1),
        ("Anna Oakes", 1),
    ],
)
def test_a_first_name_tells_people_with_one_surname_apart(
    record: dict[str, Transcript], name: str, outside: int
) -> None:
    found = citing(answer(citation(1, 2)), asked(speakers=(name,)), record)
    assert found["outside_filter"] == outside


def test_who_speaks_is_looked_up_not_believed(record: dict[str, Transcript]) -> None:
    lying = citation(1, 0, label="MAYOR SMITH", speaker="MAYOR SMITH", name="Anna Smith")
    assert citing(answer(lying), asked(speakers=("Anna Smith",)), record)["outside_filter"] == 1
    assert citing(answer(), asked(speakers=("Anna Smith",)), record) == {"outside_filter": 0}
    nobody = citation(1, 1)
    assert citing(answer(nobody), asked(speakers=("Anna Smith",)), record)["outside_filter"] == 1
