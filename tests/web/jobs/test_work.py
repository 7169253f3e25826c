"""The work of the process that writes, in this process: what can't wait is done in the middle of a file."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue

import pytest
from msgspec import json

from index.embedding import Embedded, Embedder
from index.embedding.tiny import TinyEmbedder
from index.passages import PassageSettings
from index.store import LocalStore
from web.jobs.messages import (
    Done,
    Embedding,
    Event,
    Failed,
    Reading,
    Remove,
    Request,
    StoreFile,
    StorePosted,
    event,
    line,
)
from web.jobs.work import Tools, work


class Wire:
    """What the server sends: lines until None. `read` are those that were taken in."""

    def __init__(self) -> None:
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        self._wanted: SimpleQueue[None] = SimpleQueue()

    def send(self, *requests: Request) -> None:
        """Returns when they have all arrived."""
        for request in requests:
            self._lines.put(line(request))
            self._wanted.get()

    def end(self) -> None:
        self._lines.put(None)

    def __iter__(self) -> Iterator[bytes]:
        while (sent := self._lines.get()) is not None:
            yield sent
            # Whoever reads comes back for the next when it has put this one in its place.
            self._wanted.put(None)


class Interrupted(TinyEmbedder):
    """Sends `requests` when the first passages are embedded, and ends the wire when the last are to be."""

    def __init__(self, wire: Wire, requests: Sequence[Request]) -> None:
        super().__init__()
        self._wire, self._requests = wire, list(requests)

    def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
        self._wire.send(*self._requests)
        self._requests = []
        return super().passages(texts)


def long(n: int) -> str:
    return "".join(
        f"MS. HALE: Point {k} of talk {n} is about money. {'It is never enough. ' * 40}\n\n" for k in range(99)
    )


def tools(store: LocalStore, embedder: Embedder) -> Tools:
    return Tools(
        store,
        lambda: embedder,
        lambda: PassageSettings(tokens=embedder.identity.limit),
        patience=0.0,
        give_way=lambda: None,
    )


class Heard(io.BytesIO):
    """The events; the wire ends with the `last` ending."""

    def __init__(self, wire: Wire, last: int) -> None:
        super().__init__()
        self._wire, self._left = wire, last

    def write(self, data: object) -> int:
        assert isinstance(data, bytes)
        self._left -= isinstance(event(data), Done | Failed)
        if self._left == 0:
            self._wire.end()
        return super().write(data)

    @property
    def events(self) -> list[Event]:
        return [event(one) for one in self.getvalue().splitlines()]


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "archive", patience=0)


def kept(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_what_cannot_wait_is_done_while_a_file_is_embedded(store: LocalStore, tmp_path: Path) -> None:
    wire = Wire()
    posted = {"id": "posted", "turns": [{"text": "The ferry sails at noon."}]}
    urgent: list[Request] = [
        StorePosted(7, kept(tmp_path, "7", json.encode(posted))),
        Remove(8, "posted"),
        Remove(9, "nobody"),
    ]
    embedder = Interrupted(wire, urgent)
    heard = Heard(wire, 5)
    for n in (1, 2):
        wire._lines.put(line(StoreFile(n, kept(tmp_path, str(n), long(n).encode()), f"{n}.txt")))
    work(wire, heard, tools(store, embedder))
    ends = [one for one in heard.events if isinstance(one, Done | Failed)]
    assert [one.number for one in ends] == [7, 8, 9, 1, 2]
    assert ends[2] == Failed(9, "no transcript 'nobody' is in the archive", "UnknownTranscript")
    assert [one.id for one in store.view().summaries()] == ["1.txt", "2.txt"]
    of_first = [one for one in heard.events if one.number == 1]
    assert isinstance(of_first[0], Reading)
    counted = [(one.done, one.of) for one in of_first if isinstance(one, Embedding)]
    assert counted[0][0] == 0
    assert counted[-1] == (counted[0][1], counted[0][1])
    assert len(counted) > 2


def test_at_the_end_of_its_input_it_leaves_a_file_unstored(store: LocalStore, tmp_path: Path) -> None:
    wire = Wire()

    class Ending(TinyEmbedder):
        def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
            wire.end()
            return super().passages(texts)

    heard = Heard(wire, -1)
    wire._lines.put(line(StoreFile(1, kept(tmp_path, "1", long(1).encode()), "1.txt")))
    work(wire, heard, tools(store, Ending()))
    assert not [one for one in heard.events if isinstance(one, Done | Failed)]
    assert store.view().summaries() == []
