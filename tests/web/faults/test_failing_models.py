"""Models that fail in the middle: what was verified before stands, the error is the last word, and says what to do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.qa.models.servers import Body, silent, torn
from tests.web.faults.asking import ask, comes_to, counted, streamed
from tests.web.faults.model import END, FIRST, MODEL, QUESTION, Model, cites

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.web.conftest import Serve, Server

LATER = {"Retry-After": "3600"}

BROKEN: dict[str, tuple[Body, int]] = {
    "torn": ([torn], 502),
    "silently over": ([b"data: [DONE]\n\n"], 502),
    "half an event": ([b'data: {"choices": [{"delta"', torn], 502),
    "no JSON": ([b"data: {{{\n\n", *END], 502),
    "another protocol": ([b'data: {"choices": 5}\n\n', *END], 502),
    "no text": ([b"data: \xff\xfe\n\n", *END], 502),
    "an error": ([b'data: {"error": {"message": "out of memory at /srv/models/held.gguf"}}\n\n'], 502),
    "silent": ([silent], 504),
}
"""What follows the first sentence, and the status that it comes to."""

IMPATIENT = "openai:impatient"
"""The same model, which is given two seconds for each step."""

SETTINGS = f'[models."{IMPATIENT}"]\npatience = 2\n'


def by(status: int) -> str:
    """The model to ask where `status` is to come."""
    return IMPATIENT if status == 504 else MODEL


@pytest.fixture
def server(serve: Serve, own_archive: Path, model: Model) -> Server:
    """One whose questions come one at a time."""
    (own_archive / "onrecord.toml").write_text(SETTINGS)
    return serve(own_archive, "--model", MODEL, "--model", IMPATIENT, **model.variables, ONRECORD_SERVE_AT_WORK="1")


def test_what_was_verified_before_a_model_broke_off_stands(server: Server, model: Model) -> None:
    for name, (rest, status) in BROKEN.items():
        model.replies(cites, *rest)
        with streamed(server, model=by(status)) as told:
            events = list(told)
        assert [event for event, _ in events] == ["understood", "retrieved", "sentence", "error"], name
        sentence, problem = events[2][1], events[3][1]
        assert sentence["sentence"]["text"] == FIRST
        assert sentence["citations"][0]["quote"] == FIRST
        assert problem["status"] == status, name
        whole = ask(server, model=by(status))
        assert whole.status_code == status, name
        assert whole.headers["content-type"] == "application/problem+json"
        assert whole.json() == problem
        assert by(status) in problem["detail"]
        assert "/srv" not in whole.text
    model.replies(cites, *END)
    assert ask(server).json()["status"] == "answered"
    comes_to(server, "onrecord_questions_at_work", 0)
    server.stop()
    lines = [*counted(server.folder, MODEL), *counted(server.folder, IMPATIENT)]
    assert [(line.answered, line.failed) for line in lines] == [(1, 2 * (len(BROKEN) - 1)), (0, 2)]
    assert "Traceback" not in "".join(server.log)


def test_a_broken_completion_ends_in_an_error_of_its_protocol(server: Server, model: Model) -> None:
    for name, (rest, status) in BROKEN.items():
        body = {"model": by(status), "messages": [{"role": "user", "content": QUESTION}]}
        model.replies(cites, *rest)
        whole = server.client.post("/v1/chat/completions", json=body)
        assert whole.status_code == status, name
        with server.client.stream("POST", "/v1/chat/completions", json=body | {"stream": True}) as response:
            *chunks, last = contents(response.iter_lines())
        assert last == whole.json(), name
        assert last["error"]["type"] == "server_error"
        content = "".join(one["choices"][0]["delta"].get("content", "") for one in chunks)
        assert content.startswith(FIRST.removesuffix("."))


def contents(lines: Iterator[str]) -> list[Any]:
    """The chunks of a completion; `[DONE]` is none of them."""
    data = [line.removeprefix("data: ") for line in lines if line.startswith("data: ")]
    return [json.loads(one) for one in data]


REFUSED: dict[str, tuple[int, str, int]] = {
    "too many requests": (429, "come back tomorrow", 502),
    "overloaded": (503, "out of capacity", 502),
    "a wrong key": (401, "the key sk-verysecret is wrong", 502),
    "gone": (404, "no such model", 502),
}


def test_a_model_that_refuses_is_told_of(server: Server, model: Model) -> None:
    for name, (status, message, said) in REFUSED.items():
        model.replies(json.dumps({"error": {"message": message}}).encode(), status=status, **LATER)
        asked = len(model.asked)
        whole = ask(server)
        assert len(model.asked) == asked + 1, "nothing is tried again where that is asked for tomorrow"
        assert whole.status_code == said, name
        assert "verysecret" not in whole.text
        with streamed(server) as told:
            events = list(told)
        assert events[-1] == ("error", whole.json())
        assert [event for event, _ in events] == ["understood", "retrieved", "error"]


def test_a_busy_model_is_asked_again(server: Server, model: Model) -> None:
    model.replies(cites, *END)
    model.first(b"{}", status=429)
    assert ask(server).json()["status"] == "answered"
    assert len(model.asked) == 2


def test_without_its_model_a_server_still_answers_with_another(serve: Serve, archive: Path, model: Model) -> None:
    variables = model.variables | {"OPENAI_BASE_URL": "http://127.0.0.1:1/v1"}
    server = serve(archive, "--model", MODEL, "--model", "extractive", **variables)
    missing = ask(server)
    assert missing.status_code == 502
    assert "start it" in missing.json()["detail"]
    assert ask(server, model="extractive").json()["status"] == "answered"
