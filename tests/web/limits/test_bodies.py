"""Bodies of a real server: too large, without a length, too slow; and connections that ask nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

CALLS = ["/api/questions", "/v1/chat/completions", "/mcp", "/api/check", "/sign-in", "/nowhere"]


def connect(server: Any) -> socket.socket:
    return socket.create_connection((server.client.base_url.host, server.client.base_url.port))


def head(server: Any, path: str, *headers: str, kind: str = "application/json") -> bytes:
    common = (f"POST {path} HTTP/1.1", f"Host: {server.client.base_url.netloc.decode()}", f"Content-Type: {kind}")
    return "\r\n".join((*common, "Accept: application/json, text/event-stream", *headers, "", "")).encode()


def status(connection: socket.socket) -> int:
    return int(connection.makefile("rb").readline().split()[1])


@pytest.fixture(scope="module")
def small(serve_all: Any, archive: Any) -> Any:
    """One that takes little."""
    return serve_all(archive, ONRECORD_SERVE_BODY_BYTES="2000", ONRECORD_SERVE_UPLOAD_BYTES="4000")


@pytest.fixture(scope="module")
def impatient(serve_all: Any, archive: Any) -> Any:
    """One that waits for nothing long."""
    return serve_all(archive, ONRECORD_SERVE_BODY_SECONDS="0.3")


@pytest.mark.parametrize("path", CALLS)
def test_what_says_that_it_is_too_large_is_not_waited_for(small: Any, path: str) -> None:
    with connect(small) as connection:
        connection.sendall(head(small, path, "Content-Length: 2001"))
        assert status(connection) == 413


@pytest.mark.parametrize("path", ["/mcp", "/mcp/"])
def test_a_call_of_a_tool_brings_no_more_than_one_can_need(server: Any, path: str) -> None:
    with connect(server) as connection:
        connection.sendall(head(server, path, "Content-Length: 500001"))
        assert status(connection) == 413


@pytest.mark.parametrize("path", [one for one in CALLS if one != "/nowhere"])
def test_what_does_not_say_how_large_it_is_is_counted(small: Any, path: str) -> None:
    with connect(small) as connection:
        connection.sendall(head(small, path, "Transfer-Encoding: chunked"))
        for _ in range(3):
            connection.sendall(b"3e8\r\n" + b" " * 1000 + b"\r\n")
        assert status(connection) == 413


@pytest.mark.parametrize("path", [one for one in CALLS if one != "/nowhere"])
@pytest.mark.parametrize("length", ["Content-Length: 100", "Transfer-Encoding: chunked"])
def test_what_does_not_come_is_not_waited_for(impatient: Any, path: str, length: str) -> None:
    with connect(impatient) as connection:
        connection.sendall(head(impatient, path, length))
        assert status(connection) == 408
        while connection.recv(1000):  # It is closed, too.
            pass


def test_a_transcript_may_be_larger_than_a_question_and_has_a_bound_of_its_own(small: Any) -> None:
    for size, expected in ((3000, {400, 415}), (4001, {413})):
        response = small.client.post(
            "api/transcripts", content=b" " * size, headers={"Content-Type": "application/json"}
        )
        assert response.status_code in expected


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "Multipart/Form-Data; boundary=x"])
@pytest.mark.parametrize("path", ["/api/transcripts", "/api/transcripts/", "//api/transcripts"])
def test_files_have_a_bound_of_their_own_however_it_is_written(small: Any, path: str, kind: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="format"\r\n\r\nnone\r\n--x--\r\n'
    with connect(small) as connection:
        connection.sendall(head(small, path, "Content-Length: 5000", kind=kind) + part + b" " * (5000 - len(part)))
        assert status(connection) == 400


def test_a_form_is_no_larger_than_the_call_it_stands_for(server: Any) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.client.post("check", content=b"a=1&" * 125_001, headers=kind).status_code == 413


def test_a_body_of_many_pieces_is_read_whole(small: Any) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"query": "'
        for _ in range(10):
            yield b"bridge "
        yield b'"}'

    kind = {"Content-Type": "application/json"}
    assert small.client.post("api/search", content=pieces(), headers=kind).status_code == 200


def test_a_head_that_is_too_large_is_refused(small: Any) -> None:
    with connect(small) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 70_000)
        assert status(connection) == 400


@pytest.mark.parametrize(
    ("address", "more"),
    [("/?" + "q" * 16_400, b""), ("/" + "q" * 16_400, b""), ("/", b"X: " + b"x" * 16_400), ("/", b"X: y\r\n" * 8_200)],
)
def test_and_one_that_comes_at_once_is_too(small: Any, address: str, more: bytes) -> None:
    with connect(small) as connection:
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n".encode() + more.strip() + b"\r\n\r\n")
        assert status(connection) in (431, 400)
