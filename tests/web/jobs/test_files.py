"""Files dropped on a running server: each has its job, and is found when it is done."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.web.jobs.client import Part, children, document, found, job, queued, reached, send, settled, talk

if TYPE_CHECKING:
    from tests.web.conftest import Serve, Server

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.fixture
def client(serve: Serve, own_archive: Path) -> httpx2.Client:
    """Of a server over an archive of the test's own."""
    return serve(own_archive).client


def test_files_dropped_together_each_have_a_job(client: httpx2.Client) -> None:
    dropped: list[Part] = [
        ("one.txt", talk("zeppelin")),
        ("torn.json", '{"turns": [{"text": "a"'),
        ("picture.txt", PNG),
        ("report.pdf", b"%PDF-1.7 ..."),
        ("empty.vtt", ""),
        ("wrong.json", '{"turns": [{"text": "a", "label": "A", "speaker": "B"}]}'),
        ("below/two.txt", talk("gazelle")),
    ]
    jobs = {one["path"]: one for one in settled(client, *queued(client, *dropped, collection="drop"))}
    assert {path: one["state"] for path, one in jobs.items()} == {
        path: "done" if path.endswith(("one.txt", "two.txt")) else "failed" for path, _ in dropped
    }
    one = jobs["one.txt"]
    assert (one["outcome"], one["transcript"], one["done"]) == ("added", "drop--one.txt", one["of"])
    assert one["report"]["id"] == "drop--one.txt"
    assert [speaker["label"] for speaker in one["report"]["speakers"]] == ["MS. HALE", "MR. BO"]
    assert jobs["below/two.txt"]["transcript"] == "drop--below--two.txt"
    assert "line 1" in jobs["torn.json"]["error"]
    assert "PNG" in jobs["picture.txt"]["error"]
    assert "webvtt" in jobs["report.pdf"]["error"]
    assert "empty" in jobs["empty.vtt"]["error"]
    assert "speaker" in jobs["wrong.json"]["error"]
    for ended in jobs.values():
        assert ("error" in ended) == (ended["state"] == "failed")
        assert ("report" in ended) == (ended["state"] == "done")
    assert found(client, "zeppelin") == {"drop--one.txt"}
    assert found(client, "gazelle") == {"drop--below--two.txt"}


def test_twenty_at_once(client: httpx2.Client, own_archive: Path) -> None:
    ids = queued(client, *((f"{n}.txt", talk(f"topic{n}")) for n in range(20)))
    listed = client.get("/api/jobs").json()["jobs"]
    assert [one["id"] for one in listed] == ids[::-1]
    jobs = settled(client, *ids)
    assert {one["outcome"] for one in jobs} == {"added"}
    listed = client.get("/api/jobs").json()["jobs"]
    assert listed == [{name: value for name, value in one.items() if name != "report"} for one in reversed(jobs)]
    for n in (0, 7, 19):
        assert found(client, f"topic{n}") == {f"{n}.txt"}
    assert not list((own_archive / "uploads").rglob("[0-9]")), "what is stored waits no longer on disk"


def test_the_same_file_twice_is_unchanged_and_an_edited_one_an_update(client: httpx2.Client) -> None:
    (one,) = settled(client, *queued(client, ("talk.txt", talk("zeppelin"))))
    (again,) = settled(client, *queued(client, ("talk.txt", talk("zeppelin"))))
    (copied,) = settled(client, *queued(client, ("copy.txt", talk("zeppelin"))))
    (edited,) = settled(client, *queued(client, ("talk.txt", talk("gazelle"))))
    assert [job["outcome"] for job in (one, again, copied, edited)] == ["added", "unchanged", "duplicate", "updated"]
    assert {job["transcript"] for job in (one, again, copied, edited)} == {"talk.txt"}
    assert found(client, "zeppelin") == set()
    assert found(client, "gazelle") == {"talk.txt"}


def test_of_two_files_of_one_name_dropped_together_none_is_lost_unseen(client: httpx2.Client) -> None:
    first, same, other, named = settled(
        client,
        *queued(
            client,
            ("talk.json", json.dumps(document("a", "The zeppelin is closed."))),
            ("talk.json", json.dumps(document("a", "The zeppelin is closed."))),
            ("talk.json", json.dumps(document("a", "The gazelle is closed."))),
            ("talk.json", json.dumps(document("b", "The theatre is closed."))),
        ),
    )
    assert [one["state"] for one in (first, same, other, named)] == ["done", "done", "failed", "done"]
    assert "talk.json" in other["error"]
    assert found(client, "zeppelin") == {"a"}


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(100), 415, "json-whisper"),
        ("program.txt", bytes(range(256)) * 20, 415, "binary"),
        ("page.html", "<!doctype html><p>MS. HALE: Good day.</p>", 415, "HTML"),
        ("list.json", '[{"name": "a"}]', 415, "webvtt"),
        ("torn.json", '{"turns":\n [{"text": a}]}', 422, "line 2"),
        ("wrong.json", '{"turns": [{"text": "a", "end": -1}]}', 422, "turns[0].end"),
        ("empty.txt", " \n", 422, "empty"),
    ],
)
def test_of_one_file_it_is_told_at_once_why_it_cannot_be_read(
    server: Server, name: str, content: str | bytes, status: int, said: str
) -> None:
    answer = send(server.client, (name, content))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]
    assert name in answer.json()["detail"]
    assert server.client.get("/api/jobs").json() == {"jobs": []}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"format": "docx"}, "format"),
        ({"colection": "a"}, "colection"),
        ({}, "file"),
        ({"collection": "a" * 2000}, "collection"),
    ],
)
def test_a_field_that_is_not_as_it_must_be_is_named(server: Server, fields: dict[str, str], field: str) -> None:
    files = [("one.txt", talk("zeppelin"))] if fields else [("", "")]
    answer = send(server.client, *files, **fields)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


PART = b"--x\r\nContent-Disposition: form-data; name=file"


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data", b"", 400),
        ("multipart/form-data; boundary=x", b"", 400),
        (
            "multipart/form-data; boundary=x",
            PART + b"; filename=a\r\n\r\nA",
            400,
        ),
        (
            "multipart/form-data; boundary=x",
            PART + b"\r\n\r\nA\r\n--x--\r\n",
            400,
        ),
        ("application/x-www-form-urlencoded", b"file=a", 415),
        ("text/plain", b'{"turns": [{"text": "a"}]}', 415),
        ("", b'{"turns": [{"text": "a"}]}', 415),
    ],
)
def test_a_body_that_is_no_form_is_refused(server: Server, kind: str, body: bytes, status: int) -> None:
    answer = server.client.post("/api/transcripts", content=body, headers={"Content-Type": kind} if kind else {})
    assert answer.status_code == status
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (b"a" * 5000, "header length exceeded"),
        (b"caf\xe9.txt", "header failed to decode"),
    ],
)
def test_of_a_name_that_cannot_be_taken_it_is_said_and_nothing_of_the_program(
    server: Server, name: bytes, said: str
) -> None:
    body = PART + b"; filename=" + name + b"\r\n\r\nA\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = server.client.post("/api/transcripts", content=body, headers=kind)
    assert answer.status_code == 400
    assert said in answer.json()["detail"]
    assert "Error" not in answer.json()["detail"]


def test_more_files_than_one_request_brings_are_refused(server: Server) -> None:
    refused = send(server.client, *((f"{n}.txt", "A") for n in range(1001)))
    assert refused.status_code == 413
    assert "at most 1,000 files" in refused.json()["detail"]
    assert server.client.get("/api/jobs").json() == {"jobs": []}


def test_the_format_can_be_said(client: httpx2.Client) -> None:
    (one,) = settled(client, *queued(client, ("talk.srt", talk("zeppelin")), format="text"))
    assert one["report"]["format"] == "text"


def test_the_bytes_of_a_file_and_of_a_request_are_bounded(serve: Serve, own_archive: Path) -> None:
    limits = {"ONRECORD_SERVE_UPLOAD_BYTES": "2000", "ONRECORD_SERVE_UPLOADS_BYTES": "20000"}
    client = serve(own_archive, **limits).client
    large = talk("zeppelin", 100)
    alone = send(client, ("large.txt", large))
    assert alone.status_code == 413
    assert "MB" in alone.json()["detail"]
    refused, taken = settled(client, *queued(client, ("large.txt", large), ("small.txt", talk("gazelle"))))
    assert (refused["state"], taken["state"]) == ("failed", "done")
    assert "MB" in refused["error"]
    assert send(client, *((f"{n}.txt", large) for n in range(9))).status_code == 413
    posted = json.dumps(document("a", large))
    as_json = {"Content-Type": "application/json"}
    assert client.post("/api/transcripts", content=posted, headers=as_json).status_code == 413

    def pieces() -> Iterator[bytes]:
        yield from (posted[at : at + 100].encode() for at in range(0, len(posted), 100))

    assert client.post("/api/transcripts", content=pieces(), headers=as_json).status_code == 413
    assert [one["path"] for one in client.get("/api/jobs").json()["jobs"]] == ["small.txt", "large.txt"]
    assert not list((own_archive / "uploads").rglob("[0-9]"))


def test_of_an_upload_that_breaks_off_nothing_is_left(serve: Serve, own_archive: Path) -> None:
    address = httpx2.URL(serve(own_archive).url)
    with socket.create_connection((address.host, address.port)) as connection:
        head = f"POST /api/transcripts HTTP/1.1\r\nHost: {address.netloc.decode()}\r\nContent-Length: 100000\r\n"
        kind = "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        connection.sendall(f"{head}{kind}".encode() + PART + b"; filename=a.txt\r\n\r\nMS. HALE: We")
        while not list((own_archive / "uploads").rglob("[0-9]")):
            pass
    while list((own_archive / "uploads").rglob("[0-9]")):
        pass


def test_a_job_that_nobody_knows_is_not_found(server: Server) -> None:
    answer = server.client.get("/api/jobs/0123")
    assert answer.status_code == 404
    assert "0123" in answer.json()["detail"]


def test_how_far_a_long_file_is_can_be_seen_and_what_cannot_wait_goes_before_it(
    serve: Serve, own_archive: Path
) -> None:
    server = serve(own_archive)
    client = server.client
    ids = queued(client, ("long.txt", talk("zeppelin", 12_000)), *((f"{n}.txt", talk(f"topic{n}")) for n in range(3)))
    far = reached(client, ids[0], "embedding")
    assert 0 <= far["done"] <= far["of"]
    for worker in children(server.process.pid):
        assert os.getpriority(os.PRIO_PROCESS, worker) > os.getpriority(os.PRIO_PROCESS, server.process.pid)
    posted = client.post("/api/transcripts", json=document("note", "The theatre opens in May."))
    assert posted.status_code == 201
    removed = client.delete("/api/transcripts/note")
    assert removed.status_code == 204
    assert job(client, ids[-1])["state"] == "queued"
    assert {one["outcome"] for one in settled(client, *ids)} == {"added"}


def test_the_process_that_writes_is_let_go_and_comes_again(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive, ONRECORD_SERVE_WORKER_IDLE="0")
    for word in ("zeppelin", "gazelle"):
        (one,) = settled(server.client, *queued(server.client, (f"{word}.txt", talk(word))))
        assert one["outcome"] == "added"
        while children(server.process.pid):
            pass
