"""Connections to the catalogue, transactions, and SQLite's errors in words a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StoreError

CATALOGUE = "catalogue.sqlite"
DAMAGED = "damaged-"
"""How the name of a catalogue begins that was set aside."""

_PAGE = 8192
_PATIENCE = 30.0
"""Seconds to wait while another process recovers or checkpoints; writers never wait for each other here."""


def open_for_writing(folder: Path) -> sqlite3.Connection:
    """The writer's connection; makes the file where there is none. Its commits survive a power cut."""
    with explained(folder):
        connection = sqlite3.connect(
            folder / CATALOGUE, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        return connection


def open_for_reading(folder: Path) -> sqlite3.Connection:
    """A reader's connection; it makes no file that a reader of a read-only folder could not make."""
    with explained(folder):
        path = (folder / CATALOGUE).resolve()
        try:
            return _readable(f"{path.as_uri()}?mode=ro")
        except sqlite3.OperationalError:
            if _unwritten(path):
                return _readable(f"{path.as_uri()}?mode=ro&immutable=1")
            raise


def file_number(path: Path) -> int:
    """Tells whether a file was put in the place of another; 0 where there is none."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def _readable(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _unwritten(catalogue: Path) -> bool:
    """Whether the file itself holds everything, no log beside it."""
    log = catalogue.with_name(catalogue.name + "-wal")
    return catalogue.exists() and (not log.exists() or log.stat().st_size == 0)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """SQLite's and the system's errors as StoreError, saying what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{folder}: {_in_words(error)}") from error
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}; nothing that was stored is lost") from error


def _in_words(error: sqlite3.Error) -> str:
    said = str(error)
    if "full" in said:
        return "the disk is full; nothing that was stored is lost. Make room and run the command again"
    if "malformed" in said or "not a database" in said:
        return f"the catalogue is damaged ({said}); bring back a backup with `onrecord index restore FILE`"
    if "readonly" in said or "unable to open" in said:
        return f"the catalogue can't be opened ({said}); check the folder's permissions"
    if "I/O" in said or "locked" in said:
        return f"the catalogue can't be used now ({said}); nothing that was stored is lost. Run the command again"
    return said
