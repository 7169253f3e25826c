"""Names and pages: a real server answers to its own names, to no page of others, and says what a browser may do."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from web.access.headers import CONTENT_SECURITY_POLICY, HEADERS

QUESTION = {"question": "What does the bridge cost?"}


def test_a_name_that_is_not_ours_is_not_answered_to(server: Any) -> None:
    for path in ("", "api/models", "health/live", "static/x", "nowhere"):
        response = server.client.get(path, headers={"Host": "evil.example"})
        assert response.status_code == 421
        assert response.json()["status"] == 421
    port = server.client.base_url.port
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "localhost:1"):
        assert server.client.get("api/models", headers={"Host": host}).status_code == 200


def test_a_request_that_names_nobody_is_not_answered(server: Any) -> None:
    with socket.create_connection((server.client.base_url.host, server.client.base_url.port)) as connection:
        connection.sendall(b"GET /api/models HTTP/1.0\r\n\r\n")
        assert connection.makefile("rb").readline().startswith(b"HTTP/1.1 421 ")


def test_names_of_the_setting_are_ours_too(serve: Any, archive: Any) -> None:
    server = serve(archive, ONRECORD_SERVE_HOSTS="desk.example, archive.example")
    for host, status in (("desk.example", 200), ("archive.example:80", 200), ("evil.example", 421)):
        assert server.client.get("api/models", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:1"},
    ],
)
def test_a_page_of_another_changes_and_asks_nothing(server: Any, headers: dict[str, str]) -> None:
    for method, path in (
        ("POST", "api/questions"),
        ("POST", "api/transcripts"),
        ("DELETE", "api/transcripts/x"),
        ("POST", "sign-in"),
        ("POST", "mcp"),
        ("POST", "v1/chat/completions"),
    ):
        assert server.client.request(method, path, json=QUESTION, headers=headers).status_code == 403
    preflight = server.client.options("api/questions", headers={"Access-Control-Request-Method": "POST", **headers})
    assert not [name for name in preflight.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),  # a link
        ({"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}, 403),
        ({}, 403),
    ],
)
def test_a_page_of_another_may_lead_here_and_use_nothing(server: Any, headers: dict[str, str], status: int) -> None:
    for site in ("cross-site", "same-site"):
        for path in ("search?q=bridge", "api/transcripts", ""):
            assert server.client.get(path, headers={"Sec-Fetch-Site": site, **headers}).status_code == status
        assert server.client.get("health/live", headers={"Sec-Fetch-Site": site, **headers}).status_code == 200
    ours = {"Sec-Fetch-Site": "same-origin", **headers}
    assert server.client.get("search?q=bridge", headers=ours).status_code == 200


def test_our_own_page_and_what_is_no_browser_may_ask(server: Any) -> None:
    ours = str(server.client.base_url).rstrip("/")
    for headers in ({}, {"Origin": ours}, {"Origin": ours, "Sec-Fetch-Site": "same-origin"}):
        assert server.client.post("api/questions", json=QUESTION, headers=headers).status_code == 200


def test_every_answer_says_what_a_browser_may_do_with_it(server: Any, guarded: Any) -> None:
    answers = [
        server.client.get(""),
        server.client.get("api/models"),
        server.client.get("nowhere"),
        server.client.delete("api/models"),
        server.client.get("health/live"),
        server.client.get("metrics"),
        server.client.post("mcp", json={}),
        server.client.post("api/questions", json={}),
        server.client.post("api/questions", content=b"x" * 9_000_000),
        server.client.post("api/questions", json=QUESTION, headers={"Accept": "text/event-stream"}),
        server.client.get("api/models", headers={"Host": "evil.example"}),
    ]
    with guarded.client() as nobody:
        answers += [nobody.get("api/models"), nobody.get("sign-in"), nobody.get("", headers={"Accept": "text/html"})]
    assert {one.status_code for one in answers} >= {200, 303, 400, 401, 404, 405, 413, 421}
    for one in answers:
        assert {name for name in HEADERS if name not in one.headers} == set(), one.url
        assert one.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
        assert one.headers["x-content-type-options"] == "nosniff"
        assert "server" not in one.headers
        assert "strict-transport-security" not in one.headers
    assert "unsafe" not in CONTENT_SECURITY_POLICY


def test_scripts_are_kept_by_browsers_and_what_the_archive_says_is_not(server: Any) -> None:
    page = server.client.get("")
    script = next(part.split('"')[0] for part in page.text.split('src="') if part.startswith("/static/"))
    assert "immutable" in server.client.get(script).headers["cache-control"]
    for path in ("", "api/transcripts", "api/models"):
        assert server.client.get(path).headers["cache-control"] == "private, no-cache"
