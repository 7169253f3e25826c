"""The work of the process that writes: requests in, what became of each out. No event loop, no HTTP here.

A file is read, embedded in steps and stored; between the steps what can't wait is done. Ends when
its input ends, also in the middle of a file, which is then not stored.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from index.embedding import Embedder
from index.errors import InvalidTranscript, OnrecordError, ReadingError
from index.ingest import Duplicate, Storing, aside, identified
from index.ingest import Failed as NotStored
from index.passages import PassageSettings
from index.reading.canonical import FORMAT
from index.reading.reading import Reading as Read
from index.reading.report import report
from index.store import LocalStore
from web.jobs.inbox import Ended, Inbox
from web.jobs.messages import Done, Embedding, Ending, Event, Failed, Reading, Remove, Request, StoreFile, line
from web.jobs.refusing import read_file, read_posted, said

log = logging.getLogger(__name__)

POSTED = "posted"
"""Stands for the path of a transcript that came as JSON."""


class Tools(Struct, frozen=True):
    """What the work is done with; `embedder` and `passages` are made when they are first needed.

    `patience`: seconds for which a file waits for another writer. `give_way` is called before what
    takes long.
    """

    store: LocalStore
    embedder: Callable[[], Embedder]
    passages: Callable[[], PassageSettings]
    patience: float
    give_way: Callable[[], None]


def work(
    requests: Iterable[bytes], events: BinaryIO, tools: Tools, hopeless: Callable[[], None] = lambda: None
) -> None:
    """Do what the lines of `requests` ask, and write to `events`, until the requests end.

    `hopeless` is called some seconds after that, in another thread, whatever this one is still at.
    """
    _Work(Inbox(requests, hopeless), events, tools).run()


class _Work:
    def __init__(self, inbox: Inbox, events: BinaryIO, tools: Tools) -> None:
        self._inbox = inbox
        self._events = events
        self._tools = tools

    def run(self) -> None:
        try:
            while True:
                self._answer(self._inbox.take())
        except (Ended, BrokenPipeError):
            return

    def _what_cant_wait(self) -> None:
        """All of it, in its order; it is not itself interrupted."""
        while (request := self._inbox.urgent()) is not None:
            self._answer(request)

    def _tell(self, event: Event) -> None:
        self._events.write(line(event))
        self._events.flush()

    def _answer(self, request: Request) -> None:
        self._tell(self._done(request))

    def _done(self, request: Request) -> Ending:
        try:
            if isinstance(request, Remove):
                removed = self._tools.store.remove([request.id])
                return Done(request.number, request.id) if removed else _unknown(request)
            if isinstance(request, StoreFile):
                return self._file(request)
            data = Path(request.kept).read_bytes()
            posted = Read(transcript=read_posted(data), format=FORMAT, encoding="utf-8")
            storing = self._storing(0.0, self._inbox.check)
            return self._stored(storing, request.number, identified(posted, None, None), data, POSTED, {})
        except (Ended, BrokenPipeError):
            raise
        except ReadingError as error:
            return Failed(request.number, said(error), type(error).__name__)
        except OnrecordError as error:
            return Failed(request.number, str(error), type(error).__name__)
        except MemoryError:
            return Failed(request.number, "it needs more memory than this machine has; split it")
        except Exception as error:
            log.error("a transcript could not be stored", exc_info=error)
            return Failed(request.number, "something went wrong here that nobody foresaw; the server's log says what")

    def _file(self, request: StoreFile) -> Ending:
        self._tell(Reading(request.number))
        self._tools.give_way()
        data = Path(request.kept).read_bytes()
        found = aside(partial(read_file, data, request.name, request.format), self._what_cant_wait)
        reading = identified(found, request.name, request.collection)
        storing = self._storing(self._tools.patience, self._what_cant_wait)
        return self._stored(storing, request.number, reading, data, request.name, request.taken)

    def _storing(self, patience: float, paused: Callable[[], None]) -> Storing:
        tools = self._tools
        storing = Storing(tools.store, tools.embedder(), tools.passages(), patience, paused)
        tools.give_way()
        return storing

    def _stored(
        self, storing: Storing, number: int, reading: Read, data: bytes, path: str, taken: dict[str, str]
    ) -> Ending:
        verdict = storing.store_one(reading, data, path, taken, partial(self._embedding, number))
        id = str(reading.transcript.id)
        if isinstance(verdict, NotStored):
            return Failed(number, verdict.error, InvalidTranscript.__name__)
        seen = report(reading, id=id, path=path)
        if isinstance(verdict, Duplicate):
            return Done(number, verdict.of, "duplicate", seen)
        return Done(number, id, verdict, seen)

    def _embedding(self, number: int, done: int, of: int) -> None:
        self._tell(Embedding(number, done, of))


def _unknown(request: Remove) -> Failed:
    return Failed(request.number, f"no transcript {request.id!r} is in the archive", "UnknownTranscript")
