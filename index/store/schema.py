"""The catalogue's tables, the number of their format, and the way up from older ones.

Rows are never altered in place but come and go with generations: a row is part of generation g
where `added <= g` and it is not yet `removed` (NULL, or > g). So a reader that holds an older
generation goes on reading it whole while a writer makes new ones. `AUTOINCREMENT` keeps an id
from being given twice, whatever is erased. Passages with no `added` belong to no generation yet: a
rebuild is making them.
"""

from __future__ import annotations

import sqlite3

from index.errors import NewerFormat, StoreError

APPLICATION = 0x4F6E5265  # "OnRe"
FORMAT = 2

_TABLES = """
CREATE TABLE generations (generation INTEGER PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE words (folder TEXT NOT NULL);
CREATE TABLE models (added INTEGER PRIMARY KEY, identity BLOB NOT NULL, settings BLOB NOT NULL);

CREATE TABLE originals (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE transcripts (transcript INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE);
CREATE TABLE versions (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    transcript INTEGER NOT NULL REFERENCES transcripts,
    added INTEGER NOT NULL,
    removed INTEGER,
    digest TEXT NOT NULL,
    form TEXT NOT NULL,
    original TEXT NOT NULL REFERENCES originals,
    summary BLOB NOT NULL,
    fields BLOB NOT NULL,
    facts BLOB NOT NULL
);
CREATE INDEX versions_of ON versions (transcript, removed);
CREATE INDEX versions_saying ON versions (digest);
CREATE INDEX versions_added ON versions (added);

CREATE TABLE voices (voice INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT, speaker TEXT, name TEXT);
CREATE INDEX voices_described ON voices (label, speaker, name);
CREATE TABLE turns (
    version INTEGER NOT NULL REFERENCES versions,
    number INTEGER NOT NULL,
    voice INTEGER NOT NULL REFERENCES voices,
    words INTEGER NOT NULL,
    start REAL,
    "end" REAL,
    marks BLOB NOT NULL,
    text TEXT NOT NULL
);
CREATE UNIQUE INDEX turns_of ON turns (version, number, voice, words);

CREATE TABLE passages (
    passage INTEGER PRIMARY KEY AUTOINCREMENT,
    transcript INTEGER NOT NULL REFERENCES transcripts,
    added INTEGER,
    removed INTEGER,
    first_turn INTEGER NOT NULL,
    last_turn INTEGER NOT NULL,
    vector BLOB NOT NULL
);
CREATE INDEX passages_of ON passages (transcript, removed);
CREATE INDEX passages_added ON passages (added);
CREATE INDEX passages_removed ON passages (removed) WHERE removed IS NOT NULL;
CREATE TABLE rebuilding (identity BLOB NOT NULL, settings BLOB NOT NULL);
CREATE TABLE rebuilt (version INTEGER PRIMARY KEY);
CREATE TABLE contents (
    passage INTEGER PRIMARY KEY REFERENCES passages,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    pieces BLOB NOT NULL,
    sentences BLOB NOT NULL,
    tokens BLOB NOT NULL,
    spans BLOB NOT NULL
);
"""


def create(connection: sqlite3.Connection, words_folder: str, now: float) -> None:
    """Make an empty catalogue at generation 0; within a transaction of the caller's."""
    for statement in _TABLES.split(";"):
        connection.execute(statement)
    connection.execute("INSERT INTO generations VALUES (0, ?)", [now])
    connection.execute("INSERT INTO words VALUES (?)", [words_folder])
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def format_of(connection: sqlite3.Connection) -> int:
    """The number of the catalogue's format, 0 for an empty file; NewerFormat, StoreError for a stranger's."""
    number = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if application == 0 and number == 0:
        return 0
    if application != APPLICATION:
        raise StoreError("the catalogue in this folder is not Onrecord's; choose another folder with --data")
    if number > FORMAT:
        raise NewerFormat(
            f"this archive has format {number}, and this version of Onrecord knows formats up to {FORMAT}; "
            "install the newer version that wrote it"
        )
    return number
