"""Questions of a real server: a few at work, the others in line, and none begun that nobody waits for."""

from __future__ import annotations

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

SUBJECTS = "bridge ferry budget weir school library harbour market road lock".split()


def question(at: int) -> str:
    return f"What was said about the {SUBJECTS[at % len(SUBJECTS)]} in part {at}?"


def asked(folder: Path) -> list[str]:
    """The questions that the model was asked, in their order."""
    file = folder / "asked"
    return file.read_text().splitlines() if file.exists() else []


def state(server: Any) -> tuple[int, int]:
    """Questions at work and waiting, as the metrics say."""
    lines = dict(line.rsplit(" ", 1) for line in server.client.get("metrics").text.splitlines() if line[:1] != "#")
    return int(float(lines["onrecord_questions_at_work"])), int(float(lines["onrecord_questions_waiting"]))


def until(server: Any, wanted: tuple[int, int]) -> None:
    """Wait until so many are at work and waiting; the test's time limit is the end of it."""
    while state(server) != wanted:
        pass


def variables(held: Path, **more: str) -> dict[str, str]:
    return {"PYTHONPATH": str(held), "HELD_FOLDER": str(held), **more}


def begin(server: Any, at: int, accept: str = "application/json") -> socket.socket:
    """A question sent by a client that can leave."""
    body = json.dumps({"question": question(at)})
    about = f"Accept: {accept}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return send(server, "POST /api/questions", about, body)


def send(server: Any, what: str, about: str = "", body: str = "") -> socket.socket:
    connection = socket.create_connection((server.client.base_url.host, server.client.base_url.port))
    host = server.client.base_url.netloc.decode()
    connection.sendall(f"{what} HTTP/1.1\r\nHost: {host}\r\n{about}Connection: close\r\n\r\n{body}".encode())
    return connection


def test_sixty_four_that_come_at_once_are_all_answered(serve: Any, archive: Path, held: Path) -> None:
    server = serve(archive, "--model", "held:up", **variables(held))
    with ThreadPoolExecutor(64) as people:
        sent = [people.submit(server.client.post, "api/questions", json={"question": question(at)}) for at in range(64)]
        until(server, (8, 56))
        assert server.client.get("api/transcripts").status_code == 200  # What is no question does not wait.
        (held / "let").touch()
        answers = [one.result() for one in sent]
    assert {one.status_code for one in answers} == {200}
    assert sorted(one.json()["question"] for one in answers) == sorted(question(at) for at in range(64))
    assert state(server) == (0, 0)


def test_beyond_the_line_one_is_told_when_to_come_again(serve: Any, archive: Path, held: Path) -> None:
    small = {"ONRECORD_SERVE_AT_WORK": "1", "ONRECORD_SERVE_WAITING": "1"}
    server = serve(archive, "--model", "held:up", **variables(held, **small))
    with begin(server, 0), begin(server, 1):
        until(server, (1, 1))
        for call, body in (
            ("api/questions", {"question": question(2)}),
            ("v1/chat/completions", {"messages": [{"role": "user", "content": question(2)}], "model": "held:up"}),
        ):
            for headers in ({}, {"Accept": "text/event-stream"}):
                refused = server.client.post(call, json=body, headers=headers)
                assert refused.status_code == 429
                assert int(refused.headers["retry-after"]) > 0
        text = {"text": "The bridge costs 42 million crowns."}
        assert server.client.post("api/check", json=text).status_code == 429
        assert server.client.post("api/search", json={"query": "bridge"}).status_code == 429
        assert server.client.get("search", params={"q": "bridge"}).status_code == 429
        assert server.client.get("search").status_code == 200
        (held / "let").touch()
        until(server, (0, 0))
    assert server.client.post("api/questions", json={"question": question(2)}).status_code == 200
    assert server.client.post("api/check", json=text).status_code == 200


def test_no_question_and_no_long_text_wait_for_each_other(serve: Any, archive: Path, held: Path) -> None:
    server = serve(archive, "--model", "held:up", **variables(held, ONRECORD_SERVE_AT_WORK="1"))
    with begin(server, 0):
        until(server, (1, 0))
        assert server.client.post("api/check", json={"text": "The bridge costs 42 million. " * 40}).status_code == 200
        assert state(server) == (1, 0)
        (held / "let").touch()
        until(server, (0, 0))


def test_who_leaves_the_line_is_not_begun(serve: Any, archive: Path, held: Path) -> None:
    server = serve(archive, "--model", "held:up", **variables(held, ONRECORD_SERVE_AT_WORK="1"))
    with begin(server, 0) as first:
        until(server, (1, 0))
        whole, stream = begin(server, 1), begin(server, 2, "text/event-stream")
        until(server, (1, 2))
        with begin(server, 3) as last:
            until(server, (1, 3))
            whole.close()
            stream.close()
            until(server, (1, 1))
            (held / "let").touch()
            for connection in (first, last):
                assert connection.makefile("rb").readline().startswith(b"HTTP/1.1 200 ")
    assert asked(held) == [question(0), question(3)]


def test_who_leaves_a_page_of_passages_leaves_the_line_too(serve: Any, archive: Path, held: Path) -> None:
    server = serve(archive, "--model", "held:up", **variables(held, ONRECORD_SERVE_AT_WORK="1"))
    with begin(server, 0):
        until(server, (1, 0))
        with send(server, "GET /search?q=bridge"):
            until(server, (1, 1))
        until(server, (1, 0))
        (held / "let").touch()
        until(server, (0, 0))


def test_what_is_at_work_when_it_is_stopped_is_answered(serve: Any, archive: Path, held: Path) -> None:
    server = serve(archive, "--model", "held:up", **variables(held))
    with begin(server, 0) as connection:
        until(server, (1, 0))
        server.process.terminate()
        while "Shutting down" not in "".join(server.log):
            pass
        (held / "let").touch()
        assert connection.makefile("rb").readline().startswith(b"HTTP/1.1 200 ")
        assert server.process.wait(60) == 0


def test_what_takes_longer_than_the_grace_is_broken_off(serve: Any, archive: Path, held: Path) -> None:
    server = serve(archive, "--model", "held:up", **variables(held, ONRECORD_SERVE_GRACE="0"))
    with begin(server, 0), begin(server, 1, "text/event-stream"):
        until(server, (2, 0))
        server.process.terminate()
        assert server.process.wait(60) == 0


def test_the_rate_of_a_sender_is_bounded(serve: Any, archive: Path) -> None:
    server = serve(archive, ONRECORD_SERVE_RATE="3")
    query = {"query": "bridge"}
    assert [server.client.post("api/search", json=query).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = server.client.post("api/search", json=query)
    assert 0 < int(refused.headers["retry-after"]) <= 20
    for path in ("search", "search/", "/search", "/search//"):
        assert server.client.get(f"{server.url}{path}?q=bridge").status_code == 429, path
    assert server.client.get("api/transcripts").status_code == 200
