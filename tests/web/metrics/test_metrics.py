"""`GET /metrics` and `/health`: what a running server says of itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prometheus_client import Counter
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

from index.store import open_store
from web.limits.line import Line
from web.metrics import Metrics
from web.metrics.state import State

if TYPE_CHECKING:
    from tests.web.conftest import Serve, Server

DOCS = Path(__file__).resolve().parents[3] / "docs" / "protocols.md"

ANSWERED = "How many passengers did the ferry carry in the summer?"
UNKNOWN = "Who won the World Cup?"

Numbers = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def numbers(server: Server) -> Numbers:
    """Each sample by its name and labels."""
    families = text_string_to_metric_families(server.client.get("/metrics").text)
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def number(found: Numbers, name: str, **labels: str) -> float:
    return found.get((f"onrecord_{name}", tuple(sorted(labels.items()))), 0)


def chat(question: str, model: str = "extractive") -> dict[str, object]:
    return {"model": model, "messages": [{"role": "user", "content": question}]}


def call(question: str) -> dict[str, object]:
    params = {"name": "ask", "arguments": {"question": question}}
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}


MCP = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-11-25"}


def test_every_way_to_ask_counts_once(serve: Serve, archive: Path) -> None:
    server = serve(archive)
    client = server.client
    client.post("/api/questions", json={"question": ANSWERED})
    client.post("/api/questions", json={"question": ANSWERED}, headers={"Accept": "text/event-stream"})
    client.post("/v1/chat/completions", json=chat(ANSWERED))
    client.post("/v1/chat/completions", json=chat(ANSWERED) | {"stream": True})
    client.post("/mcp", json=call(ANSWERED), headers=MCP)
    answer = client.post("/api/questions", json={"question": UNKNOWN}).json()
    found = numbers(server)
    assert number(found, "questions_total", model="extractive", outcome="answered") == 5
    assert number(found, "questions_total", model="extractive", outcome="abstained") == 1
    reason = answer["abstention"]["reason"]
    assert number(found, "abstentions_total", model="extractive", reason=reason) == 1
    assert number(found, "sentences_verified_total", model="extractive", style="quotes") >= 5
    assert number(found, "first_sentence_seconds_count", model="extractive") == 5
    assert number(found, "answer_seconds_count", model="extractive") == 6
    assert {stage: number(found, "stage_seconds_count", stage=stage) for stage in answer["timings"]} == dict.fromkeys(
        ("understand", "embed", "search", "generate", "check"), 6
    )
    assert number(found, "tool_calls_total", tool="ask", outcome="done") == 1


def test_what_a_model_fails_at_is_counted(serve: Serve, archive: Path) -> None:
    server = serve(archive, "--model", "openai:gone", OPENAI_BASE_URL="http://127.0.0.1:9/v1", OPENAI_API_KEY="none")
    assert server.client.post("/api/questions", json={"question": ANSWERED}).status_code == 502
    assert number(numbers(server), "questions_total", model="openai:gone", outcome="failed") == 1


def test_requests_are_counted_by_route_and_nobody_can_make_new_series(serve: Serve, archive: Path) -> None:
    server = serve(archive)
    client = server.client
    client.get("/health/live")
    before = numbers(server)
    for at in range(20):
        client.get(f"/no/such/{at}")
        client.get(f"/v1/models/openai:{at}")
        client.post("/v1/chat/completions", json=chat(ANSWERED, f"model-{at}"))
        client.request(f"WHAT{at}", "/health/live")
        client.post("/mcp", json=call(ANSWERED) | {"params": {"name": f"tool-{at}"}}, headers=MCP)
    found = numbers(server)
    assert number(found, "requests_total", method="GET", route="/health/live", status="200") == 1
    assert number(found, "requests_total", method="GET", route="(none)", status="404") == 20
    assert number(found, "requests_total", method="GET", route="/v1/models/{model}", status="404") == 20
    assert number(found, "request_seconds_count", method="POST", route="/v1/chat/completions") == 20
    series = {key for key in found if key[0].endswith(("_total", "_count"))} - set(before)
    assert len(series) <= 12


def test_the_archive_and_the_line_are_looked_up(server: Server) -> None:
    found = numbers(server)
    searched = server.client.post("/api/search", json={"query": "bridge"}).json()["searched"]
    assert number(found, "transcripts") == searched["transcripts"] == 10
    assert number(found, "passages") == searched["passages"]
    assert number(found, "generation") > 0
    assert number(found, "archive_readable") == 1
    assert number(found, "questions_at_work") == number(found, "questions_waiting") == 0


def test_openmetrics_is_given_to_who_accepts_it(server: Server) -> None:
    asked = server.client.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert asked.headers["Content-Type"].startswith("application/openmetrics-text")
    assert asked.text.endswith("# EOF\n")
    plain = server.client.get("/metrics").headers["Content-Type"]
    assert plain == "text/plain; version=0.0.4; charset=utf-8"


def test_files_in_line_are_counted_by_their_state(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    picture, talk = ("note.png", b"\x89PNG\r\n\x1a\n"), ("talk.txt", b"MAYOR: Good evening.\n")
    files = [("file", picture), ("file", talk)]
    assert server.client.post("/api/transcripts", files=files).status_code == 202
    while number(numbers(server), "jobs", state="done") + number(numbers(server), "jobs", state="failed") < 2:
        pass
    assert number(numbers(server), "jobs", state="queued") == 0


def state_of(folder: Path) -> State:
    return State(open_store(folder), Line(1, 1), list)


def test_an_archive_that_can_not_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"no catalogue" * 100)
    values = {sample.name: sample.value for family in state_of(tmp_path).collect() for sample in family.samples}
    assert values["onrecord_archive_readable"] == 0
    assert "onrecord_transcripts" not in values


def test_the_documentation_lists_every_metric_and_its_labels(tmp_path: Path) -> None:
    metrics = Metrics()
    metrics.register(state_of(tmp_path))
    ours = {
        family.name + ("_total" if family.type == "counter" else "")
        for family in metrics.registry.collect()
        if family.name.startswith("onrecord_")
    }
    rows = re.findall(r"^\| `(onrecord_\w+)` \|([\w, ]*)\|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(ours)
    labelled = {
        one._name + ("_total" if isinstance(one, Counter) else ""): list(one._labelnames)
        for one in vars(metrics).values()
        if isinstance(one, MetricWrapperBase)
    } | {"onrecord_jobs": ["state"]}
    assert {name: labels.strip().split(", ") for name, labels in rows if labels.strip()} == labelled


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_good_once_the_server_is_ready(server: Server, path: str) -> None:
    while server.client.get("/health/ready").status_code == 503:
        pass
    answered = server.client.get(path)
    assert (answered.status_code, answered.json()) == (200, {"status": path.rpartition("/")[2]})


def test_an_empty_archive_is_ready(serve: Serve, tmp_path: Path) -> None:
    server = serve(tmp_path / "nothing")
    while (answered := server.client.get("/health/ready")).status_code == 503:
        pass
    assert answered.json() == {"status": "ready"}


def test_without_its_model_it_lives_and_is_not_ready_and_says_why_without_a_path(
    serve: Serve, archive: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "no-such-model"
    server = serve(archive, ONRECORD_EMBEDDING=str(missing))
    assert server.client.get("/health/live").json() == {"status": "live"}
    while "being loaded" in (said := server.client.get("/health/ready")).text:
        pass
    problem = json.loads(said.text)
    assert (said.status_code, problem["status"]) == (503, 503)
    assert "no-such-model" in problem["detail"]
    assert str(tmp_path) not in said.text
