"""The process that writes, as the server holds it: started when it is needed, let go when it idles.

Every write of the server goes through it, so there is one writer, and its work is done at a lower
priority than the questions. It may die: what it was at fails, and the next request starts another.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress

from web.jobs.messages import Done, Ending, Failed, Progress, Request, event, line

log = logging.getLogger(__name__)

_LONGEST_LINE = 1 << 28
"""Bytes of one event; a report repeats what a file of many megabytes says outside its speech."""

_LAST_MOMENTS = 10.0
"""Seconds from the end of its input to its own."""

ENDED = "WorkerEnded"
"""The kind of a failure that no request is to blame for."""

Told = Callable[[Progress], None]


class Worker:
    """`command` starts the process; it is let go `idle` seconds after the last answer."""

    def __init__(self, command: Sequence[str], idle: float) -> None:
        self._command = command
        self._idle = idle
        self._starting = asyncio.Lock()
        self._process: Process | None = None
        self._hearing: asyncio.Task[None] | None = None
        self._waiting: dict[int, tuple[asyncio.Future[Ending], Told]] = {}
        self._letting_go: asyncio.TimerHandle | None = None
        self._closed = False

    async def ask(self, request: Request, told: Told = lambda _: None) -> Ending:
        """What became of `request`; `told` hears how far it is. Nothing is raised: what fails is Failed."""
        if self._letting_go:
            self._letting_go.cancel()
        answer: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        try:
            async with self._starting:
                if self._closed:
                    return Failed(request.number, "the server stops; send it again in a while", ENDED)
                process = await self._running()
                self._waiting[request.number] = answer, told
            assert process.stdin is not None
            process.stdin.write(line(request))
            with suppress(ConnectionError):  # It has just died, which whoever hears it tells.
                await process.stdin.drain()
            return await answer
        except OSError as error:
            log.error("the process that stores transcripts could not be started: %s", error.strerror or error)
            return Failed(request.number, "the process that stores transcripts could not be started", ENDED)
        finally:
            self._waiting.pop(request.number, None)
            if not self._waiting:
                self._letting_go = asyncio.get_running_loop().call_later(self._idle, self._let_go)

    async def close(self) -> None:
        """End it, whatever it is at: its input ends, and soon it does. No other is started."""
        self._closed = True
        if self._letting_go:
            self._letting_go.cancel()
        async with self._starting:  # One that is being started is ended, too.
            self._end_input()
        if self._process and self._hearing:
            done, _ = await asyncio.wait([self._hearing], timeout=_LAST_MOMENTS)
            if not done:
                self._process.kill()
                await self._hearing

    def _let_go(self) -> None:
        # A request may have come since its time was up.
        if not self._waiting:
            self._end_input()

    def _end_input(self) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()

    async def _running(self) -> Process:
        """The process, one that takes requests; an older one has ended before another starts."""
        process = self._process
        if process and process.stdin and not process.stdin.is_closing() and process.returncode is None:
            return process
        if self._hearing:
            await self._hearing
        # A group of its own: Ctrl-C in a terminal ends the server, and that ends it when the time has come.
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, limit=_LONGEST_LINE, process_group=0
        )
        self._hearing = asyncio.create_task(self._hear(self._process))
        return self._process

    async def _hear(self, process: Process) -> None:
        assert process.stdout is not None
        try:
            async for spoken in process.stdout:
                heard = event(spoken)
                answer, told = self._waiting.get(heard.number, (None, None))
                if isinstance(heard, Done | Failed):
                    if answer and not answer.done():
                        answer.set_result(heard)
                elif told:
                    told(heard)
        except ValueError as error:
            log.error("the process that stores transcripts said what nobody understands: %s", error)
            process.kill()
        status = await process.wait()
        left, self._waiting = self._waiting, {}
        if left:
            log.error("the process that stores transcripts ended %s", _how(status))
        for number, (answer, _) in left.items():
            if not answer.done():
                said = (
                    f"the process that stores transcripts ended in the middle of it ({_how(status)}); "
                    "what was stored before is whole: send it again"
                )
                answer.set_result(Failed(number, said, ENDED))


def _how(status: int) -> str:
    if status < 0:
        try:
            return f"killed by {signal.Signals(-status).name}"
        except ValueError:
            return f"killed by signal {-status}"
    return f"with exit status {status}"
