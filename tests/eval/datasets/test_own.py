"""A set of one's own: what is read from its file, and how each mistake in it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets import DatasetError, UnknownDataset, load
from eval.datasets.dataset import Asked, Dataset
from index.filters import Filters
from qa.question import Exchange

HEARING = """Hearing on the Kestrel Bridge

6 February 2024

CHAIR BRANDT: The hearing is open. What does the bridge cost?

MR. OAKES: The bridge costs 42 million crowns. It costs “not a crown” more.

CHAIR BRANDT: Thank you. The bridge costs a lot.

MR. OAKES: We close it for ten weeks (laughter) in the summer.
"""
PODCAST = {
    "id": "ferry",
    "date": "2024-10-02",
    "turns": [
        {"label": "HOST", "text": "Who pays?"},
        {"label": "GUEST", "text": ""},
        {"text": "Visitors pay three crowns."},
    ],
}

OAKES = [{"transcript": "hearing", "quote": "42 million crowns"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    transcripts = tmp_path / "set" / "transcripts"
    (transcripts / "radio").mkdir(parents=True)
    (transcripts / "hearing.txt").write_text(HEARING)
    (transcripts / "radio" / "episode.json").write_text(json.dumps(PODCAST))
    (transcripts / "LICENSE").write_text("All of this may be used by anybody.")
    return tmp_path / "set"


def written(folder: Path, *questions: dict[str, Any] | str) -> Dataset:
    lines = [one if isinstance(one, str) else json.dumps(one) for one in questions]
    (folder / "questions.jsonl").write_text("\n".join(lines))
    return load("own", folder)


def asked(folder: Path, **question: Any) -> Asked:
    (one,) = written(folder, {"question": "What does it cost?", **question}).asked
    return one


def told(folder: Path, **question: Any) -> str:
    """How a mistake on the second line is told; it has to name that line."""
    with pytest.raises(DatasetError) as caught:
        written(folder, {"question": "Who chairs it?"}, {"question": "What does it cost?", **question})
    where = f"{folder / 'questions.jsonl'}, line 2: "
    assert str(caught.value).startswith(where)
    return str(caught.value).removeprefix(where)


def shown(folder: Path, *evidence: dict[str, Any]) -> list[list[str]]:
    """The words of each stretch, by part."""
    one = asked(folder, evidence=evidence)
    texts = {transcript.id: transcript.text for transcript in load("own", folder).transcripts}
    return [[texts[stretch.transcript][stretch.start : stretch.end] for stretch in part] for part in one.evidence]


def test_every_field_arrives(folder: Path) -> None:
    one = asked(
        folder,
        id="cost",
        answers=["42 million", "42,000,000"],
        answerable=True,
        filters={"transcripts": ["hearing"], "speakers": ["Oakes"], "since": "2024-02-01", "until": "2024-02-28"},
        history=[{"question": "What was heard?", "answer": "The bridge."}],
        spelled_out="What does the bridge cost?",
        kind="how_much",
        note="seen",
        why="",
        group="a",
        lang="en",
        near=[],
        evidence=[{"transcript": "hearing", "turns": [1, 1]}],
    )
    assert one.filters == Filters(("hearing.txt",), ("Oakes",), (), "2024-02-01", "2024-02-28")
    assert (one.id, one.answers, one.answerable) == ("cost", ("42 million", "42,000,000"), True)
    assert one.history == (Exchange("What was heard?", "The bridge."),)
    assert (one.spelled_out, one.kind, one.trap) == ("What does the bridge cost?", "how_much", None)


def test_transcripts_have_the_ids_that_ingest_gives_and_what_is_none_is_passed_over(folder: Path) -> None:
    dataset = written(folder, {"question": "Who pays?"})
    assert dataset.name == "set"
    assert [one.id for one in dataset.transcripts] == ["hearing.txt", "ferry"]


@pytest.mark.parametrize("name", ["ferry", "radio/episode.json", "episode.json", "radio/episode", "episode"])
def test_a_transcript_is_called_by_id_or_by_file(folder: Path, name: str) -> None:
    assert shown(folder, {"transcript": name, "turns": [0, 2]}) == [["Who pays?\n\n\n\nVisitors pay three crowns."]]


def test_evidence_by_turns_characters_and_quote(folder: Path) -> None:
    quote = {"transcript": "hearing", "quote": 'It costs "not a crown" more'}
    assert shown(folder, quote) == [["It costs “not a crown” more"]]
    assert shown(folder, {"transcript": "ferry", "start": 4, "end": 8}) == [["pays"]]
    assert shown(folder, {"transcript": "hearing", "quote": "ten weeks in the summer"}) == [
        ["ten weeks (laughter) in the summer"]
    ]


def test_parts_are_kept_apart_and_what_has_none_is_one(folder: Path) -> None:
    cost, closed = ({"transcript": "hearing", "quote": words} for words in ("42 million crowns", "We close it"))
    assert shown(folder, cost, closed) == [["42 million crowns", "We close it"]]
    assert shown(folder, cost | {"part": 1}, closed | {"part": 2}) == [["42 million crowns"], ["We close it"]]
    assert "give every one its part" in told(folder, evidence=[cost | {"part": 1}, closed])


def test_a_label_or_the_exact_words_tell_two_places_apart(folder: Path) -> None:
    assert "stands 2 times in hearing; quote more" in told(
        folder, evidence=[{"transcript": "hearing", "quote": "the bridge costs"}]
    )
    chair = {"transcript": "hearing", "quote": "The bridge costs", "label": "CHAIR BRANDT"}
    (((found,),),) = [asked(folder, evidence=[chair]).evidence]
    hearing = load("own", folder).transcripts[0]
    assert hearing.turns[hearing.turn_at(found.start)].text.startswith("Thank you.")
    assert shown(folder, {"transcript": "hearing", "quote": "What does the bridge cost?"}) == [
        ["What does the bridge cost?"]
    ]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ({"evidence": [{"transcript": "hearing", "quote": "It costs nothing"}]}, "stands in no turn in hearing"),
        ({"evidence": [{"transcript": "hearing", "quote": "the hearing is open. The bridge"}]}, "stands in no turn"),
        (
            {"evidence": [{"transcript": "hearing", "quote": "We close it", "label": "OAKES"}]},
            "under 'MR. OAKES', not 'OAKES'",
        ),
        ({"evidence": [{"transcript": "hearings", "turns": [0, 0]}]}, "evidence[0]: no transcript in "),
        ({"evidence": [{"transcript": "hearing", "turns": [3, 4]}]}, "hearing.txt has turns 0 to 3"),
        ({"evidence": [{"transcript": "hearing", "turns": [2, 1]}]}, "hearing.txt has turns 0 to 3"),
        ({"evidence": [{"transcript": "hearing", "start": 3, "end": 3}]}, "hearing has characters 0 to "),
        ({"evidence": [{"transcript": "hearing", "start": 3}]}, "hearing has characters 0 to "),
        ({"evidence": [{"transcript": "hearing"}]}, "give one of `quote`, `turns`, or `start` and `end`"),
        ({"evidence": [{"transcript": "hearing", "turns": [0, 0], "label": "Q"}]}, "`label` goes with `quote` alone"),
        ({"evidence": OAKES, "filters": {"transcripts": ["ferry"]}}, "leave it out, by their `transcripts`"),
        ({"evidence": OAKES, "filters": {"collections": ["council"]}}, "leave it out, by their `collections`"),
        ({"evidence": OAKES, "filters": {"since": "2024-02-07"}}, "leave it out, by their `since`"),
        ({"evidence": OAKES, "filters": {"until": "2024-02-05"}}, "leave it out, by their `until`"),
        ({"evidence": OAKES, "filters": {"speakers": ["Brandt"]}}, "leave it out, by their `speakers`"),
        ({"filters": {"since": "2024-2-6"}}, "filters.since: '2024-2-6' is no day; write it as YYYY-MM-DD"),
        ({"filters": {"transcripts": ["ferries"]}}, "filters.transcripts: no transcript in "),
        ({"answerable": False, "answers": ["42"]}, "answerable: false, and yet"),
        ({"corrects": [{"transcript": "hearing", "turns": [0, 0]}]}, "corrects: only for a question with"),
        ({"question": " "}, "question: it is empty"),
        ({"question": 4}, "Expected `str`, got `int`"),
    ],
)
def test_a_mistake_is_told_with_its_place(folder: Path, question: dict[str, Any], reason: str) -> None:
    assert reason in told(folder, **question)


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ({"answer": "42"}, "question, id, answers, evidence"),
        ({"filters": {"speaker": "Oakes"}}, "transcripts, speakers, collections, since, until"),
        ({"history": [{"question": "a", "answer": "b", "when": 3}]}, "known are: question, answer"),
        ({"evidence": [{"transcript": "hearing", "page": 3}]}, "transcript, turns, start, end, quote, label, part"),
        ({"corrects": [{"transcript": "hearing", "page": 3}]}, "transcript, turns, start, end, quote, label, part"),
    ],
)
def test_an_unknown_field_is_no_field_and_the_known_are_listed(
    folder: Path, question: dict[str, Any], known: str
) -> None:
    assert known in told(folder, **question)


def test_whether_it_can_be_answered_follows_from_answers_and_is_unknown_without(folder: Path) -> None:
    assert asked(folder).answerable is None
    assert asked(folder, answerable=False).answerable is False
    assert asked(folder, answers=["42"]).answerable is True
    assert asked(folder, evidence=[{"transcript": "hearing", "turns": [0, 0]}]).answerable is True


def test_a_question_without_an_id_keeps_the_one_it_gets(folder: Path) -> None:
    before = asked(folder).id
    first, second = written(folder, {"question": "Who pays?"}, {"question": "What does it cost?", "kind": "cost"}).asked
    assert second.id == before != first.id


def test_the_same_question_or_id_twice_names_both_lines(folder: Path) -> None:
    assert "line 1 is this question, or has its id" in told(folder, question="Who chairs it?")


def test_a_mark_that_some_editors_put_before_a_file_is_no_mistake(folder: Path) -> None:
    assert [one.question for one in written(folder, '\ufeff{"question": "Who pays?"}').asked] == ["Who pays?"]


def test_a_line_that_is_no_json(folder: Path) -> None:
    with pytest.raises(DatasetError, match=r"line 3: JSON is malformed"):
        written(folder, {"question": "Who pays?"}, "", "{'question': 1}")


def test_what_is_missing_is_named(folder: Path) -> None:
    with pytest.raises(DatasetError, match="`onrecord eval new DIR` starts a set"):
        load("own", folder)
    with pytest.raises(DatasetError, match="no question in it"):
        written(folder)
    with pytest.raises(DatasetError, match=r"nowhere.transcripts: there is no such folder"):
        load("own", folder / "nowhere")
    (folder / "empty" / "transcripts").mkdir(parents=True)
    with pytest.raises(DatasetError, match="there is no transcript in it"):
        load("own", folder / "empty")


def test_transcripts_that_say_the_same_are_one_and_go_by_either_name(folder: Path) -> None:
    (folder / "transcripts" / "radio" / "hearing-again.txt").write_text(HEARING)
    evidence = [{"transcript": name, "turns": [0, 0]} for name in ("hearing", "hearing-again")]
    one = asked(folder, evidence=evidence)
    assert {stretch.transcript for part in one.evidence for stretch in part} == {"hearing.txt"}
    assert [one.id for one in load("own", folder).transcripts] == ["hearing.txt", "ferry"]


def test_a_name_that_several_bear_and_an_id_that_two_have_are_refused(folder: Path) -> None:
    (folder / "transcripts" / "radio" / "hearing.txt").write_text(HEARING.replace("42", "51"))
    assert "'hearing' is the name of several: hearing.txt, radio/hearing.txt" in told(
        folder, evidence=[{"transcript": "hearing", "turns": [0, 0]}]
    )
    (folder / "transcripts" / "other.json").write_text(json.dumps({"id": "ferry", "turns": [{"text": "No."}]}))
    with pytest.raises(DatasetError, match="another file has its id, 'ferry'"):
        load("own", folder)


def test_a_file_that_cannot_be_read_is_an_error(folder: Path) -> None:
    (folder / "transcripts" / "broken.json").write_text('{"turns": [')
    with pytest.raises(DatasetError, match=r"broken\.json: .*mend it or take it out"):
        written(folder, {"question": "Who pays?"})


def test_an_unknown_dataset_lists_the_known() -> None:
    with pytest.raises(UnknownDataset, match=r"no dataset is called 'squad'; there are: own, samples, "):
        load("squad", Path())
