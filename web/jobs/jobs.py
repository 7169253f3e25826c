"""The jobs of this server: uploaded files in a line, one at a time into the archive, and what became of each.

Removals and posted transcripts don't stand in that line. Jobs are kept in memory: a server that
ends has forgotten them, and files that still waited are not stored, which its log says.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any

import msgspec
from litestar.exceptions import TooManyRequestsException
from msgspec import Struct, structs

import index.errors
from index.errors import OnrecordError, StoreError
from web.jobs.job import Job
from web.jobs.messages import Done, Ending, Progress, Reading, Remove, StoreFile, StorePosted
from web.jobs.receiving import MOST_FILES, Upload
from web.jobs.refreshing import Refreshing
from web.jobs.spool import Spool
from web.jobs.worker import ENDED, Worker
from web.problems import without_paths

log = logging.getLogger(__name__)

MOST_WAITING = 10_000
"""Files in line."""

MOST_REMEMBERED = MOST_FILES
"""Settled jobs that are still told of: those of one request can all be."""

MOST_REMEMBERED_BYTES = 50_000_000
"""Of their reports together: one repeats what its file says outside the speech."""


class _Waiting(Struct, frozen=True):
    """`together`: by the ids of what is stored already of those that came with it, the names of their files. It is
    known here, for the process that stores them may be another for each."""

    job: str
    kept: Path
    request: StoreFile
    together: dict[str, str]


class Jobs:
    """`grace`: seconds for which a server that stops lets the file at work be finished."""

    def __init__(self, worker: Worker, spool: Spool, refreshing: Refreshing, grace: float) -> None:
        self.spool = spool
        self._worker = worker
        self._refreshing = refreshing
        self._grace = grace
        self._numbers = count(1)
        self._jobs: dict[str, Job] = {}
        self._sizes: dict[str, int] = {}
        self._line: deque[_Waiting] = deque()
        self._going: asyncio.Task[None] | None = None
        self._stopping = False

    @asynccontextmanager
    async def at_work(self) -> AsyncGenerator[None]:
        """While the server runs."""
        await asyncio.to_thread(self.spool.sweep)
        try:
            yield
        finally:
            await self._close()

    def add(self, uploads: Sequence[Upload], collection: str | None, format: str | None) -> list[Job]:
        """A job for each of `uploads`, which came together, at the end of the line."""
        if len(self._line) + len(uploads) > MOST_WAITING:
            raise TooManyRequestsException(
                f"{len(self._line):,} files wait already; send these later", headers={"Retry-After": "60"}
            )
        together: dict[str, str] = {}
        added = []
        for upload in uploads:
            job = Job(id=token_hex(8), path=upload.name, state="queued", done=0, of=0)
            if upload.refused is None:
                kept = str(upload.kept)
                request = StoreFile(next(self._numbers), kept, upload.name, collection, format)
                self._line.append(_Waiting(job.id, upload.kept, request, together))
            else:
                job = structs.replace(job, state="failed", error=upload.refused)
                upload.kept.unlink(missing_ok=True)
            self._jobs[job.id] = job
            added.append(job)
        self._forget()
        if self._going is None or self._going.done():
            self._going = asyncio.create_task(self._go())
        return added

    async def post(self, kept: Path) -> Done:
        """Store the transcript whose JSON form is kept at `kept`. InvalidTranscript, StoreError, ModelError."""
        done = _done(await self._worker.ask(StorePosted(next(self._numbers), str(kept))))
        self._refreshing.soon()
        return done

    async def remove(self, id: str) -> None:
        """UnknownTranscript, StoreError."""
        _done(await self._worker.ask(Remove(next(self._numbers), id)))
        self._refreshing.soon()

    def get(self, id: str) -> Job | None:
        """None for one that never was, or was long ago."""
        return self._jobs.get(id)

    def all(self) -> list[Job]:
        """The newest first."""
        return list(reversed(self._jobs.values()))

    async def _close(self) -> None:
        """Let the file at work be finished within the grace, drop those in line, end the process that writes."""
        self._stopping = True
        dropped = [waiting.request.name for waiting in self._line]
        self._line.clear()
        if self._going and not self._going.done():
            await asyncio.wait([self._going], timeout=self._grace)
        await self._worker.close()
        if self._going:
            await self._going
        await self._refreshing.close()
        if dropped:
            log.warning("stopped before these were stored, send them again: %s", ", ".join(map(repr, dropped)))
        self.spool.close()

    async def _go(self) -> None:
        while self._line:
            waiting = self._line.popleft()
            request = structs.replace(waiting.request, taken=waiting.together)
            ending = await self._worker.ask(request, partial(self._progress, waiting.job))
            with suppress(OSError):
                waiting.kept.unlink()
            if isinstance(ending, Done):
                waiting.together.setdefault(ending.transcript, request.name)
                self._settle(waiting.job, ending)
                self._refreshing.soon()
            else:
                self._change(waiting.job, state="failed", error=without_paths(ending.error))
                if self._stopping and ending.kind == ENDED:
                    log.warning("stopped before it was stored, send it again: %r", waiting.request.name)
            self._forget()

    def _progress(self, job: str, at: Progress) -> None:
        if isinstance(at, Reading):
            self._change(job, state="reading")
        else:
            self._change(job, state="embedding", done=at.done, of=at.of)

    def _settle(self, job: str, ending: Done) -> None:
        done = self._jobs[job].of
        self._sizes[job] = len(msgspec.json.encode(ending.report))
        self._change(
            job, state="done", done=done, outcome=ending.outcome, transcript=ending.transcript, report=ending.report
        )

    def _change(self, job: str, **changed: Any) -> None:
        self._jobs[job] = structs.replace(self._jobs[job], **changed)

    def _forget(self) -> None:
        """Of the settled, the oldest that are too many or tell too much; the newest is always told of."""
        left, room = MOST_REMEMBERED, MOST_REMEMBERED_BYTES
        for job in [job for job in self.all() if job.settled]:
            left, room = left - 1, room - self._sizes.get(job.id, 0)
            if left < 0 or (room < 0 and left < MOST_REMEMBERED - 1):
                del self._jobs[job.id]
                self._sizes.pop(job.id, None)


def _done(ending: Ending) -> Done:
    """`ending`, where it is none of failure; else the error that it tells of."""
    if isinstance(ending, Done):
        return ending
    kind = getattr(index.errors, ending.kind, StoreError)
    raise (kind if issubclass(kind, OnrecordError) else StoreError)(ending.error)
