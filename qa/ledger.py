"""The ledger: what became of the sentences that each model wrote, in each style.

In: an entry for each answer that a model was asked for. Out: a line for each model and style. It
lies beside the archive in a small SQLite file of its own, to which several processes may add at
once. It never spoils an answer: what can't be written down is said once in the log.
"""

from __future__ import annotations

import logging
import sqlite3
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Literal

from msgspec import Struct

from index.errors import OnrecordError
from qa.answer import DropReason

log = logging.getLogger(__name__)

FILE = "ledger.sqlite"
"""Its name in the data folder."""

Outcome = Literal["answered", "abstained", "failed"]
"""*failed*: the model gave no whole reply, or nothing readable."""


class Entry(Struct, frozen=True, kw_only=True):
    """One answer: sentences the model `written`, those `verified` and shown (of them `repaired` on the
    second try), those `dropped` by reason, and how it ended."""

    outcome: Outcome
    written: int = 0
    verified: int = 0
    repaired: int = 0
    dropped: Mapping[DropReason, int] = {}


class Line(Struct, frozen=True, kw_only=True):
    """The sums of one model in one style: answers by how they ended, sentences by what became of them."""

    model: str
    style: str
    answered: int = 0
    abstained: int = 0
    failed: int = 0
    written: int = 0
    verified: int = 0
    repaired: int = 0
    dropped: Mapping[str, int] = {}


class LedgerUnreadable(OnrecordError):
    """The ledger's file is damaged or may not be opened; the message says what to do."""


class Ledger:
    """The ledger of the archive in `folder`. Safe for use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._complained = False

    def record(self, model: str, style: str, entry: Entry) -> None:
        """Add `entry` to the sums of `model` in `style`. Where there is no folder, none is made; nothing is raised."""
        if not self._file.parent.is_dir():
            return
        rows = [(model, style, what, number) for what, number in _counts(entry).items()]
        with self._lock:
            try:
                self._add(rows)
            except (sqlite3.Error, OSError, ValueError) as error:  # ValueError: bytes that are no text.
                self._close()
                if not self._complained:
                    self._complained = True
                    log.warning("%s: what becomes of a model's sentences is not counted: %s", self._file, error)

    def read(self) -> list[Line]:
        """A line for each model and style, by their names; none where nothing was recorded. LedgerUnreadable."""
        if not self._file.exists():
            return []
        try:
            with self._readable() as connection:
                if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'counts'").fetchone():
                    return []
                rows = connection.execute("SELECT model, style, what, number FROM counts").fetchall()
        except sqlite3.Error as error:
            raise LedgerUnreadable(
                f"{self._file}: it can't be read ({error}); once it is moved away, a new ledger is begun"
            ) from error
        sums: dict[tuple[str, str], dict[str, int]] = {}
        for model, style, what, number in rows:
            sums.setdefault((model, style), {})[what] = number
        return [_line(model, style, sums[model, style]) for model, style in sorted(sums)]

    def _add(self, rows: Sequence[tuple[str, str, str, int]]) -> None:
        if self._connection is None:
            self._connection = sqlite3.connect(
                self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
            )
            self._closing = weakref.finalize(self, self._connection.close)
            _prepare(self._connection)
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(_ADD, rows)
        self._connection.execute("COMMIT")

    def _close(self) -> None:
        """So that the next entry begins anew: there may be room by then, or another file."""
        if self._connection is not None:
            self._closing()
            self._connection = None

    @contextmanager
    def _readable(self) -> Iterator[sqlite3.Connection]:
        """A connection that makes no file; in a folder nobody may write to SQLite needs to be told that nobody does."""
        address = f"{self._file.resolve().as_uri()}?mode=ro"
        connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE)
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            connection.close()
            if "unable to open" not in str(error):
                raise
            connection = sqlite3.connect(f"{address}&immutable=1", uri=True)
        with closing(connection):
            yield connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table, and commits that survive the end of a process without waiting for the disk."""
    until = monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            # For this alone SQLite does not wait itself: where several processes make the file at once.
            if "locked" not in str(error) or monotonic() > until:
                raise
            sleep(0.01)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(_TABLE)


def _counts(entry: Entry) -> dict[str, int]:
    sentences = {"written": entry.written, "verified": entry.verified, "repaired": entry.repaired}
    dropped = {str(reason): number for reason, number in entry.dropped.items()}
    return {entry.outcome: 1, **sentences, **dropped}


def _line(model: str, style: str, sums: Mapping[str, int]) -> Line:
    known = {name: number for name, number in sums.items() if name in Line.__struct_fields__}
    dropped = {name: number for name, number in sorted(sums.items()) if name not in known}
    return Line(model=model, style=style, dropped=dropped, **known)


_PATIENCE = 2.0
"""Seconds to wait while other processes write; each takes about a millisecond."""

_TABLE = """
CREATE TABLE IF NOT EXISTS counts (
    model TEXT NOT NULL, style TEXT NOT NULL, what TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (model, style, what)
) WITHOUT ROWID, STRICT
"""
"""`what` is a field of Line or a reason for which sentences were dropped."""

_ADD = """
INSERT INTO counts VALUES (?, ?, ?, ?)
ON CONFLICT (model, style, what) DO UPDATE SET number = number + excluded.number
"""
