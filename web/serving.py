"""Serving: the application on a socket until the process is told to stop.

Ctrl-C and SIGTERM end it well: nothing new is taken, what is at work has the time of the setting
`grace` and is told where that is over, and the process ends with status 0. A second Ctrl-C waits for nothing.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from math import ceil
from types import FrameType

import uvicorn

from index.errors import OnrecordError
from web.access.exposure import exposure, is_loopback
from web.access.tokens import Tokens
from web.app import create_app
from web.limits.connections import Connection
from web.listening import shown
from web.services import Services


class NoToken(OnrecordError):
    """Others could reach the server, and nobody could come in."""


_LAST_WORDS = 5
"""Seconds in which what is broken off may say so."""


class _Server(uvicorn.Server):
    """Says when it listens, and ends well where a signal ends it."""

    def __init__(
        self, config: uvicorn.Config, listening: Callable[[], None], grace: float, break_off: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._listening = listening
        self._grace = grace
        self._break_off = break_off

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        over = asyncio.get_running_loop().call_later(self._grace, self._break_off)
        await super().shutdown(sockets)
        over.cancel()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 (uvicorn's signature)
        """As uvicorn's, which then ends the process by the same signal once more, as if it had failed."""
        if self.should_exit and sig == signal.SIGINT:
            # Nothing is lost: who writes to the archive is another process, which ends when this one has.
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        self.should_exit = True


def serve(services: Services, listener: socket.socket, started: Callable[[str], None]) -> None:
    """Serve until stopped; `started` is told the address once requests are taken. NoToken, TokenError."""
    address, port = listener.getsockname()[:2]
    settings = services.settings
    exposed = exposure(address, settings)
    if exposed.tokens and not Tokens(services.folder).listed():
        instead = (
            "leave out the setting require_tokens" if is_loopback(address) else "serve this machine alone, on 127.0.0.1"
        )
        raise NoToken(
            f"a server on {shown(address)} asks everybody for a token, and there is none yet; add one with "
            f"`onrecord tokens add NAME --role read` (or --role write), or {instead}"
        )
    config = uvicorn.Config(
        create_app(services, exposed),
        http=Connection,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies,
        timeout_graceful_shutdown=ceil(settings.grace) + _LAST_WORDS,
    )

    def listening() -> None:
        started(f"http://{shown(address)}:{port}/")

    _Server(config, listening, settings.grace, services.line.break_off).run(sockets=[listener])
