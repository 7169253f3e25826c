"""Connections: no more than leave files to be opened; none on which no request comes to be, or whose answers nobody
reads, is kept for ever.

uvicorn bounds how long a connection may be idle between two requests; but not how long it may be
before the first, nor how slowly the head of a request may come, nor how long what is left of a
refused body may go on, nor how long an answer may wait to be read.
"""

from __future__ import annotations

import asyncio
import resource

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

SECONDS = 30.0
"""In which the head of a request has to be there, from when the connection was made or the last answer given."""

SLOWEST = 1_000
"""Bytes a second at which an answer has to be read once no more of it fits into the socket, on the average of
`SECONDS`."""

_FILES = resource.getrlimit(resource.RLIMIT_NOFILE)[0]

MOST = 10_000 if _FILES == resource.RLIM_INFINITY else min(_FILES // 2, 10_000)
"""Connections at once. Where there is one more, one on which nothing is asked makes room; where there is none, it goes
itself."""


class Connection(H11Protocol):
    """That of uvicorn, closed where it waits for a request longer than `SECONDS`, its answers are not read, or there
    are too many."""

    _reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._expect_request()
        if len(self.connections) > MOST:
            waiting = (one for one in self.connections if isinstance(one, Connection) and one.waits)
            next((one for one in waiting if one is not self), self).transport.abort()

    @property
    def waits(self) -> bool:
        """Whether nothing is asked on it, as yet or any more."""
        return (self.cycle is None or self.cycle.response_complete) and not self.transport.is_closing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_no_reading()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self._expect_request()
        super().on_response_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._expect_reading()

    def resume_writing(self) -> None:
        self._expect_no_reading()
        super().resume_writing()

    def _expect_request(self) -> None:
        self.loop.call_later(SECONDS, self._close_unless_asked, self.cycle)

    def _close_unless_asked(self, last: RequestResponseCycle | None) -> None:
        if self.cycle is last:
            self.transport.close()  # What was answered is still sent,
            self._expect_reading()  # if it is read.

    def _expect_reading(self) -> None:
        if self._reading is None and (unread := self.transport.get_write_buffer_size()):
            self._reading = self.loop.call_later(SECONDS, self._abort_unless_read, unread)

    def _expect_no_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _abort_unless_read(self, unread: int) -> None:
        self._reading = None
        if self.transport.get_write_buffer_size() > max(unread - SLOWEST * SECONDS, 0):
            self.transport.abort()
        else:
            self._expect_reading()
