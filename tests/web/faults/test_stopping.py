"""Servers that are told to stop while they answer: what was begun is finished, and nothing new is taken."""

from __future__ import annotations

import json
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx2
import pytest
from filelock import FileLock

from index.store import LocalStore
from tests.qa.models.servers import silent
from tests.web.faults.asking import asking, comes_to, read_to, streamed, until
from tests.web.faults.model import END, MODEL, QUESTION, Held, Model, cites
from tests.web.jobs.client import document, queued, reached, talk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Serve, Server

BODY = {"question": QUESTION, "model": MODEL}


def refuses(server: Server) -> None:
    """Wait until it takes no connection any more."""
    address = httpx2.URL(server.url)
    while True:
        try:
            socket.create_connection((address.host, address.port or 80)).close()
        except OSError:
            return


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_answers_that_were_begun_are_finished(serve: Serve, archive: Path, model: Model, sign: signal.Signals) -> None:
    server = serve(archive, "--model", MODEL, **model.variables, ONRECORD_SERVE_AT_WORK="2")
    held = Held()
    model.replies(cites, held, *END)
    with streamed(server, model=MODEL) as told, ThreadPoolExecutor(2) as pool:
        whole = pool.submit(server.client.post, "/api/questions", json=BODY)
        held.wait(2)
        in_line = pool.submit(httpx2.post, f"{server.url}api/questions", json=BODY, timeout=60, trust_env=False)
        comes_to(server, "onrecord_questions_waiting", 1)
        server.process.send_signal(sign)
        refuses(server)
        held.go.set()
        assert until(told, "done")["status"] == "answered"
        for answer in (whole.result(), in_line.result()):
            assert answer.status_code == 200
            assert answer.json()["status"] == "answered"
    assert server.process.wait(60) == 0
    server.stop()
    assert "Traceback" not in "".join(server.log)


def test_a_second_interrupt_waits_for_nothing(serve: Serve, own_archive: Path, model: Model) -> None:
    server = serve(own_archive, "--model", MODEL, **model.variables, ONRECORD_SERVE_GRACE="3600")
    begun = Held(open=True)
    model.replies(cites, begun, silent)
    with asking(server, "/api/questions", **BODY, events=True) as connection:
        read_to(connection, b"event: sentence")
        server.process.send_signal(signal.SIGINT)
        refuses(server)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(60) == -signal.SIGINT
    model.left()
    server.stop()
    assert LocalStore(own_archive).status().problems == ()
    assert "Traceback" not in "".join(server.log)


def test_what_is_not_finished_within_the_grace_is_broken_off_and_told_so(
    serve: Serve, archive: Path, model: Model
) -> None:
    limits = {"ONRECORD_SERVE_GRACE": "0.5", "ONRECORD_SERVE_AT_WORK": "2"}
    server = serve(archive, "--model", MODEL, **model.variables, **limits)
    begun = Held(open=True)
    model.replies(cites, begun, silent)
    with streamed(server, model=MODEL) as told, ThreadPoolExecutor(2) as pool:
        until(told, "sentence")
        whole = pool.submit(server.client.post, "/api/questions", json=BODY)
        begun.wait(2)
        in_line = pool.submit(httpx2.post, f"{server.url}api/questions", json=BODY, timeout=60, trust_env=False)
        comes_to(server, "onrecord_questions_waiting", 1)
        server.process.send_signal(signal.SIGTERM)
        (last,) = told
        assert (last[0], last[1]["status"]) == ("error", 503)
        for answer in (whole.result(), in_line.result()):
            assert answer.status_code == 503
            assert "stopped" in answer.json()["detail"]
    model.left()
    assert server.process.wait(60) == 0
    server.stop()
    assert "Traceback" not in "".join(server.log)


def test_a_transcript_that_is_not_stored_within_the_grace_is_no_success(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive, ONRECORD_SERVE_GRACE="0")
    with FileLock(own_archive / "writer.lock"), ThreadPoolExecutor(1) as pool:
        (waiting,) = queued(server.client, ("talk.txt", talk("gazelle")))
        reached(server.client, waiting, "reading")
        sent = json.dumps(document("note", "The walrus sleeps.")).encode()
        posted = pool.submit(post, server, sent)
        at_work = own_archive / "uploads"
        while not any(file.stat().st_size == len(sent) for file in at_work.rglob("[0-9]")):
            pass
        server.process.send_signal(signal.SIGTERM)
        assert posted.result().status_code == 503
        assert "stopped" in posted.result().json()["detail"]
        assert server.process.wait(60) == 0
    server.stop()
    assert "talk.txt" in "".join(server.log)
    assert "Traceback" not in "".join(server.log)
    store = LocalStore(own_archive)
    assert {"note", "talk.txt"}.isdisjoint(one.id for one in store.view().summaries())
    assert store.status().problems == ()


def post(server: Server, sent: bytes) -> httpx2.Response:
    headers = {"Content-Type": "application/json"}
    return httpx2.post(f"{server.url}api/transcripts", content=sent, headers=headers, timeout=60, trust_env=False)
