"""HEAD on everything that GET gives: the same head, and nothing after it."""

from __future__ import annotations

import socket
from typing import Any

import pytest

OTTER = "2024-10-02-ferry-interview_otter.txt"

SHOWN = [
    "/",
    "/archive",
    "/search?q=ferry",
    "/check",
    f"/transcripts/{OTTER}",
    "/static/base.css",
    "/api/transcripts",
    f"/api/transcripts/{OTTER}",
    "/api/jobs",
    "/api/models",
    "/v1/models",
    "/health/ready",
    "/metrics",
    "/schema/openapi.json",
    "/nowhere",
    "/api/transcripts/nobody",
    "/v1/models/none",
]
EACH_TIME_ANOTHER = {"date", "x-request-id", "content-length"}


def head(response: Any) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in EACH_TIME_ANOTHER}


@pytest.mark.parametrize("path", SHOWN)
def test_the_head_is_that_of_the_whole(server: Any, path: str) -> None:
    whole, alone = server.client.get(path), server.client.head(path)
    assert (alone.status_code, head(alone)) == (whole.status_code, head(whole))
    assert alone.content == b""
    assert ("content-length" in alone.headers) == ("content-length" in whole.headers)


def test_nothing_comes_after_the_head(server: Any) -> None:
    url = server.client.base_url
    asked = f"HEAD /api/models HTTP/1.1\r\nHost: {url.netloc.decode()}\r\n"
    with socket.create_connection((url.host, url.port)) as connection:
        connection.sendall(f"{asked}\r\n{asked}Connection: close\r\n\r\n".encode())
        answers = connection.makefile("rb").read()
    assert answers.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert answers.endswith(b"\r\n\r\n")
    assert b"extractive" not in answers


@pytest.mark.parametrize("path", ["/api/questions", "/mcp"])
def test_what_can_only_be_sent_is_no_head(server: Any, path: str) -> None:
    refused = server.client.head(path)
    assert refused.status_code == 405
    assert "POST" in refused.headers["allow"].split(", ")


def test_it_is_counted_as_what_it_is(server: Any) -> None:
    server.client.head("/api/models")
    counted = 'onrecord_requests_total{method="HEAD",route="/api/models",status="200"}'
    assert counted in server.client.get("/metrics").text
