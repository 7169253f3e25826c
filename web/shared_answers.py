"""Shared answers: the last ones given are remembered, and one that somebody shares is kept as a file.

In: answers as they are given, and ids to share. Out: for an id that is shared its answer, as it was.
An answer that is shared lies as JSON in `answers/ID.json` of the data folder: written whole or not
at all, and it outlasts a power cut. What is remembered is bounded, by number and by bytes.
"""

from __future__ import annotations

import os
import re
from collections import OrderedDict
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from secrets import token_hex
from threading import Lock

import msgspec

from index.errors import OnrecordError, StoreError
from qa.answer import Answer, DoneEvent, Event
from qa.bounds import Question
from web.metrics import Asked

FOLDER = "answers"
"""Its name in the data folder."""

MOST_ANSWERS = 1_000
MOST_BYTES = 32_000_000
"""Of answers that are remembered, as JSON."""

_ID = re.compile(r"[0-9a-f]{32}")


class UnknownAnswer(OnrecordError):
    """No answer with that id is shared, or remembered so that it could be; the message says what to do."""


class SharedAnswers:
    """Those of the archive in `folder`. Safe for use from several threads."""

    def __init__(self, folder: Path, most_answers: int = MOST_ANSWERS, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder / FOLDER
        self._most_answers = most_answers
        self._most_bytes = most_bytes
        self._given: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def remember(self, answer: Answer) -> None:
        """So that `answer` can be shared; the oldest are forgotten where they are too many."""
        written = msgspec.json.encode(answer)
        with self._lock:
            self._given[answer.id] = written
            self._bytes += len(written)
            while len(self._given) > self._most_answers or self._bytes > self._most_bytes:
                _, forgotten = self._given.popitem(last=False)
                self._bytes -= len(forgotten)

    def share(self, id: str) -> None:
        """Keep the answer `id` for good. UnknownAnswer where it is not one of the last given nor shared; StoreError."""
        file = self._file(id)
        if file and file.exists():
            return
        with self._lock:
            written = self._given.get(id)
        if file is None or written is None:
            raise UnknownAnswer(
                "this answer is not remembered: only the last ones given since the server was started can be "
                "shared; ask the question again and share that answer"
            )
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(file, written)
        except OSError as error:
            why = (error.strerror or "no reason given").lower()
            raise StoreError(f"the answer could not be kept in the data folder ({why})") from error

    def shared(self, id: str) -> Answer:
        """The answer that was shared as `id`. UnknownAnswer."""
        file = self._file(id)
        try:
            if file:
                return msgspec.json.decode(file.read_bytes(), type=Answer)
        except FileNotFoundError:
            pass
        except msgspec.DecodeError as error:
            raise OnrecordError(f"the shared answer {id} is damaged and can't be shown") from error
        raise UnknownAnswer("no answer is shared under this address; whoever has it can share it again")

    def _file(self, id: str) -> Path | None:
        """Where the answer lies once it is shared; None for what is no id of an answer."""
        return self._folder / f"{id}.json" if _ID.fullmatch(id) else None


def _write(file: Path, content: bytes) -> None:
    """`content` into `file`, so that a power cut leaves all of it or nothing there."""
    making = file.with_name(f".{file.stem}-{token_hex(4)}")
    try:
        with making.open("xb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        making.replace(file)
    finally:
        making.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Remembered:
    """`answerer`, whose answers `answers` remembers."""

    def __init__(self, answerer: Asked, answers: SharedAnswers) -> None:
        self._answerer = answerer
        self._answers = answers

    async def answer(self, question: Question) -> Answer:
        """The whole answer to `question`, as the answerer gives it."""
        answer = await self._answerer.answer(question)
        self._answers.remember(answer)
        return answer

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """The events of the answer, as the answerer gives them."""
        async with aclosing(self._answerer.stream(question)) as events:
            async for event in events:
                if isinstance(event, DoneEvent):
                    self._answers.remember(event.answer)
                yield event
