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
    "DELETE FROM transcripts WHERE transcript NOT IN (SELECT transcript FROM versions UNION "
    "SELECT transcript FROM passages)",
    "DELETE FROM models WHERE added < (SELECT max(added) FROM models WHERE added <= :upto)",
    "DELETE FROM generations WHERE generation < :upto",
)


def erase(connection: sqlite3.Connection, readable: int, grace: float = GRACE) -> bool:
    """Erase what was removed more than `grace` seconds ago; whether there was anything.

    `readable` is the words' generation: what was removed after it is still needed to mend them.
    """
    old = connection.execute(
        "SELECT max(generation) FROM generations WHERE at <= ? AND generation <= ?", [time() - grace, readable]
    ).fetchone()[0]
    upto = -1 if old is None else old
    dead = "SELECT 1 FROM versions WHERE removed <= :upto UNION ALL SELECT 1 FROM passages WHERE removed <= :upto"
    if connection.execute(dead, {"upto": upto}).fetchone() is None:
        return False
    with transaction(connection):
        for statement in _ERASE:
            connection.execute(statement, {"upto": upto})
    return True
