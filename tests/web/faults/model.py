"""A language model on a socket of its own, whose replies a test holds back, breaks off and lets go on."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Event, Semaphore
from typing import Any

from tests.qa.models.servers import Body, Handler, Reply, Scripted, events

MODEL = "openai:held"

PATH = "/v1/chat/completions"

QUESTION = "How many passengers did the ferry carry in the summer?"

FIRST = "We carried 214,000 passengers in ninety-six days."
SECOND = "The best day was the regatta, the 27th of July, that was 5,310 people, and one goat."
"""Two sentences of the samples, of which the first answers the question."""


def chunk(content: str | None, finish: str | None = None) -> bytes:
    """One of Chat Completions."""
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    (sent,) = events({"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "held", "choices": [choice]})
    return sent


def write(handler: Handler, piece: bytes) -> None:
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
    handler.wfile.flush()


def cites(handler: Handler) -> None:
    """Writes two sentences that the record bears out. The second may still go on, so only the first is sent."""
    prompt = handler.server.asked(PATH)[-1]["messages"][1]["content"]
    cited = []
    for sentence in (FIRST, SECOND):
        numbered = re.search(rf"^(\[\d+\.\d+\]) {re.escape(sentence)}", prompt, re.MULTILINE)
        assert numbered
        cited.append(f"{sentence.removesuffix('.')} {numbered[1]}")
    write(handler, chunk(". ".join(cited)))


END: Body = [chunk(".", finish="stop"), b"data: [DONE]\n\n"]
"""How a reply ends that is whole."""


class Held:
    """A place in a reply at which it is held until `go` is set, from the first where it is `open`."""

    def __init__(self, open: bool = False) -> None:
        self._reached = Semaphore(0)
        self.go = Event()
        if open:
            self.go.set()

    def __call__(self, handler: Handler) -> None:
        assert handler
        self._reached.release()
        assert self.go.wait(60)

    def wait(self, times: int = 1) -> None:
        """Until it was reached so many times more."""
        for _ in range(times):
            assert self._reached.acquire(timeout=60)


class Model:
    """What the server `scripted` replies, by what the tests want of it."""

    def __init__(self, scripted: Scripted) -> None:
        self.scripted = scripted
        self.variables = {"OPENAI_BASE_URL": f"{scripted.address}/v1", "OPENAI_API_KEY": "none"}
        """With which a server finds it."""
        self._script = scripted.script.setdefault(f"POST {PATH}", [])

    def replies(self, *pieces: bytes | Callable[[Handler], None], status: int = 200, **headers: str) -> None:
        """Every request is answered with `pieces`."""
        self._script[:] = [Reply(status, list(pieces), headers)]

    def first(self, *pieces: bytes | Callable[[Handler], None], status: int = 200, **headers: str) -> None:
        """The next request is answered with `pieces`."""
        self._script.insert(0, Reply(status, list(pieces), headers))

    @property
    def asked(self) -> list[Any]:
        """The requests that came."""
        return self.scripted.asked(PATH)

    def left(self) -> None:
        """Wait until it sees that one more has left."""
        assert self.scripted.left.wait(60)
        self.scripted.left.clear()
