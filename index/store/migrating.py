"""An older format brought up to today's, one step a number, all steps in one transaction.

Format 1 told no change of a transcript by its JSON form, and could not be rebuilt in steps.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from index.store import records, schema
from index.store.connection import transaction
from index.store.summarising import form_of


def migrate(connection: sqlite3.Connection) -> None:
    """Does nothing to today's format; NewerFormat for one that is not known."""
    number = schema.format_of(connection)
    if number in (0, schema.FORMAT):
        return
    with transaction(connection):
        for step in range(number, schema.FORMAT):
            _STEPS[step](connection)
        connection.execute(f"PRAGMA user_version = {schema.FORMAT}")


def _from_1(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE versions ADD COLUMN form TEXT NOT NULL DEFAULT ''")
    for (version,) in connection.execute("SELECT version FROM versions").fetchall():
        form = form_of(records.transcript(connection, version))
        connection.execute("UPDATE versions SET form = ? WHERE version = ?", [form, version])
    connection.execute("CREATE INDEX voices_described ON voices (label, speaker, name)")
    connection.execute("CREATE TABLE rebuilding (identity BLOB NOT NULL, settings BLOB NOT NULL)")
    connection.execute("CREATE TABLE rebuilt (version INTEGER PRIMARY KEY)")


_STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: _from_1}
