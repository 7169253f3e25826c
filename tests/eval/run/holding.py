"""A server that passes everything on to another, and holds one question back until it is told to let go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import urlsplit

from msgspec import Struct


class Held(Struct, frozen=True, eq=False):
    """`reached` once the question has come; `let_go` says that it may pass, and all after it."""

    address: str
    reached: Event
    let_go: Event


@contextmanager
def holding(server: str, ask: int) -> Iterator[Held]:
    """Passes on to `server`, but for the question number `ask`, from 1."""
    reached, let_go = Event(), Event()
    asked = 0

    class Passing(BaseHTTPRequestHandler):
        def _pass(self) -> None:
            nonlocal asked
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked += self.path == "/api/questions"
            if self.path == "/api/questions" and asked == ask:
                reached.set()
                let_go.wait()
                return
            to = HTTPConnection(urlsplit(server).netloc)
            to.request(self.command, self.path, body, {"Content-Type": "application/json"})
            answer = to.getresponse()
            content = answer.read()
            to.close()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _pass  # noqa: N815 (http.server's names)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Passing) as passing:
        thread = Thread(target=passing.serve_forever)
        thread.start()
        try:
            yield Held(f"http://127.0.0.1:{passing.server_port}", reached, let_go)
        finally:
            let_go.set()
            passing.shutdown()
            thread.join()
