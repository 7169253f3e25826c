"""`POST /api/questions` against a running server: the answer, its events, what is refused, readers who leave."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx2
import pytest

from qa.ledger import Ledger

QUESTION = "How many passengers did the ferry carry?"
EVENTS = {"Accept": "text/event-stream"}


def events(response: httpx2.Response) -> list[tuple[str, Any]]:
    """Name and content of each."""
    return list(coming(response.iter_lines()))


def coming(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """The same, one by one, as they come."""
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def until(file: Path, seconds: float = 30) -> None:
    """Wait for what another process does."""
    end = monotonic() + seconds
    while not file.exists():
        assert monotonic() < end, f"{file.name} did not happen"
        sleep(0.01)


def in_the_ledger(folder: Path, model: str) -> list[tuple[int, int]]:
    """Answers of the model that failed, and its sentences that were verified, by style."""
    return [(line.failed, line.verified) for line in Ledger(folder).read() if line.model == model]


def ask(server: Any, question: str = QUESTION, **fields: Any) -> httpx2.Response:
    response: httpx2.Response = server.client.post("api/questions", json={"question": question, **fields})
    return response


def test_an_answer_quotes_the_record(server: Any) -> None:
    answer = ask(server, "How many passengers did the ferry carry in ninety-six days?").json()
    assert answer["status"] == "answered"
    for citation in answer["citations"]:
        whole = server.client.get(f"api/transcripts/{citation['transcript_id']}").json()
        assert whole["text"][citation["start_char"] : citation["end_char"]] == citation["quote"]


def test_an_answer_is_what_its_events_tell(server: Any) -> None:
    with server.client.stream("POST", "api/questions", json={"question": QUESTION}, headers=EVENTS) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        told = events(response)
    names = [name for name, _ in told]
    assert names[:2] == ["understood", "retrieved"]
    assert names[-1] == "done"
    assert set(names[2:-1]) <= {"sentence", "dropped"}
    answer = told[-1][1]
    assert answer["sentences"] == [content["sentence"] for name, content in told if name == "sentence"]
    assert answer["citations"] == [one for name, content in told if name == "sentence" for one in content["citations"]]
    assert answer["dropped"] == [content for name, content in told if name == "dropped"]
    assert [hit["passage_id"] for hit in told[1][1]]


def test_a_question_without_an_answer_is_answered_with_why(server: Any) -> None:
    response = ask(server, "Who won the world cup?", filters={"speakers": ["Nobody Known"]})
    answer = response.json()
    assert response.status_code == 200
    assert (answer["status"], answer["text"], answer["citations"]) == ("abstained", "", [])
    assert answer["abstention"]["reason"] == "speaker_unknown"


def test_an_absent_archive_abstains(serve: Any, tmp_path: Path) -> None:
    answer = ask(serve(tmp_path / "nothing")).json()
    assert answer["abstention"]["reason"] == "empty_index"


REFUSED = {
    "nothing asked": ({}, "question"),
    "blank": ({"question": " \n "}, "question"),
    "empty": ({"question": ""}, "question"),
    "too long": ({"question": "a" * 2_001}, "question"),
    "a number": ({"question": 3}, "question"),
    "null": ({"question": None}, "question"),
    "k as text": ({"question": "a", "k": "3"}, "k"),
    "k of nothing": ({"question": "a", "k": 0}, "k"),
    "k too many": ({"question": "a", "k": 51}, "k"),
    "k not whole": ({"question": "a", "k": 3.0}, "k"),
    "too many speakers": ({"question": "a", "filters": {"speakers": [""] * 10_001}}, "filters.speakers"),
    "k true": ({"question": "a", "k": True}, "k"),
    "recognise as text": ({"question": "a", "recognise": "yes"}, "recognise"),
    "a style": ({"question": "a", "style": "verse"}, "style"),
    "a model": ({"question": "a", "model": "openai:other"}, "model"),
    "unknown": ({"question": "a", "filter": {}}, "filter"),
    "unknown in filters": ({"question": "a", "filters": {"speaker": "a"}}, "filters.speaker"),
    "one speaker": ({"question": "a", "filters": {"speakers": "a"}}, "filters.speakers"),
    "a speaker": ({"question": "a", "filters": {"speakers": ["a", 1]}}, "filters.speakers[1]"),
    "no date": ({"question": "a", "filters": {"since": "yesterday"}}, "filters.since"),
    "no time": ({"question": "a", "filters": {"since": "2024-02-02", "until": "2024-02-01"}}, "filters.since"),
    "half a history": ({"question": "a", "history": [{"question": "b"}]}, "history[0].answer"),
    "a long history": ({"question": "a", "history": [{"question": "b", "answer": "c"}] * 51}, "history"),
    "a zero": ({"question": "a\0"}, "question"),
    "a zero within": ({"question": "a", "history": [{"question": "b", "answer": "\0"}]}, "history[0].answer"),
    "half a character": ({"question": "a", "filters": {"transcripts": ["\ud800"]}}, "filters.transcripts[0]"),
}


@pytest.mark.parametrize(("sent", "field"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_as_it_must_be_is_refused_by_its_name(server: Any, sent: Any, field: str) -> None:
    for headers in ({}, EVENTS):
        response = server.client.post(
            "api/questions",
            content=json.dumps(sent).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        assert response.status_code == 400
        assert response.headers["content-type"] == "application/problem+json"
        problem = response.json()
        assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Bad Request", 400)
        assert [error["field"] for error in problem["errors"]] == [field]
        assert problem["errors"][0]["detail"] in problem["detail"]


BROKEN = {
    "nothing": b"",
    "no JSON": b"{",
    "more than one": b'{"question": "a"} {}',
    "not UTF-8": b'{"question": "\xff"}',
    "with a byte order mark": b'\xef\xbb\xbf{"question": "a"}',
    "twice": b'{"question": "a", "question": "b"}',
    "NaN": b'{"question": "a", "k": NaN}',
    "infinite": b'{"question": "a", "k": 1e999}',
    "a long number": b'{"question": "a", "k": ' + b"9" * 10_000 + b"}",
    "deep": b"[" * 1_000_000,
    "deep and closed": b'{"question": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "no object": b'"question"',
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
def test_a_body_that_is_no_question_is_refused(server: Any, body: bytes) -> None:
    response = server.client.post("api/questions", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["errors"]


@pytest.mark.parametrize("path", ["questions", "search", "check", "receipts/verify", "answers"])
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None])
def test_only_what_says_that_it_is_json_is_read(server: Any, path: str, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    response = server.client.post(f"api/{path}", content=b'{"question": "a"}', headers=headers)
    assert response.status_code == 415
    assert "application/json" in response.json()["detail"]


def test_json_may_say_its_charset(server: Any) -> None:
    headers = {"Content-Type": "application/JSON; charset=utf-8"}
    assert server.client.post("api/questions", content=b'{"question": "a"}', headers=headers).status_code == 200


def test_a_body_beyond_all_bounds_is_refused(server: Any) -> None:
    assert ask(server, "a" * 9_000_000).status_code == 413


def test_an_unknown_parameter_is_refused(server: Any) -> None:
    response = server.client.post("api/questions?k=3", json={"question": "a"})
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["k"]


FAILING = {
    "scripted:unreachable": 502,
    "scripted:breaks-off": 502,
    "scripted:too-slow": 504,
    "scripted:unforeseen": 500,
}


def test_a_model_that_fails_is_said_to(serve: Any, archive: Path, scripted: dict[str, str]) -> None:
    server = serve(archive, *(f"--model={model}" for model in FAILING), **scripted)
    for model, status in FAILING.items():
        whole = ask(server, model=model)
        assert (model, whole.status_code) == (model, status)
        assert whole.headers["content-type"] == "application/problem+json"
        body = {"question": QUESTION, "model": model}
        with server.client.stream("POST", "api/questions", json=body, headers=EVENTS) as response:
            assert response.status_code == 200
            told = events(response)
        assert told[-1] == ("error", whole.json())
        verified = [name for name, _ in told].count("sentence")
        assert verified == (model in ("scripted:breaks-off", "scripted:unforeseen"))
        assert "/home" not in whole.text
        assert "secret" not in whole.text


def test_where_the_reader_leaves_a_stream_the_model_is_stopped_and_counted(
    serve: Any, own_archive: Path, scripted: dict[str, str]
) -> None:
    server = serve(own_archive, "--model", "scripted:slow", **scripted)
    happened = Path(scripted["SCRIPTED_FOLDER"])
    with server.client.stream("POST", "api/questions", json={"question": QUESTION}, headers=EVENTS) as response:
        told = coming(response.iter_lines())
        assert "sentence" in (name for name, _ in told)  # What is left of the events keeps the connection open.
        until(happened / "waiting")
        assert not (happened / "stopping").exists()
    until(happened / "stopped")
    server.stop()
    assert "Traceback" not in "".join(server.log)
    assert in_the_ledger(own_archive, "scripted:slow") == [(1, 1)]


def test_where_who_waits_for_the_whole_leaves_the_model_is_stopped_and_counted(
    serve: Any, own_archive: Path, scripted: dict[str, str]
) -> None:
    server = serve(own_archive, "--model", "scripted:slow", **scripted)
    happened = Path(scripted["SCRIPTED_FOLDER"])
    body = json.dumps({"question": QUESTION}).encode()
    head = f"POST /api/questions HTTP/1.1\r\nHost: {server.client.base_url.netloc.decode()}\r\n"
    said = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((server.client.base_url.host, server.client.base_url.port)) as connection:
        connection.sendall((head + said).encode() + body)
        until(happened / "waiting")
        assert not (happened / "stopping").exists()
    until(happened / "stopped")
    server.stop()
    assert "Traceback" not in "".join(server.log)
    assert in_the_ledger(own_archive, "scripted:slow") == [(1, 1)]


def test_an_archive_that_cannot_be_read_is_said_to_be_without_naming_its_place(serve: Any, own_archive: Path) -> None:
    for name in ("catalogue.sqlite-wal", "catalogue.sqlite-shm"):
        (own_archive / name).unlink(missing_ok=True)
    (own_archive / "catalogue.sqlite").write_bytes(b"no catalogue" * 1_000)
    server = serve(own_archive)
    for response in (ask(server), server.client.get("api/transcripts"), server.client.get("api/speakers")):
        assert response.status_code == 503
        assert "damaged" in response.json()["detail"]
        assert str(own_archive) not in response.text
    assert [line for line in server.log if str(own_archive) in line and not line.startswith("serving ")] == []
