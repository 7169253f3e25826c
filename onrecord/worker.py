"""The process that writes for a server: `python -m onrecord.worker FOLDER`.

Requests come on standard input, JSON lines, and events go out on standard output (web.jobs.messages).
It gives way to the server when it has much to do, though not while it starts: on a busy machine that
would take as long as all the rest. It ends when its input ends, however the server came to its end.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

from index.errors import OnrecordError
from index.store import LocalStore
from onrecord.archive import Archive
from web import logs
from web.jobs.work import Tools, work

_NICE = 10
"""How much less than the server's questions its work counts for a processor: about a tenth."""

_STORE_PATIENCE = 10.0
"""Seconds to wait for another writer before what can't wait has its turn."""


def main(folder: Path) -> None:
    """Work on the archive in `folder` until standard input ends. SettingsError."""
    # The server decides when this ends: a terminal and a service manager signal both at once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # A library that prints must not break into the events.
    events = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    archive = Archive(folder, {})
    settings = archive.settings.serve
    logs.configure(settings.log_form, settings.log_level)
    patience = settings.worker_patience
    tools = Tools(
        LocalStore(folder, min(patience, _STORE_PATIENCE)),
        embedder=lambda: archive.embedder,
        passages=lambda: archive.passages,
        patience=patience,
        give_way=_give_way,
    )
    work(sys.stdin.buffer, events, tools, hopeless=_end)


def _end() -> None:
    """Here and now: the archive stays whole, whatever is being done."""
    os._exit(1)


@cache
def _give_way() -> None:
    """Once: it adds up."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    if hasattr(os, "SCHED_BATCH"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except OnrecordError as error:
        from web.problems import without_paths  # here, for it brings Litestar, of which the work needs nothing

        sys.exit(f"the process that stores transcripts can't start: {without_paths(str(error))}")
