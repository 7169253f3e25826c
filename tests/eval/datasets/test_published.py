"""The published datasets: small ones in the form of the files as published, and, where they are, the real ones."""

from __future__ import annotations

import functools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.datasets import DATASETS, DatasetError, load
from eval.datasets.dataset import Asked, Dataset
from index.filters import Filters


def jsonl(path: Path, *lines: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


real = functools.cache(load)
"""The real ones, read once."""


def documented(name: str) -> str:
    """The row of a dataset in the docs."""
    docs = (Path(__file__).resolve().parents[3] / "docs" / "datasets.md").read_text("utf-8")
    return next(line for line in docs.splitlines() if line.startswith(f"| `{name}` |"))


def evidence(dataset: Dataset, asked: Asked) -> list[str]:
    """The words of every stretch."""
    texts = {one.id: one.text for one in dataset.transcripts}
    return [texts[one.transcript][one.start : one.end] for part in asked.evidence for one in part]


def meeting(*spans: list[str]) -> dict[str, Any]:
    spoken = [("PM", "{vocalsound} Okay ."), ("ID", "Blue , I think ."), ("ME", "{disfmarker}"), ("PM", "Fine .")]
    return {
        "topic_list": [],
        "general_query_list": [{"query": "Summarize the whole meeting", "answer": "Colours."}],
        "specific_query_list": [
            {"query": "What did ID think of the colour?", "answer": "Blue.", "relevant_text_span": list(spans)}
        ],
        "meeting_transcripts": [{"speaker": speaker, "content": content} for speaker, content in spoken],
    }


def test_a_query_of_qmsum_is_asked_of_its_meeting_and_its_turns_are_inclusive(tmp_path: Path) -> None:
    (tmp_path / "val").mkdir()
    (tmp_path / "val" / "ES2004a.json").write_text(json.dumps(meeting(["0", "1"], ["3", "3"])))
    dataset = load("qmsum-val", tmp_path)
    (transcript,), (asked,) = dataset.transcripts, dataset.asked
    assert (dataset.name, transcript.id) == ("qmsum-val", "ES2004a")
    assert [(turn.label, turn.text) for turn in transcript.turns][:3] == [
        ("PM", "Okay ."),
        ("ID", "Blue , I think ."),
        ("ME", ""),
    ]
    assert (asked.id, asked.filters, asked.kind) == ("ES2004a.1", Filters(transcripts=("ES2004a",)), "product")
    assert (asked.question, asked.answers) == ("What did ID think of the colour?", ("Blue.",))
    assert len(asked.evidence) == 1
    assert evidence(dataset, asked) == ["Okay .\n\nBlue , I think .", "Fine ."]


def test_spans_that_no_meeting_has_are_refused(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "train" / "Bed001.json").write_text(json.dumps(meeting(["3", "4"])))
    with pytest.raises(DatasetError, match=r"Bed001\.json: query 1: turns 3 to 4"):
        load("qmsum-train", tmp_path)
    with pytest.raises(DatasetError, match="no meeting"):
        load("qmsum-val", tmp_path)


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    (tmp_path / "transcripts").mkdir()
    for id, turns in {
        "debate": [("CLINTON", "Good evening."), ("CLINTON", "Wages have not risen."), ("TRUMP", "He said no.")],
        "rally": [("TRUMP", "No raise for you,"), ("TRUMP", "for eighteen years!")],
    }.items():
        document = {"id": id, "turns": [{"speaker": label, "text": text} for label, text in turns]}
        (tmp_path / "transcripts" / f"{id}.json").write_text(json.dumps(document))

    def claim(qid: str, tid: str, spoken: str, reported: str, *turns: list[int]) -> dict[str, Any]:
        return {
            "qid": qid,
            "tid": tid,
            "question": spoken,
            "alt_query_title": "Wa",
            "alt_query_statement": reported,
            "speaker": "X",
            "truth": "TRUE",
            "answers": [f"what {qid} says"],
            "gold_turns": list(turns),
            "answerable": True,
        }

    jsonl(
        tmp_path / "questions.jsonl",
        claim("debate.c0", "debate", "Wages haven't risen.", "Wages stood still", [1, 1]),
        claim("rally.c1", "rally", "wages haven’t risen", "No raise in 18 years", [0, 1]),
        claim("debate.c2", "debate", "He said no.", "Wages stood still", [2, 2]),
    )
    return tmp_path


def test_equal_claims_as_spoken_are_one_with_the_turns_of_all(claims: Path) -> None:
    dataset = load("claims-as-spoken", claims)
    assert [one.question for one in dataset.asked] == ["Wages haven't risen.", "He said no."]
    raised, said = dataset.asked
    assert (raised.id, raised.filters.none, len(raised.evidence)) == ("debate.c0", True, 1)
    assert evidence(dataset, raised) == ["Wages have not risen.", "No raise for you,\n\nfor eighteen years!"]
    assert raised.answers == ("what debate.c0 says", "what rally.c1 says")
    assert evidence(dataset, said) == ["He said no."]


def test_as_reported_a_wording_has_the_turns_of_all_claims_it_stands_for(claims: Path) -> None:
    dataset = load("claims-as-reported", claims)
    assert {one.question: evidence(dataset, one) for one in dataset.asked} == {
        "Wages stood still": ["Wages have not risen.", "No raise for you,\n\nfor eighteen years!", "He said no."],
        "No raise in 18 years": ["Wages have not risen.", "No raise for you,\n\nfor eighteen years!"],
    }


def test_a_claim_in_a_turn_that_is_not_there_is_refused(claims: Path) -> None:
    (claims / "transcripts" / "rally.json").write_text('{"id": "rally", "turns": [{"text": "No."}]}')
    with pytest.raises(DatasetError, match=r"rally\.c1: turns 0 to 1: rally has turns 0 to 0"):
        load("claims-as-spoken", claims)


def test_a_question_to_a_meeting_has_its_answers_and_no_place(tmp_path: Path) -> None:
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "transcripts" / "m1.json").write_text('{"id": "m1", "turns": [{"speaker": "PERSON6", "text": "Hi."}]}')
    row = {"qid": "m1.1", "tid": "m1", "question": "Who chairs?", "answers": ["[PERSON6]"], "qtype": "who"}
    jsonl(tmp_path / "questions.jsonl", row)
    (asked,) = load("meetings", tmp_path).asked
    assert (asked.answers, asked.evidence, asked.answerable) == (("[PERSON6]",), (), True)
    assert (asked.filters, asked.kind) == (Filters(transcripts=("m1",)), "who")
    jsonl(tmp_path / "questions.jsonl", row, row | {"tid": "m2"})
    with pytest.raises(DatasetError, match=r"questions\.jsonl: m1\.1: no transcript"):
        load("meetings", tmp_path)
    jsonl(tmp_path / "questions.jsonl", row, {"qid": "m1.2"})
    with pytest.raises(DatasetError, match=r"questions\.jsonl, line 2: .*missing required field"):
        load("meetings", tmp_path)


BRIEFING = """---
title: Press Briefing
date: '2022-02-01'
---

MS. PSAKI:  Good afternoon.

Q    Thank you, Jen.  Will the bill pass
this month?

MS. PSAKI:  We hope so.  (Laughter.)

It is up to Congress.

Q    And the other one?

MS. PSAKI:  That one too.
"""


@pytest.fixture
def briefings(tmp_path: Path) -> Path:
    (tmp_path / "2022").mkdir()
    for name in ("2022-02-01-briefing", "2022-02-01-briefing-2", "2022-02-02-nothing-asked"):
        text = BRIEFING.replace("Good", "A good") if "nothing" in name else BRIEFING
        (tmp_path / "2022" / f"{name}.md").write_text(text)
    asked = [("Thank you, Jen. Will the bill pass this month?", "We hope so. (Laughter.) It is up to Congress.")]
    asked += [("And the other one?", "That one too.")]
    jsonl(
        tmp_path / "questions.jsonl",
        *(
            {"qid": f"{name}.{at}", "file": f"{name}.md", "question": question, "answers": [answer]}
            for name in ("2022-02-01-briefing", "2022-02-01-briefing-2", "2021-03-01-not-there")
            for at, (question, answer) in enumerate(asked)
        ),
    )
    return tmp_path


def test_what_reporters_ask_is_taken_out_of_the_briefing_and_the_next_turn_is_evidence(briefings: Path) -> None:
    dataset = load("briefings-2022", briefings)
    (transcript,) = dataset.transcripts
    assert [(turn.label, turn.text) for turn in transcript.turns] == [
        ("MS. PSAKI", "Good afternoon."),
        ("Q", ""),
        ("MS. PSAKI", "We hope so.  (Laughter.)\n\nIt is up to Congress."),
        ("Q", ""),
        ("MS. PSAKI", "That one too."),
    ]
    assert [one.id for one in dataset.asked] == ["2022-02-01-briefing.0", "2022-02-01-briefing.1"]
    assert [one.kind for one in dataset.asked] == ["standing alone", "leaning"]
    assert [evidence(dataset, one) for one in dataset.asked] == [
        ["We hope so.  (Laughter.)\n\nIt is up to Congress."],
        ["That one too."],
    ]
    assert {one.filters for one in dataset.asked} == {Filters(transcripts=(str(transcript.id),))}


def test_a_question_that_stands_nowhere_in_its_briefing_is_refused(briefings: Path) -> None:
    (briefings / "2022" / "2022-02-01-briefing.md").write_text(BRIEFING.replace("other one", "first one"))
    with pytest.raises(DatasetError, match=r"2022-02-01-briefing\.1: it stands 0 times before its answer"):
        load("briefings-2022", briefings)
    with pytest.raises(DatasetError, match="2021: there is no such folder"):
        load("briefings-2021", briefings)


@pytest.mark.parametrize(
    ("name", "folder", "asked", "transcripts", "kinds"),
    [
        ("qmsum-train", "qmsum", 1095, 162, {"product": 593, "committee": 284, "academic": 218}),
        ("qmsum-val", "qmsum", 237, 35, {"product": 125, "committee": 67, "academic": 45}),
        ("claims-as-spoken", "claims", 260, 32, {None: 260}),
        ("claims-as-reported", "claims", 263, 32, {None: 263}),
        ("meetings", "meetings", 141, 10, {"what": 59, "who": 51, "when": 21, "howmany": 10}),
        ("briefings-2021", "briefings", 305, 60, {"standing alone": 199, "leaning": 106}),
        ("briefings-2022", "briefings", 591, 125, {"standing alone": 391, "leaning": 200}),
    ],
)
def test_the_real_ones_are_read_whole(
    data: Path, name: str, folder: str, asked: int, transcripts: int, kinds: dict[str | None, int]
) -> None:
    dataset = real(name, data / folder)
    assert dataset.name == name
    assert (len(dataset.asked), len(dataset.transcripts)) == (asked, transcripts)
    assert f"{asked:,}" in documented(name)
    assert documented(name).endswith(f"| {sum(bool(one.evidence) for one in dataset.asked):,} | {transcripts} |")
    assert Counter(one.kind for one in dataset.asked) == kinds
    assert len({one.id for one in dataset.asked}) == asked
    ends = {str(one.id): len(one.text) for one in dataset.transcripts}
    assert len(ends) == transcripts
    for one in dataset.asked:
        assert set(one.filters.transcripts) <= set(ends)
        assert all(0 <= place.start < place.end <= ends[place.transcript] for part in one.evidence for place in part)
        assert bool(one.evidence) is (name != "meetings")


def test_no_question_of_the_real_briefings_stands_in_them(data: Path) -> None:
    dataset = real("briefings-2022", data / "briefings")
    texts = {str(one.id): " ".join(one.text.split()) for one in dataset.transcripts}
    standing = [one.id for one in dataset.asked if one.question in texts[one.filters.transcripts[0]]]
    assert standing == []


def test_every_dataset_has_a_row_in_the_docs() -> None:
    assert all(documented(name) for name in DATASETS)
