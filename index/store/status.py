"""The state of an archive: what it holds, whether its parts agree, and what would mend it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, json

from index.store import records, schema
from index.store.connection import DAMAGED
from index.store.words import Words

_REPAIR = "`onrecord index repair` mends it"


class Status(Struct, frozen=True, kw_only=True):
    """`generation` is the catalogue's, `readable` the one that readers see now; None where the words can't be read.

    `bytes` is everything in the folder. `waiting` counts versions that were removed and are not
    yet erased. `set_aside` names the damaged catalogues that a restored one took the place of; they
    are no part of the archive any more. `problems` each name the command that mends them; none: all is well.
    """

    folder: str
    format: int
    generation: int
    readable: int | None
    writing: bool
    transcripts: int
    passages: int
    waiting: int
    model: str | None
    settings: dict[str, int] | None
    bytes: int
    set_aside: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def empty(folder: Path) -> Status:
    """Of a folder that holds no archive."""
    return Status(
        folder=str(folder),
        format=schema.FORMAT,
        generation=0,
        readable=0,
        writing=False,
        transcripts=0,
        passages=0,
        waiting=0,
        model=None,
        settings=None,
        bytes=0,
        set_aside=_set_aside(folder),
    )


def status(folder: Path, connection: sqlite3.Connection, writing: bool) -> Status:
    """Looks, and mends nothing. `connection` is a reader's, to a catalogue of today's format."""
    generation = records.generation(connection)
    words = Words.opened(folder / records.words_folder(connection))
    made = records.model(connection, generation)
    passages = _count(connection, "passages WHERE added IS NOT NULL AND removed IS NULL")
    problems = _damage(connection)
    # tantivy opens nothing where it can't write; readers make the words in memory there.
    if not writing and os.access(folder, os.W_OK):
        problems += _words_problems(words, generation, passages)
        if _count(connection, "rebuilding"):
            problems.append("a rebuild was broken off; `onrecord index rebuild` goes on with it")
    return Status(
        folder=str(folder),
        format=schema.FORMAT,
        generation=generation,
        readable=words.generation if words else None,
        writing=writing,
        transcripts=_count(connection, "versions WHERE removed IS NULL"),
        passages=passages,
        waiting=_count(connection, "versions WHERE removed IS NOT NULL"),
        model=json.decode(made[0])["model"] if made else None,
        settings=json.decode(made[1]) if made else None,
        bytes=_size(folder),
        set_aside=_set_aside(folder),
        problems=tuple(problems),
    )


def _set_aside(folder: Path) -> tuple[str, ...]:
    logs = ("-wal", "-shm")
    return tuple(sorted(str(file) for file in folder.glob(f"{DAMAGED}*") if not file.name.endswith(logs)))


def _size(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a writer may be at work
            total += file.stat().st_size if file.is_file() else 0
    return total


def _count(connection: sqlite3.Connection, what: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])


def _words_problems(words: Words | None, generation: int, passages: int) -> list[str]:
    if words is None:
        return [f"the word index is missing or damaged; {_REPAIR}"]
    if words.generation != generation:
        return [f"the word index is at generation {words.generation}, the catalogue at {generation}; {_REPAIR}"]
    if words.count != passages:
        return [f"the word index holds {words.count} passages, the catalogue {passages}; {_REPAIR}"]
    return []


def _damage(connection: sqlite3.Connection) -> list[str]:
    """What a look at every page and reference finds."""
    found = [row[0] for row in connection.execute("PRAGMA quick_check(3)") if row[0] != "ok"]
    if not found and connection.execute("PRAGMA foreign_key_check").fetchone():
        found = ["rows refer to rows that are not there"]
    return [f"the catalogue is damaged ({one}); bring back a backup with `onrecord index restore`" for one in found]
