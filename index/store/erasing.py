"""Erasing what was removed: rows that no generation in use can still need.

A removed transcript is in no later generation, so in no later answer. Its rows stay a while for
readers that are still at an older generation; then they are overwritten with zeros.
"""

from __future__ import annotations

import sqlite3
from time import time

from index.store.connection import transaction

GRACE = 600.0
"""Seconds for which a reader may go on using a generation that is no longer the newest."""

_DEAD = "SELECT passage FROM passages WHERE removed <= :upto"
_ERASE = (
    f"DELETE FROM contents WHERE passage IN ({_DEAD})",
    "DELETE FROM passages WHERE removed <= :upto",
    "DELETE FROM turns WHERE version IN (SELECT version FROM versions WHERE removed <= :upto)",
    "DELETE FROM versions WHERE removed <= :upto",
    "DELETE FROM originals WHERE digest NOT IN (SELECT original FROM versions)",
    "DELETE FROM voices WHERE voice NOT IN (SELECT voice FROM turns)",
    "DELETE FROM models WHERE added < (SELECT max(added) FROM models WHERE added <= :upto)",
    "DELETE FROM generations WHERE generation < :upto",
)


def erase(connection: sqlite3.Connection, grace: float = GRACE) -> int:
    """Erase what was removed more than `grace` seconds ago; the number of versions erased.

    The words must agree with the catalogue: they are mended from these rows.
    """
    upto = connection.execute("SELECT max(generation) FROM generations WHERE at <= ?", [time() - grace]).fetchone()[0]
    dead = connection.execute("SELECT count(*) FROM versions WHERE removed <= ?", [upto]).fetchone()[0]
    dead_passages = connection.execute("SELECT count(*) FROM passages WHERE removed <= ?", [upto]).fetchone()[0]
    if upto is None or not (dead or dead_passages):
        return 0
    with transaction(connection):
        for statement in _ERASE:
            connection.execute(statement, {"upto": upto})
    return int(dead)
