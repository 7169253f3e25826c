"""The log of a running server: a line for each request, and nothing in it of what was asked."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING, Any

import anyio
import pytest
import structlog

from web import logs
from web.served import Served, telling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.conftest import Serve, Server

SECRET = "Did somebody embezzle 4711 crowns?"


def lines_of(log: list[str]) -> list[dict[str, Any]]:
    """The lines that are JSON; what the command itself says is none."""
    return [json.loads(line) for line in log if line.startswith("{")]


def test_each_request_is_a_line_with_what_an_operator_needs(serve: Serve, archive: Path) -> None:
    server = serve(archive, ONRECORD_SERVE_LOG_FORM="json")
    asked = server.client.post("/api/questions", json={"question": SECRET}, headers={"X-Request-Id": "mine-1"})
    missed = server.client.get("/transcripts/none?q=4711")
    server.client.get("/%0Ainfo%1b[31m")
    server.stop()
    first, second, third = [line for line in lines_of(server.log) if line["event"] == "request"]
    assert asked.headers["X-Request-Id"] == "mine-1"
    assert {**first, "ms": 0, "timestamp": ""} == {
        "event": "request",
        "level": "info",
        "method": "POST",
        "path": "/api/questions",
        "status": 200,
        "ms": 0,
        "request_id": "mine-1",
        "timestamp": "",
    }
    assert first["ms"] > 0
    assert (second["path"], second["status"]) == ("/transcripts/none", 404)
    assert second["request_id"] == missed.headers["X-Request-Id"]
    assert third["path"] == "/%0Ainfo%1b[31m"
    assert "4711" not in "".join(server.log)


@pytest.mark.parametrize("hostile", ["two words", "x" * 65, "é", ""])
def test_an_id_that_does_not_fit_a_line_is_replaced(server: Server, hostile: str) -> None:
    given = server.client.get("/health/live", headers=[(b"X-Request-Id", hostile.encode())]).headers["X-Request-Id"]
    assert given != hostile
    assert len(given) == 32


def test_what_is_asked_every_few_seconds_is_logged_at_debug_alone(serve: Serve, archive: Path) -> None:
    quiet, chatty = serve(archive), serve(archive, ONRECORD_SERVE_LOG_LEVEL="debug")
    for server in (quiet, chatty):
        server.client.get("/health/live")
        server.stop()
    assert "/health/live" not in "".join(quiet.log)
    assert "/health/live" in "".join(chatty.log)


def test_at_level_error_a_good_server_says_nothing_but_where_it_is(serve: Serve, archive: Path) -> None:
    server = serve(archive, ONRECORD_SERVE_LOG_LEVEL="error")
    server.client.get("/none")
    server.stop()
    (line,) = server.log
    assert line.startswith("serving ")


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Where the log goes, as JSON; the loggers are as before afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    to = io.StringIO()
    logs.configure("json", "info", to)
    yield to
    root.handlers[:], level = before
    root.setLevel(level)
    for ours in logs.OURS:
        logging.getLogger(ours).setLevel(logging.NOTSET)
    structlog.reset_defaults()


def test_what_is_said_while_a_request_is_served_bears_its_id(logged: io.StringIO) -> None:
    served: list[Served] = []

    async def app(*_: Any) -> None:
        logging.getLogger("qa").warning("a model %s", "stumbles")
        logging.getLogger("openai").info("Request options: the whole prompt")
        raise RuntimeError("unforeseen")

    async def run() -> None:
        scope: Any = {"type": "http", "method": "GET", "raw_path": b"/x", "headers": [(b"x-request-id", b"r-1")]}
        nobody: Any = None
        with pytest.raises(RuntimeError):
            await telling(app, logs.told, served.append)(scope, nobody, nobody)

    anyio.run(run)
    warning, request = map(json.loads, logged.getvalue().splitlines())
    assert (warning["event"], warning["level"], warning["request_id"]) == ("a model stumbles", "warning", "r-1")
    assert (request["event"], request["status"], request["request_id"]) == ("request", 500, "r-1")
    assert [one.route for one in served] == ["(none)"]


def test_a_trace_shows_no_values(logged: io.StringIO) -> None:
    token = "".join(["s3", "cret"])

    def fail(_: str) -> None:
        raise ValueError("unforeseen")

    for form in ("json", "text"):
        logs.configure(form, "info", logged)
        try:
            fail(token)
        except ValueError:
            logging.getLogger("web").exception("a request failed")
    assert logged.getvalue().count("ValueError: unforeseen") == 2
    assert token not in logged.getvalue()
