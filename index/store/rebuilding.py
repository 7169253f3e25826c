"""All passages cut and embedded anew, by another model or with other settings.

The old index serves until the new one is whole: new passages belong to no generation until one
transaction puts them in the place of the old. Broken off, it goes on with the transcripts that
are not yet done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from msgspec import Struct, json

from index.embedding import Embedded, Embedder
from index.passages import Passage, PassageSettings, passages
from index.store import recording, records
from index.store.connection import transaction
from index.transcript import Transcript

WINDOW = 768
"""Passages given to the embedder at once."""

OnTranscript = Callable[[int, int, int], None]
"""Told after each transcript: how many are done, of how many, and how many passages it made."""


class _Cut(Struct, frozen=True):
    version: int
    number: int
    transcript: Transcript
    passages: Sequence[Passage]


def embed_anew(
    connection: sqlite3.Connection, embedder: Embedder, settings: PassageSettings, told: OnTranscript | None
) -> None:
    """Make the passages of every transcript, and put them in the place of those there are."""
    wanted = (json.encode(embedder.identity), json.encode(settings))
    with transaction(connection):
        _keep_what_serves(connection, wanted)
    left = _left(connection)
    done, of = _count(connection) - len(left), _count(connection)
    for window in _windows(_cut(connection, version, number, embedder, settings) for version, number in left):
        embedded = _embedded(embedder, [passage.text for one in window for passage in one.passages])
        for one in window:
            with transaction(connection):
                made = islice(embedded, len(one.passages))
                for _ in recording.add_passages(connection, one.transcript, one.number, None, one.passages, made):
                    pass
                connection.execute("INSERT INTO rebuilt VALUES (?)", [one.version])
            done += 1
            if told:
                told(done, of, len(one.passages))
    with transaction(connection):
        _put_in_place(connection, wanted)


def _keep_what_serves(connection: sqlite3.Connection, wanted: tuple[bytes, bytes]) -> None:
    """Of a rebuild that was broken off, what this one would make just so."""
    if connection.execute("SELECT identity, settings FROM rebuilding").fetchone() != wanted:
        connection.execute("DELETE FROM rebuilding")
        connection.execute("DELETE FROM rebuilt")
        connection.execute("INSERT INTO rebuilding VALUES (?, ?)", wanted)
    connection.execute("DELETE FROM rebuilt WHERE version NOT IN (SELECT version FROM versions WHERE removed IS NULL)")
    unfit = (
        "SELECT passage FROM passages WHERE added IS NULL "
        "AND transcript NOT IN (SELECT transcript FROM versions JOIN rebuilt USING (version))"
    )
    connection.execute(f"DELETE FROM contents WHERE passage IN ({unfit})")
    connection.execute(f"DELETE FROM passages WHERE passage IN ({unfit})")


def _left(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Version and transcript number of what is not yet done."""
    return connection.execute(
        "SELECT version, transcript FROM versions "
        "WHERE removed IS NULL AND version NOT IN (SELECT version FROM rebuilt) ORDER BY version"
    ).fetchall()


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM versions WHERE removed IS NULL").fetchone()[0])


def _cut(
    connection: sqlite3.Connection, version: int, number: int, embedder: Embedder, settings: PassageSettings
) -> _Cut:
    transcript = records.transcript(connection, version)
    return _Cut(version, number, transcript, passages(transcript, embedder.count, settings))


def _windows(cut: Iterator[_Cut]) -> Iterator[list[_Cut]]:
    window: list[_Cut] = []
    for one in cut:
        window.append(one)
        if sum(len(held.passages) for held in window) >= WINDOW:
            yield window
            window = []
    yield window


def _embedded(embedder: Embedder, texts: Sequence[str]) -> Iterator[Embedded]:
    for at in range(0, len(texts), WINDOW):
        yield from embedder.passages(texts[at : at + WINDOW])


def _put_in_place(connection: sqlite3.Connection, made: tuple[bytes, bytes]) -> None:
    generation = recording.next_generation(connection)
    connection.execute("UPDATE passages SET removed = ? WHERE removed IS NULL AND added IS NOT NULL", [generation])
    connection.execute("UPDATE passages SET added = ? WHERE added IS NULL", [generation])
    connection.execute("INSERT INTO models VALUES (?, ?, ?)", [generation, *made])
    connection.execute("DELETE FROM rebuilding")
    connection.execute("DELETE FROM rebuilt")
