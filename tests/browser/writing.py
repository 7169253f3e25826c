"""A language model on a socket of its own: it writes and cites what a test says, and waits where the test holds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from tests.qa.models.servers import Body, Handler, Reply, Scripted, events

MODEL = "openai:writing"

QUESTION = "How many passengers did the ferry carry in the summer?"

FIRST = "We carried 214,000 passengers in ninety-six days."
SECOND = "The best day was the regatta, the 27th of July, that was 5,310 people, and one goat."
"""Two sentences of the samples, which may answer the question."""

UNBORNE = "It carried 999,000 passengers."
"""A sentence that no sentence of theirs bears out."""

_PATH = "/v1/chat/completions"


def chunk(content: str, finish: str | None = None) -> bytes:
    """One of Chat Completions."""
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": finish}
    told = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "writing", "choices": [choice]}
    return events(told)[0]


def writes(*sentences: str, before: str = "") -> Callable[[Handler], None]:
    """Writes `sentences`, each citing itself, or FIRST where it was not shown; the last may still go on."""

    def write(handler: Handler) -> None:
        prompt = handler.server.asked(_PATH)[-1]["messages"][1]["content"]
        shown = {text: number for number, text in re.findall(r"^(\[\d+\.\d+\]) (.+)$", prompt, re.MULTILINE)}
        cited = [f"{one.removesuffix('.')} {shown.get(one, shown[FIRST])}" for one in sentences]
        piece = chunk(before + ". ".join(cited))
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.wfile.flush()

    return write


ENDS: Body = [chunk(".", finish="stop"), b"data: [DONE]\n\n"]
"""How a reply ends that is whole."""


class Held:
    """Where a reply waits until `go` is set."""

    def __init__(self) -> None:
        self.go = Event()

    def __call__(self, handler: Handler) -> None:
        assert self.go.wait(60), handler.path


class Writer:
    """The model; `variables` are those with which a server finds it."""

    def __init__(self, scripted: Scripted) -> None:
        self.scripted = scripted
        self.variables = {"OPENAI_BASE_URL": f"{scripted.address}/v1", "OPENAI_API_KEY": "none"}

    def replies(self, *pieces: bytes | Callable[[Handler], None]) -> None:
        """Every request from now on is answered with `pieces`."""
        self.scripted.script[f"POST {_PATH}"] = [Reply(200, list(pieces))]

    def was_left(self) -> bool:
        """Whether its reader leaves, within a minute."""
        return self.scripted.left.wait(60)


@contextmanager
def writer() -> Iterator[Writer]:
    """One at work."""
    with Scripted() as scripted:
        thread = Thread(target=scripted.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Writer(scripted)
        finally:
            scripted.shutdown()
            thread.join()
