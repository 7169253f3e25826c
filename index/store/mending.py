"""The words brought up to the catalogue: what changed since their last commit, or all anew.

Nothing is embedded for it. Done by whoever holds the writer's lock.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

from index.errors import StoreError
from index.store import records
from index.store.connection import transaction
from index.store.words import Words, WordsWriter

_TEXTS = "SELECT passage, text FROM passages JOIN contents USING (passage) WHERE added > ? AND added <= ?"


def new_folder_name() -> str:
    """A name never used before, so that no reader mistakes one index for another."""
    return f"words-{token_hex(8)}"


def mend(folder: Path, connection: sqlite3.Connection) -> None:
    """Make the words agree with the catalogue; the caller holds the lock. StoreError."""
    name, now = records.words_folder(connection), records.generation(connection)
    words = Words.opened(folder / name)
    if words is None or not records.oldest(connection) <= words.generation <= now:
        make_anew(folder, connection)
    elif words.generation < now:
        try:
            _catch_up(folder / name, connection, words.generation, now)
        except StoreError:
            # A writer that was killed in the middle of a commit may have left a file that stands in the way of just
            # this one: its name is counted from the commit before. Catching up would fail for ever.
            make_anew(folder, connection)


def make_anew(folder: Path, connection: sqlite3.Connection) -> None:
    """Make the words from the catalogue; the old ones serve until the new are whole. The caller holds the lock."""
    name, now = new_folder_name(), records.generation(connection)
    writer = WordsWriter.opened(folder / name)
    try:
        writer.add(texts(connection, -1, now))
        writer.commit(now)
    finally:
        writer.close()
    with transaction(connection):
        connection.execute("UPDATE words SET folder = ?", [name])


def texts(connection: sqlite3.Connection, after: int, at: int) -> Iterator[tuple[int, str]]:
    """Id and text of the passages added after one generation that live at another."""
    live = f"{_TEXTS} AND (removed IS NULL OR removed > ?) ORDER BY passage"
    return connection.execute(live, [after, at, at])


def _catch_up(folder: Path, connection: sqlite3.Connection, since: int, now: int) -> None:
    writer = WordsWriter.opened(folder)
    try:
        gone = connection.execute("SELECT passage FROM passages WHERE removed > ? AND added <= ?", [since, since])
        writer.remove(row[0] for row in gone.fetchall())
        writer.add(texts(connection, since, now))
        writer.commit(now)
    finally:
        writer.close()


def sweep(folder: Path, connection: sqlite3.Connection) -> None:
    """Take away what broken-off work left: word indexes that the catalogue does not name, copies half made."""
    kept = records.words_folder(connection)
    for left in (*folder.glob("words-*"), *folder.glob(".restoring*")):
        if left.is_dir() and left.name != kept:
            shutil.rmtree(left, ignore_errors=True)
        elif left.is_file():
            left.unlink(missing_ok=True)
