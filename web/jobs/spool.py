"""Where uploaded files wait on disk until they are stored: a folder of this server's own, in the data folder.

What a server left that came to a sudden end is erased when the next one starts; what belongs to a
server that runs is let be.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

from index.errors import StoreError

FOLDER = "uploads"

_LOCK = "server.lock"

_ATTEMPTS = 100
"""To make a folder that somebody sweeps away meanwhile."""


class Spool:
    """In the data folder `data`; nothing is made there before a file comes."""

    def __init__(self, data: Path) -> None:
        self._all = data / FOLDER
        self._own = self._all / token_hex(8)
        self._lock = FileLock(self._own / _LOCK)
        self._count = 0

    def sweep(self) -> None:
        """Erase what servers left behind that run no more."""
        with suppress(OSError):
            for left in self._all.iterdir():
                lock = FileLock(left / _LOCK)
                with suppress(Timeout, OSError), lock.acquire(timeout=0):
                    shutil.rmtree(left, ignore_errors=True)
            self._all.rmdir()

    def new(self) -> Path:
        """The path of a file that is not there yet. StoreError."""
        with explained():
            if not self._lock.is_locked:
                self._claim()
        self._count += 1
        return self._own / str(self._count)

    def _claim(self) -> None:
        """Make our own folder; until it is locked a server that starts just now may erase it as one that was left."""
        for left in reversed(range(_ATTEMPTS)):
            try:
                self._own.mkdir(parents=True, exist_ok=True)
                self._lock.acquire(timeout=0)
            except (Timeout, FileNotFoundError, FileExistsError):
                if not left:
                    raise
            else:
                return

    def close(self) -> None:
        """Erase everything."""
        shutil.rmtree(self._own, ignore_errors=True)
        self._lock.release()
        with suppress(OSError):
            self._all.rmdir()


@contextmanager
def explained() -> Iterator[None]:
    """The system's errors as StoreError: a full disk, a folder that can't be written."""
    try:
        yield
    except OSError as error:
        why = (error.strerror or "no reason given").lower()
        raise StoreError(f"what was sent could not be kept on disk ({why})") from error
