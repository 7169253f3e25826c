"""`/api/answers` and `/api/receipts/verify`: answers that are kept, and how they stand today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.filters import Filters
from qa.answer import Answer, Recognised, Searched, Usage
from web.shared_answers import SharedAnswers, UnknownAnswer

QUESTION = {"question": "How many passengers did the ferry carry in ninety-six days?"}


def given_answer(server: Any) -> dict[str, Any]:
    answer: dict[str, Any] = server.client.post("api/questions", json=QUESTION).json()
    assert answer["citations"]
    return answer


def onrecord(folder: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    command = [sys.executable, "-m", "onrecord", "--data", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=environment | {"ONRECORD_EMBEDDING": "tiny"})


def states(citations: list[dict[str, Any]]) -> set[str]:
    return {one["state"] for one in citations}


def test_an_answer_is_shared_and_outlasts_the_server(serve: Any, own_archive: Path) -> None:
    server = serve(own_archive)
    answer = given_answer(server)
    for _ in range(2):
        shared = server.client.post("api/answers", json={"id": answer["id"]})
        assert (shared.status_code, shared.json()) == (201, {"url": f"/answers/{answer['id']}"})
    assert server.client.get(f"api/answers/{answer['id']}").json()["answer"] == answer
    server.kill()
    again = serve(own_archive)
    found = again.client.get(f"api/answers/{answer['id']}").json()
    assert found["answer"] == answer
    assert states(found["citations"]) == {"holds"}
    assert again.client.post("api/answers", json={"id": answer["id"]}).status_code == 201
    assert [file.name for file in (own_archive / "answers").iterdir()] == [f"{answer['id']}.json"]


def test_an_answer_that_came_as_events_is_shared(serve: Any, own_archive: Path) -> None:
    server = serve(own_archive)
    with server.client.stream(
        "POST", "api/questions", json=QUESTION, headers={"Accept": "text/event-stream"}
    ) as response:
        lines = [line for line in response.iter_lines() if line.startswith("data: ")]
    answer = msgspec.json.decode(lines[-1].removeprefix("data: "))
    assert server.client.post("api/answers", json={"id": answer["id"]}).status_code == 201
    assert server.client.get(f"api/answers/{answer['id']}").json()["answer"] == answer


def test_a_removed_transcript_is_told_of_a_shared_answer_and_of_a_saved_one(serve: Any, own_archive: Path) -> None:
    server = serve(own_archive)
    answer = given_answer(server)
    server.client.post("api/answers", json={"id": answer["id"]})
    verified = server.client.post("api/receipts/verify", json=answer).json()["citations"]
    assert states(verified) == {"holds"}
    assert [one["quote"] for one in verified] == [one["quote"] for one in answer["citations"]]
    onrecord(own_archive, "transcripts", "remove", *{one["transcript_id"] for one in answer["citations"]})
    verified = server.client.post("api/receipts/verify", json=answer).json()["citations"]
    assert states(verified) == {"removed"}
    found = server.client.get(f"api/answers/{answer['id']}").json()
    assert found == {"answer": answer, "citations": verified}


def test_an_answer_to_nothing_is_shared_too(serve: Any, tmp_path: Path) -> None:
    server = serve(tmp_path / "nothing")
    answer = server.client.post("api/questions", json=QUESTION).json()
    assert server.client.post("api/answers", json={"id": answer["id"]}).status_code == 201
    found = server.client.get(f"api/answers/{answer['id']}").json()
    assert found == {"answer": answer, "citations": []}


IDS = ["0" * 32, "x", "../catalogue", "..%2Fcatalogue", "%00", "A" * 32, "0" * 31 + "\u0660", "." * 32, "0" * 5_000]


@pytest.mark.parametrize("id", IDS)
def test_an_unknown_answer_is_not_found(server: Any, archive: Path, id: str) -> None:
    assert server.client.get(f"{server.url}api/answers/{id}").status_code == 404
    shared = server.client.post("api/answers", json={"id": id})
    assert shared.status_code in (400, 404)
    assert shared.json()["detail"]
    assert not (archive / "answers").exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": 3}, "id"),
        ({"citations": [{}]}, "citations[0].number"),
        ({"status": "perhaps"}, "status"),
        ({"citations": None}, "citations"),
    ],
)
def test_what_is_no_answer_is_refused_by_the_field(server: Any, change: Any, field: str) -> None:
    response = server.client.post("api/receipts/verify", json={**given_answer(server), **change})
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_an_answer_with_more_quotes_than_can_be_looked_for_is_refused(server: Any) -> None:
    answer = given_answer(server)
    (citation, *_) = answer["citations"]
    for citations in ([citation] * 501, [{**citation, "quote": "a" * 50_001}]):
        response = server.client.post("api/receipts/verify", json={**answer, "citations": citations})
        assert response.status_code == 400
        assert [error["field"] for error in response.json()["errors"]] == ["citations"]


def test_an_answer_of_a_later_version_is_verified(server: Any) -> None:
    later = {**given_answer(server), "mood": "mild"}
    assert states(server.client.post("api/receipts/verify", json=later).json()["citations"]) == {"holds"}


def answer_of(number: int, text: str = "") -> Answer:
    """The `number`th."""
    return Answer(
        id=f"{number:032x}",
        asked_at="2024-01-01T00:00:00Z",
        question=text,
        understood_as=text,
        filters=Filters(),
        recognised=Recognised(),
        status="abstained",
        text="",
        sentences=(),
        citations=(),
        dropped=(),
        abstention=None,
        searched=Searched(transcripts=0, passages=0, since=None, until=None, undated=0),
        model="extractive",
        style="quotes",
        timings={},
        usage=Usage(),
        version="1",
        generation=0,
    )


@given(lengths=st.lists(st.integers(0, 3_000), max_size=30))
def test_the_last_answers_are_remembered_within_bounds(tmp_path_factory: Any, lengths: list[int]) -> None:
    answers = SharedAnswers(tmp_path_factory.mktemp("shared"), most_answers=5, most_bytes=6_000)
    made = [answer_of(number, "a" * length) for number, length in enumerate(lengths)]
    for one in made:
        answers.remember(one)
    kept: list[Answer] = []
    for one in reversed(made):
        if len(kept) == 5 or sum(len(msgspec.json.encode(each)) for each in [*kept, one]) > 6_000:
            break
        kept.append(one)
    for one in made:
        if one in kept:
            answers.share(one.id)
            assert answers.shared(one.id) == one
        else:
            with pytest.raises(UnknownAnswer):
                answers.share(one.id)


def test_a_file_that_is_no_answer_is_said_to_be_damaged(serve: Any, own_archive: Path) -> None:
    (own_archive / "answers").mkdir()
    (own_archive / "answers" / f"{1:032x}.json").write_text("{")
    response = serve(own_archive).client.get(f"api/answers/{1:032x}")
    assert response.status_code == 500
    assert "damaged" in response.json()["detail"]
