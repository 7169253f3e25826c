"""Scripted servers on loopback sockets: what each request is answered with is written down beforehand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Any

Body = list[bytes | Callable[["Handler"], None]]
"""What is sent, piece by piece, and what is done in between."""


@dataclass
class Received:
    """A request that came; the names of its headers are in lower case."""

    path: str
    headers: Mapping[str, str]
    body: Any


@dataclass
class Reply:
    """What one request is answered with; a body that ends in `broken` leaves the connection torn."""

    status: int = 200
    body: Body = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


class Handler(BaseHTTPRequestHandler):
    """Answers as scripted, chunked, and notes a reader who leaves."""

    protocol_version = "HTTP/1.1"
    server: Scripted

    def _answer(self) -> None:
        read = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.path, headers, json.loads(read) if read else None)
        self.server.received.append(received)
        replies = self.server.script.get(f"{self.command} {self.path}", [Reply(404, [b'{"error": "no such place"}'])])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        try:
            self._send(reply)
        except OSError:
            self.server.left.set()
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in reply.body:
            if callable(piece):
                piece(self)
            else:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.flush()
            if self.close_connection:
                return
        self.wfile.write(b"0\r\n\r\n")

    do_GET = do_POST = _answer  # noqa: N815 (the names http.server calls)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what came is in `received`."""


def torn(handler: Handler) -> None:
    """The connection breaks off."""
    handler.close_connection = True


def silent(handler: Handler) -> None:
    """Nothing more comes until the reader leaves."""
    if not handler.connection.recv(1):
        handler.server.left.set()
    handler.close_connection = True


def endless(piece: bytes) -> Callable[[Handler], None]:
    """`piece` again and again until the reader leaves."""

    def send(handler: Handler) -> None:
        while True:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    return send


class Scripted(ThreadingHTTPServer):
    """A server that answers by its `script`: for each method and path the replies in order, the last for ever."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: dict[str, list[Reply]] = {}
        self.received: list[Received] = []
        self.left = Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def asked(self, path: str) -> list[Any]:
        """The bodies of the requests for `path`."""
        return [one.body for one in self.received if one.path == path]


def events(*data: object) -> list[bytes]:
    """Server-sent events as OpenAI's protocol has them."""
    return [f"data: {json.dumps(one)}\n\n".encode() for one in data]
