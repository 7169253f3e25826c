"""Asking as clients do: events as they come, a connection that is closed whenever the test wants, the metrics."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx2

from qa.ledger import Ledger, Line
from tests.web.conftest import environment
from tests.web.faults.model import QUESTION

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Server

EVENTS = {"Accept": "text/event-stream"}

Told = tuple[str, Any]
"""Name and content of an event."""


def ask(server: Server, question: str = QUESTION, **fields: Any) -> httpx2.Response:
    """The whole answer."""
    return server.client.post("/api/questions", json={"question": question, **fields})


@contextmanager
def streamed(server: Server, question: str = QUESTION, **fields: Any) -> Iterator[Iterator[Told]]:
    """The events, as they come; whoever leaves the context leaves the server."""
    body = {"question": question, **fields}
    with httpx2.Client(base_url=server.url, timeout=60, trust_env=False) as client:  # noqa: SIM117 (it reads better)
        with client.stream("POST", "/api/questions", json=body, headers=EVENTS) as response:
            assert response.status_code == 200
            yield coming(response.iter_lines())


def coming(lines: Iterator[str]) -> Iterator[Told]:
    """What the lines of a stream of events say."""
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def until(told: Iterator[Told], name: str) -> Any:
    """The content of the next event of that name."""
    return next(content for event, content in told if event == name)


@contextmanager
def asking(server: Server, path: str, **body: Any) -> Iterator[socket.socket]:
    """A connection on which something was asked and nothing is read; it is closed at the end."""
    accept = "application/json, text/event-stream" if body.pop("events", False) else "*/*"
    sent = json.dumps(body).encode()
    with begun(server, path, "application/json", sent, len(sent), accept) as connection:
        yield connection


@contextmanager
def begun(
    server: Server, path: str, kind: str, sent: bytes, length: int, accept: str = "*/*"
) -> Iterator[socket.socket]:
    """A connection on which `sent` was sent, of a body said to be `length` bytes long; it is closed at the end."""
    address = httpx2.URL(server.url)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {address.netloc.decode()}\r\nAccept: {accept}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    )
    with socket.create_connection((address.host, address.port or 80), timeout=60) as connection:
        connection.sendall(head.encode() + sent)
        yield connection


def read_to(connection: socket.socket, sign: bytes) -> bytes:
    """What comes up to `sign`, and somewhat beyond it."""
    read = b""
    while sign not in read:
        piece = connection.recv(65536)
        assert piece, read
        read += piece
    return read


def measured(server: Server, name: str) -> float:
    """A number of the metrics that has no labels."""
    lines = server.client.get("/metrics").text.splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith(f"{name} "))


def comes_to(server: Server, name: str, value: float) -> None:
    """Wait until a number of the metrics is `value`."""
    while measured(server, name) != value:
        pass


def ready(server: Server) -> None:
    """Wait until it is."""
    while server.client.get("/health/ready").status_code != 200:
        pass


def counted(folder: Path, model: str) -> list[Line]:
    """What the ledger says of `model`, a line for each style."""
    return [line for line in Ledger(folder).read() if line.model == model]


def onrecord(folder: Path, *arguments: str, **variables: str) -> str:
    """What a command over the archive in `folder` prints; it has to end well."""
    command = [sys.executable, "-m", "onrecord", "--data", str(folder), *arguments]
    return subprocess.run(command, env=environment(**variables), check=True, capture_output=True, text=True).stdout


def status(folder: Path) -> tuple[int, list[str]]:
    """The exit status of `onrecord index status`, and what it finds to mend."""
    command = [sys.executable, "-m", "onrecord", "--data", str(folder), "index", "status", "--json"]
    ended = subprocess.run(command, env=environment(), capture_output=True, text=True)
    return ended.returncode, json.loads(ended.stdout)["problems"]
