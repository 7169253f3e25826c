"""Who is let in, by a real server: with a token, without one, with one that was revoked."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import Any

import pytest

from web.access.needs import NEEDS
from web.access.tokens import Tokens, today

QUESTION = {"question": "What does the bridge cost?"}
TRANSCRIPT = {"id": "new", "turns": [{"label": "MS. HALLAM", "text": "The lock was opened in March."}]}

CALLS = sorted(one for one, needed in NEEDS.items() if needed != "open")


def send(client: Any, call: str) -> Any:
    """A request by the method and to the template `call`."""
    method, path = call.split()
    method = "POST" if method == "*" else method
    sent: dict[str, Any] = {"json": {}} if method == "POST" else {}
    return client.request(method, path.replace("{", "").replace("}", ""), **sent)


def test_on_loopback_nobody_is_asked_and_a_token_is_ignored(server: Any) -> None:
    for headers in ({}, {"Authorization": "Bearer nobodys"}, {"Authorization": "Basic eDp5"}):
        response = server.client.post("api/questions", json=QUESTION, headers=headers)
        assert response.status_code == 200
    assert server.client.get("sign-in").headers["location"] == "/"


@pytest.mark.parametrize("call", CALLS)
def test_without_a_token_nothing_that_is_not_open_is_answered(guarded: Any, call: str) -> None:
    with guarded.client() as nobody:
        response = send(nobody, call)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="onrecord"'
    if "/v1/" in call:
        assert response.json()["error"]["type"] == "authentication_error"
    else:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["status"] == 401


@pytest.mark.parametrize("call", CALLS)
def test_each_role_may_have_what_the_table_says(guarded: Any, call: str) -> None:
    with guarded.client(guarded.read) as reader, guarded.client(guarded.write) as writer:
        statuses = send(reader, call).status_code, send(writer, call).status_code
    assert (statuses[0] == 403) == (NEEDS[call] == "write")
    assert not set(statuses) & {401, 421, 429, 500}
    assert statuses[1] != 403


@pytest.mark.parametrize(
    "path", ["nowhere", "api/nowhere", "health/live/../../api/models", "staticx", "schema/openapi.json"]
)
def test_what_is_not_there_asks_for_a_token_too(guarded: Any, path: str) -> None:
    with guarded.client() as nobody:
        assert nobody.get(path).status_code == 401


def test_what_is_open_is(guarded: Any) -> None:
    with guarded.client() as nobody:
        assert nobody.get("health/live").status_code == 200
        assert nobody.get("health/ready").status_code in (200, 503)
        page = nobody.get("sign-in")
        assert page.status_code == 200
        styles = [part.split('"')[0] for part in page.text.split('href="') if part.startswith("/static/")]
        assert styles
        assert {nobody.get(one).status_code for one in styles} == {200}


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer onrecord_nobodys",
        "Basic {read}",
        "{read}",
        "Bearer {read}x",
        "Bearer {read} {read}",
    ],
)
def test_what_is_no_token_of_ours_is_refused(guarded: Any, authorization: str) -> None:
    headers = {"Authorization": authorization.format(read=guarded.read)}
    with guarded.client() as client:
        response = client.get("api/models", headers=headers)
    assert response.status_code == 401
    assert 'error="invalid_token"' in response.headers["www-authenticate"]


def test_the_scheme_may_be_written_in_any_case(guarded: Any) -> None:
    with guarded.client() as client:
        assert client.get("api/models", headers={"Authorization": f"bearer {guarded.read}"}).status_code == 200


def test_who_may_write_adds_and_removes_and_who_may_read_does_not(guard: Any) -> None:
    guarded = guard()
    with guarded.client(guarded.read) as reader, guarded.client(guarded.write) as writer:
        assert reader.post("api/transcripts", json=TRANSCRIPT).status_code == 403
        assert reader.get("api/transcripts/new").status_code == 404
        assert writer.post("api/transcripts", json=TRANSCRIPT).status_code == 201
        assert reader.get("api/transcripts/new").status_code == 200
        refused = reader.delete("api/transcripts/new")
        assert refused.status_code == 403
        assert 'error="insufficient_scope"' in refused.headers["www-authenticate"]
        assert writer.delete("api/transcripts/new").status_code == 204


def test_what_a_command_adds_and_revokes_a_running_server_heeds_at_once(guard: Any) -> None:
    guarded = guard()

    def tokens(*arguments: str) -> str:
        command = [sys.executable, "-m", "onrecord", "--data", str(guarded.server.folder), "tokens", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    secret = tokens("add", "later", "--role", "read")
    with guarded.client(secret) as client, guarded.signed_in(secret) as browser:
        assert client.get("api/models").status_code == 200
        assert browser.get("").status_code == 200
        tokens("revoke", "later")
        assert client.get("api/models").status_code == 401
        assert browser.get("api/models").status_code == 401
        # A new token of the same name revives nothing.
        tokens("add", "later", "--role", "read")
        assert browser.get("api/models").status_code == 401
    with guarded.client(guarded.read) as other:
        assert other.get("api/models").status_code == 200


def test_the_day_of_its_last_use_is_noted(guard: Any) -> None:
    guarded = guard()
    with guarded.client(guarded.read) as reader:
        used = None
        while used is None:  # It is noted beside the answer.
            assert reader.get("api/models").status_code == 200
            used = guarded.tokens.listed()[0].used
    assert used == today()
    assert guarded.tokens.listed()[1].used is None


def test_on_loopback_tokens_are_asked_for_where_the_setting_says_so(guard: Any) -> None:
    guarded = guard("--host", "127.0.0.1", ONRECORD_SERVE_REQUIRE_TOKENS="true")
    with guarded.client() as nobody, guarded.client(guarded.read) as reader:
        assert nobody.get("api/models").status_code == 401
        assert reader.get("api/models").status_code == 200


def test_a_damaged_file_of_tokens_lets_nobody_in(guard: Any) -> None:
    guarded = guard()
    (guarded.server.folder / "tokens.json").write_text("{")
    with guarded.client(guarded.read) as reader:
        response = reader.get("api/models")
        assert response.status_code == 503
        assert "damaged" in response.json()["detail"]
        assert str(guarded.server.folder) not in response.text
        assert reader.get("health/live").status_code == 200


def test_the_protocols_of_others_take_the_same_tokens(guarded: Any) -> None:
    import asyncio

    import httpx2
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client
    from openai import AuthenticationError, OpenAI

    address = guarded.server.url
    with OpenAI(base_url=f"{address}v1", api_key=guarded.read) as client:
        assert client.models.list().data
    with OpenAI(base_url=f"{address}v1", api_key="nobodys") as client, pytest.raises(AuthenticationError):
        client.models.list()

    async def tools() -> list[str]:
        bearer = {"Authorization": f"Bearer {guarded.read}"}
        async with (
            httpx2.AsyncClient(headers=bearer, trust_env=False) as bearing,
            Client(streamable_http_client(f"{address}mcp", http_client=bearing)) as client,
        ):
            return [tool.name for tool in (await client.list_tools()).tools]

    assert "ask" in asyncio.run(tools())


def test_neither_token_nor_path_is_told_to_anybody(guard: Any) -> None:
    guarded = guard(ONRECORD_SERVE_LOG_LEVEL="debug")
    folder = str(guarded.server.folder)
    said = []
    for secret in (None, guarded.read, guarded.write, "onrecord_wrong-secret"):
        with guarded.client(secret) as client:
            for call in sorted(NEEDS):
                response = send(client, call)
                said.append(f"{response.headers} {response.text}")
            said.append(client.post("sign-in", data={"token": secret or "onrecord_wrong-secret"}).text)
            said.append(client.post("api/questions", content=b"{", headers={"Content-Type": "application/json"}).text)
            said.append(client.get(f"nowhere?token={guarded.read}").text)
    assert guarded.server.stop() == 0
    log = "".join(line for line in guarded.server.log if not line.startswith("serving"))
    assert "path=/api/questions" in log
    for secret in (guarded.read, guarded.write, "onrecord_wrong-secret"):
        assert secret not in log
        assert not [one for one in said if secret in one]
    assert folder not in log
    assert not [one for one in said if folder in one]
    assert "Traceback" not in log
    assert Tokens(guarded.server.folder).listed()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../api/models",
        "/static/%2e%2e/api/models",
        "/static/..%2fapi/models",
        "/static//../../api/models",
        "//api/models",
        "/api//models",
        "/api/models/",
        "/API/models",
        "/health/live/../../api/models",
        "/health/live/%2e%2e/api/models",
        "/sign-in/../api/models",
        "/api/models?/health/live",
        "/api/models#/health/live",
        "/api/models;/health/live",
        "http://localhost/api/models",
    ],
)
def test_no_way_of_writing_a_path_leads_past_the_door(guarded: Any, path: str) -> None:
    where = guarded.server.client.base_url
    with socket.create_connection((where.host, where.port)) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = connection.makefile("rb").read()
    assert answer.split(maxsplit=2)[1] in (b"401", b"404", b"400", b"405")
    assert b'"models"' not in answer
