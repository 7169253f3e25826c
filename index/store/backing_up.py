"""One file that holds a whole archive, and an archive made of one again.

A backup is a catalogue: an SQLite database, a consistent copy while a writer works, without what
was removed. The words are made anew from it. Restoring replaces the catalogue's content in one
transaction, so readers see the one or the other.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from time import time

from index.errors import StoreError
from index.store import records, schema
from index.store.connection import CATALOGUE, DAMAGED, explained, transaction
from index.store.erasing import erase
from index.store.mending import new_folder_name
from index.store.migrating import migrate

_NUMBERED = ("transcripts", "versions", "voices", "passages")


def back_up(connection: sqlite3.Connection, file: Path) -> None:
    """Write the archive that `connection` reads to `file`, which must not exist; whole or not at all."""
    if not file.parent.is_dir():
        raise StoreError(f"{file.parent}: there is no such folder")
    if file.exists():
        raise StoreError(f"{file} exists already; choose another name for the backup")
    with explained(file.parent), _beside(file) as making:
        with closing(sqlite3.connect(making, isolation_level=None)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("PRAGMA secure_delete = ON")
            if erase(copy, records.generation(copy), grace=0.0):
                copy.execute("VACUUM")
        making.replace(file)
        _flush(file.parent)


def restore(connection: sqlite3.Connection, source: sqlite3.Connection, folder: Path) -> None:
    """Put what is in the backup `source` in the place of everything that `connection` writes to.

    Generations and ids go on from the higher of the two, so that none is ever given twice.
    """
    with (
        explained(folder),
        _beside(folder / "restoring") as making,
        closing(sqlite3.connect(making, isolation_level=None)) as copy,
    ):
        source.backup(copy)
        migrate(copy)
        with transaction(copy):
            _go_on_from(copy, connection)
        copy.backup(connection)


def set_aside_if_damaged(folder: Path) -> Path | None:
    """Rename a catalogue that SQLite can't make sense of, and give its new name; the caller holds the lock."""
    catalogue = folder / CATALOGUE
    if not catalogue.exists():
        return None
    try:
        with closing(sqlite3.connect(catalogue)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                return None
    except sqlite3.OperationalError:
        return None  # not to be opened now: no sign of damage
    except sqlite3.DatabaseError:
        pass
    name = f"{DAMAGED}{token_hex(4)}"
    for suffix in ("", "-wal", "-shm"):
        part = catalogue.with_name(catalogue.name + suffix)
        if part.exists():
            part.rename(folder / f"{name}{suffix}")
    return folder / name


def opened(file: Path) -> sqlite3.Connection:
    """A reader's connection to the backup `file`, which is whole. StoreError where it is none; NewerFormat."""
    if not file.is_file():
        raise StoreError(f"{file}: no such file")
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        whole = schema.format_of(connection) and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        whole = False
    except StoreError:
        connection.close()
        raise
    if not whole:
        connection.close()
        raise StoreError(f"{file} is no backup of an archive, or is damaged")
    return connection


def _go_on_from(copy: sqlite3.Connection, present: sqlite3.Connection) -> None:
    generation = max(records.generation(copy), records.generation(present)) + 1
    copy.execute("INSERT INTO generations VALUES (?, ?)", [generation, time()])
    copy.execute("UPDATE words SET folder = ?", [new_folder_name()])
    for table in _NUMBERED:
        highest = max(_highest(copy, table), _highest(present, table))
        copy.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table])
        copy.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, highest])


def _highest(connection: sqlite3.Connection, table: str) -> int:
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]).fetchone()
    return int(found[0]) if found else 0


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A name next to `file` that is gone afterwards."""
    making = file.with_name(f".{file.name}-{token_hex(4)}")
    try:
        yield making
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            making.with_name(making.name + suffix).unlink(missing_ok=True)


def _flush(folder: Path) -> None:
    """Make a new name in `folder` outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
