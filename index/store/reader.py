"""A connection that the threads of a process read through, one at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from weakref import finalize

from index.store.connection import CATALOGUE, explained, file_number, open_for_reading
from index.store.schema import create


class Reader:
    """`with reader() as connection:` gives it for a while."""

    def __init__(self, folder: Path, connection: sqlite3.Connection | None = None) -> None:
        self.folder = folder
        self.file = 0 if connection else file_number(folder / CATALOGUE)
        self._connection = connection or open_for_reading(folder)
        self._lock = RLock()
        self.close = finalize(self, self._connection.close)

    @classmethod
    def of_nothing(cls, folder: Path) -> Reader:
        """The catalogue of an archive that does not exist: no file is made for it."""
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        create(connection, words_folder="", now=0.0)
        return cls(folder, connection)

    @contextmanager
    def __call__(self) -> Iterator[sqlite3.Connection]:
        with self._lock, explained(self.folder):
            yield self._connection
