"""Clients that leave before their answer: the model is stopped and counted, and their place is free again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import ExitStack, aclosing
from typing import TYPE_CHECKING, Any

from tests.qa.models.servers import silent
from tests.web.faults.asking import ask, asking, begun, comes_to, counted, measured, read_to, streamed, until
from tests.web.faults.model import END, FIRST, MODEL, QUESTION, Held, Model, cites
from web.leaving import apart

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Serve, Server

CHAT = {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}]}

TOOL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "ask", "arguments": {"question": QUESTION, "model": MODEL}},
}

WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "stream": ("/api/questions", {"question": QUESTION, "model": MODEL, "events": True}),
    "whole": ("/api/questions", {"question": QUESTION, "model": MODEL}),
    "chunks": ("/v1/chat/completions", {**CHAT, "stream": True}),
    "completion": ("/v1/chat/completions", CHAT),
    "tool": ("/mcp", {**TOOL, "events": True}),
}
"""The calls that ask, and what they take."""

SENTENCES = {"stream": b"event: sentence", "chunks": f'"content":"{FIRST[:20]}'.encode()}
"""What shows that a sentence was sent, where it is sent before the whole answer."""

ONE_AT_A_TIME = {"ONRECORD_SERVE_AT_WORK": "1"}


def test_who_leaves_in_the_middle_stops_the_model_and_gives_up_the_place(
    serve: Serve, own_archive: Path, model: Model
) -> None:
    server = serve(own_archive, "--model", MODEL, **model.variables, **ONE_AT_A_TIME)
    begun = Held(open=True)
    model.replies(cites, begun, silent)
    for way, (path, body) in WAYS.items():
        with asking(server, path, **body) as connection:
            begun.wait()
            if way in SENTENCES:
                read_to(connection, SENTENCES[way])
        model.left()
        assert ask(server, model="extractive").status_code == 200, "the only place is free again"
    comes_to(server, "onrecord_questions_at_work", 0)
    assert server.stop() == 0
    (line,) = counted(own_archive, MODEL)
    assert (line.answered, line.abstained, line.failed) == (0, 0, len(WAYS))
    assert line.verified >= len(SENTENCES)
    assert "Traceback" not in "".join(server.log)


def test_who_leaves_the_line_is_not_answered_and_keeps_nobody_waiting(
    serve: Serve, own_archive: Path, model: Model
) -> None:
    server = serve(own_archive, "--model", MODEL, **model.variables, **ONE_AT_A_TIME)
    held = Held()
    model.replies(cites, held, *END)
    with streamed(server, model=MODEL) as told:
        held.wait()
        for path, body in WAYS.values():
            with asking(server, path, **body):
                comes_to(server, "onrecord_questions_waiting", 1)
            comes_to(server, "onrecord_questions_waiting", 0)
        held.go.set()
        assert until(told, "done")["status"] == "answered"
    assert ask(server, model="extractive").status_code == 200
    assert len(model.asked) == 1
    assert server.stop() == 0
    (line,) = counted(own_archive, MODEL)
    assert (line.answered, line.failed) == (1, 0)
    assert "Traceback" not in "".join(server.log)


def test_a_full_line_is_said_to_be_full_and_has_room_once_somebody_left(
    serve: Serve, archive: Path, model: Model
) -> None:
    server = serve(archive, "--model", MODEL, **model.variables, **ONE_AT_A_TIME, ONRECORD_SERVE_WAITING="1")
    held = Held()
    model.replies(held, *END)
    path, body = WAYS["stream"]
    with asking(server, path, **body):
        held.wait()
        with asking(server, path, **body):
            comes_to(server, "onrecord_questions_waiting", 1)
            full = [ask(server), server.client.post("/v1/chat/completions", json=CHAT)]
            assert [one.status_code for one in full] == [429, 429]
            assert all(int(one.headers["Retry-After"]) > 0 for one in full)
        comes_to(server, "onrecord_questions_waiting", 0)
        with asking(server, path, **body):
            comes_to(server, "onrecord_questions_waiting", 1)
            held.go.set()
            held.wait()


FORM = b"--x\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\nMS. HALE: Good day.\n"

HALVES = {
    "/api/questions": ("application/json", b'{"question": "What'),
    "/v1/chat/completions": ("application/json", b'{"messages": ['),
    "/mcp": ("application/json", b'{"jsonrpc": '),
    "/api/transcripts": ("multipart/form-data; boundary=x", FORM),
}
"""Requests that are never whole."""


def test_who_leaves_before_the_request_is_whole_leaves_nothing_behind(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    for path, (kind, half) in HALVES.items():
        with begun(server, path, kind, half, len(half) + 1):
            pass
        with begun(server, path, kind, half, 1_000_000):
            pass
    with begun(server, "/api/transcripts", "application/json", b'{"turns": [', 1_000_000):
        pass
    while left(server) < 2 * len(HALVES) + 1:
        pass
    assert not list((own_archive / "uploads").rglob("[0-9]"))
    assert server.client.get("/api/jobs").json() == {"jobs": []}
    assert 'status="500"' not in server.client.get("/metrics").text
    server.stop()
    assert "Traceback" not in "".join(server.log)


def left(server: Server) -> float:
    """How many requests were left by who sent them."""
    lines = server.client.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if "onrecord_requests_total" in line and "499" in line)


def test_a_crowd_that_comes_and_goes_leaves_every_place_free(serve: Serve, archive: Path, model: Model) -> None:
    server = serve(archive, "--model", MODEL, **model.variables, ONRECORD_SERVE_AT_WORK="2")
    model.replies(cites, silent)
    choice = random.Random(4)
    for _ in range(6):
        with ExitStack() as crowd:
            for _ in range(10):
                path, body = choice.choice(list(WAYS.values()))
                with ExitStack() as one:
                    one.enter_context(asking(server, path, **body))
                    if choice.random() < 0.5:
                        crowd.enter_context(one.pop_all())
            comes_to(server, "onrecord_questions_at_work", 2)
    comes_to(server, "onrecord_questions_at_work", 0)
    assert measured(server, "onrecord_questions_waiting") == 0
    assert ask(server, model="extractive").json()["status"] == "answered"
    assert 'status="500"' not in server.client.get("/metrics").text
    assert server.stop() == 0
    assert "Traceback" not in "".join(server.log)


def test_who_reads_slowly_holds_up_nobody() -> None:
    async def read() -> list[int | None]:
        made = asyncio.Event()

        async def events() -> AsyncGenerator[int, None]:
            for number in range(1000):
                yield number
            made.set()

        async with aclosing(apart(events(), 60)) as coming:
            first = await anext(coming)
            await made.wait()
            return [first, *[number async for number in coming]]

    assert asyncio.run(read()) == list(range(1000))
