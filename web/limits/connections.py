"""Connections: one on which no request comes to be is not kept for ever.

uvicorn bounds how long a connection may be idle between two requests; but not how long it may be
before the first, nor how slowly the head of a request may come, nor how long what is left of a
refused body may go on.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

SECONDS = 30.0
"""In which the head of a request has to be there, from when the connection was made or the last answer given."""


class Connection(H11Protocol):
    """That of uvicorn, closed where it waits for a request longer than `SECONDS`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._expect_request()

    def on_response_complete(self) -> None:
        self._expect_request()
        super().on_response_complete()

    def _expect_request(self) -> None:
        self.loop.call_later(SECONDS, self._close_unless_asked, self.cycle)

    def _close_unless_asked(self, last: RequestResponseCycle | None) -> None:
        if self.cycle is last and not self.transport.is_closing():
            self.transport.close()
