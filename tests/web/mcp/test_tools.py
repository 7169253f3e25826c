"""The tools by the protocol's own client, against a running server."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Coroutine
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import httpx2
import pytest
from mcp import Client, MCPError
from mcp.types import CallToolResult

from tests.qa.models.servers import Reply, Scripted, silent

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Serve, Server

T = TypeVar("T")

QUESTION = "How many passengers did the ferry carry in the summer?"
HEARING = "2024-02-06-council-hearing.vtt"

ERAS = ("auto", "legacy")
"""The protocol as it is, and as it was with a handshake."""

VERSIONS = ("2025-11-25", "2026-07-28")
"""The last with a handshake, and the one without."""


def with_client(server: Server, work: Callable[[Client], Coroutine[Any, Any, T]], mode: str = "auto") -> T:
    """What `work` gives with a client of the server."""

    async def run() -> T:
        async with Client(f"{server.url}mcp", mode=mode) as client:
            return await work(client)

    return anyio.run(run)


def call(server: Server, tool: str, mode: str = "auto", **arguments: Any) -> CallToolResult:
    return with_client(server, lambda client: client.call_tool(tool, arguments), mode)


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert content.type == "text"
    return content.text


def data_of(result: CallToolResult) -> Any:
    assert not result.is_error, text_of(result)
    return result.structured_content


@pytest.mark.parametrize("mode", ERAS)
def test_four_tools_are_listed_each_with_what_it_takes_and_gives(server: Server, mode: str) -> None:
    tools = with_client(server, lambda client: client.list_tools(), mode).tools
    assert [tool.name for tool in tools] == ["ask", "search", "check", "get_transcript"]
    for tool in tools:
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema is not None
        assert tool.output_schema["type"] == "object"
        assert all("description" in field for field in tool.input_schema["properties"].values())
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint


@pytest.mark.parametrize("mode", ERAS)
def test_an_answer_comes_as_data_and_to_read_with_its_sources(server: Server, mode: str) -> None:
    result = call(server, "ask", mode, question=QUESTION)
    answer, text = data_of(result), text_of(result)
    assert answer["status"] == "answered"
    assert text.startswith(answer["text"])
    for citation in answer["citations"]:
        assert f"“{citation['quote']}”" in text
        assert f"\n{server.url.rstrip('/')}{citation['url']}" in text


def test_what_ask_gives_is_what_the_endpoint_gives(server: Server) -> None:
    ours = server.client.post("/api/questions", json={"question": QUESTION}).json()
    for differs in ("id", "asked_at", "timings"):
        del ours[differs]
    assert ours.items() <= data_of(call(server, "ask", question=QUESTION)).items()


def test_filters_bind_the_citations(server: Server) -> None:
    answer = data_of(call(server, "ask", question="What does the bridge cost?", speakers=["Lindquist"]))
    cited = answer["citations"] or answer["abstention"]["nearest"]
    assert {one["name"] or one["label"] for one in cited} == {"Petra Lindquist"}


def test_a_list_may_come_as_json_in_a_text(server: Server) -> None:
    given = data_of(call(server, "search", query="bridge", speakers='["Lindquist"]'))
    assert given["hits"] == data_of(call(server, "search", query="bridge", speakers=["Lindquist"]))["hits"]
    assert given["hits"]


def test_a_search_gives_passages_with_their_speakers(server: Server) -> None:
    result = call(server, "search", query="What does the bridge cost?", k=3)
    found = data_of(result)
    assert len(found["hits"]) == 3
    for hit in found["hits"]:
        assert f"{hit['transcript_id']}, characters {hit['start_char']}–{hit['end_char']}" in text_of(result)
        assert all(turn["label"] is None or turn["label"] in text_of(result) for turn in hit["turns"])


def test_a_text_is_checked(server: Server) -> None:
    written = 'Lindquist said: "If the bridge costs 58.4 million, the town pays 40 million."'
    result = call(server, "check", text=written)
    (quotation,) = data_of(result)["sentences"]
    assert quotation["verdict"] == "altered"
    assert "ALTERED" in text_of(result)
    assert "[-33.2-] [+40+]" in text_of(result)


@pytest.mark.parametrize("characters", [200, 1000, 50_000])
def test_a_transcript_is_read_a_stretch_at_a_time(server: Server, characters: int) -> None:
    whole = server.client.get(f"/api/transcripts/{HEARING}").json()
    read: list[dict[str, Any]] = []

    async def work(client: Client) -> None:
        at: int | None = 0
        while at is not None:
            wanted = {"id": HEARING, "from_char": at, "characters": characters}
            given: Any = data_of(await client.call_tool("get_transcript", wanted))
            assert given["end_char"] - given["start_char"] <= characters
            assert (given["length"], given["digest"]) == (len(whole["text"]), whole["digest"])
            read.extend(given["turns"])
            at = given["next_char"]

    with_client(server, work)
    assert all(turn["text"] == whole["text"][turn["start_char"] : turn["end_char"]] for turn in read)
    assert "".join(turn["text"] for turn in read) == "".join(
        whole["text"][turn["start_char"] : turn["end_char"]] for turn in whole["turns"]
    )


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": ""}, "question"),
        ("ask", {"question": " "}, "question: it is empty"),
        ("ask", {}, "question"),
        ("ask", {"question": QUESTION, "speaker": "Brannick"}, "speaker"),
        ("ask", {"question": QUESTION, "since": "yesterday"}, "since: 'yesterday' is no date"),
        ("ask", {"question": QUESTION, "model": "gpt-4o"}, "there is: extractive"),
        ("search", {"query": "bridge", "k": 0}, "$.k"),
        ("search", {"query": "bridge", "speakers": "[broken"}, "$.speakers"),
        ("check", {"text": "x" * 20_001}, "$.text"),
        ("get_transcript", {"id": "none"}, "no transcript 'none'"),
        ("get_transcript", {"id": HEARING, "characters": 60_000}, "$.characters"),
    ],
)
def test_what_cannot_be_done_is_said_to_the_assistant(
    server: Server, tool: str, arguments: dict[str, Any], said: str
) -> None:
    result = call(server, tool, **arguments)
    assert result.is_error
    assert said in text_of(result)


def test_a_tool_that_is_not_there_is_an_error_of_the_protocol(server: Server) -> None:
    async def work(client: Client) -> str:
        with pytest.raises(MCPError) as refused:
            await client.call_tool("delete", {})
        return refused.value.message

    assert "no tool is called 'delete'; there are: ask" in with_client(server, work)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_no_text_is_refused_and_does_no_harm(server: Server, version: str) -> None:
    headers, body = _request(version, "get_transcript", id="\ud800")
    answered = server.client.post("/mcp", content=body, headers=headers)
    assert answered.status_code in (200, 400)
    assert "error" in answered.text.lower()


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_no_stream_to_get_and_no_session_to_end(server: Server, method: str) -> None:
    answered = server.client.request(method, "/mcp", headers={"Accept": "text/event-stream"})
    assert answered.status_code == 405
    assert answered.headers["Allow"] == "POST"


def test_a_page_of_another_site_may_not_call(server: Server) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    foreign = {"Origin": "https://elsewhere.example", "Accept": "application/json, text/event-stream"}
    assert server.client.post("/mcp", json=body, headers=foreign).status_code == 403
    assert server.client.post("/mcp", json=body, headers={"Host": "elsewhere.example"}).status_code == 421


def test_where_tokens_are_asked_for_a_client_brings_one_that_may_read(serve: Serve, own_archive: Path) -> None:
    add = [sys.executable, "-m", "onrecord", "--data", str(own_archive), "tokens", "add", "assistant", "--role", "read"]
    token = subprocess.run(add, check=True, capture_output=True, text=True).stdout.strip()
    server = serve(own_archive, ONRECORD_SERVE_REQUIRE_TOKENS="true")
    headers, body = _request(VERSIONS[0], "search", query="bridge")
    assert server.client.post("/mcp", content=body, headers=headers).status_code == 401
    known = server.client.post("/mcp", content=body, headers=headers | {"Authorization": f"Bearer {token}"})
    assert known.status_code == 200
    assert '"isError":false' in known.text.replace(" ", "")


def test_progress_is_told_sentence_by_sentence(server: Server) -> None:
    told: list[str | None] = []

    async def progress(progress: float, total: float | None, message: str | None) -> None:  # noqa: ARG001 (the SDK's)
        told.append(message)

    async def work(client: Client) -> Any:
        return await client.call_tool("ask", {"question": QUESTION}, progress_callback=progress)

    answer = data_of(with_client(server, work))
    assert told == [one["text"] for one in answer["sentences"]]


@pytest.mark.parametrize("version", VERSIONS)
def test_who_leaves_stops_the_model(serve: Serve, own_archive: Path, version: str) -> None:
    with Scripted() as model:
        thread = Thread(target=model.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        model.script["POST /v1/chat/completions"] = [Reply(body=[silent])]
        named = {"OPENAI_BASE_URL": f"{model.address}/v1", "OPENAI_API_KEY": "none"}
        server = serve(own_archive, "--model", "openai:silent", **named)
        with _asking(server, version):
            while not model.asked("/v1/chat/completions"):
                pass
        assert model.left.wait(60)
        for counted in ('questions_total{model="openai:silent"', 'tool_calls_total{outcome="stopped",tool="ask"'):
            while not re.search(rf"onrecord_{counted}.*}} 1.0", server.client.get("/metrics").text):
                pass
        model.shutdown()
        thread.join()
    assert server.stop() == 0
    assert "Traceback" not in "".join(server.log)


def _asking(server: Server, version: str) -> socket.socket:
    """A connection on which `ask` was called."""
    headers, body = _request(version, "ask", question=QUESTION)
    address = httpx2.URL(server.url)
    sent = {"Host": address.netloc.decode(), "Content-Length": str(len(body))} | headers
    head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    connection = socket.create_connection((address.host, address.port or 80), timeout=60)
    connection.sendall(f"POST /mcp HTTP/1.1\r\n{head}\r\n".encode() + body)
    return connection


def _request(version: str, tool: str, **arguments: str) -> tuple[dict[str, str], bytes]:
    """Headers and body of a call, by a version of the protocol."""
    params: dict[str, Any] = {"name": tool, "arguments": arguments}
    headers = {
        "Accept": "application/json, text/event-stream",
        "Content-Type": "application/json",
        "MCP-Protocol-Version": version,
    }
    if version == VERSIONS[-1]:
        of_client = {"protocolVersion": version, "clientCapabilities": {}, "clientInfo": {"name": "x", "version": "1"}}
        params["_meta"] = {f"io.modelcontextprotocol/{name}": value for name, value in of_client.items()}
        headers |= {"Mcp-Method": "tools/call", "Mcp-Name": tool}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    return headers, json.dumps(body).encode()
