"""Where uploaded files wait, while other servers start over the same folder and sweep."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from web.jobs.spool import Spool


def test_nobody_sweeps_away_where_another_is_about_to_keep_something(tmp_path: Path) -> None:
    over = Event()

    def sweep() -> None:
        while not over.is_set():
            Spool(tmp_path).sweep()

    sweepers = [Thread(target=sweep) for _ in range(2)]
    for sweeper in sweepers:
        sweeper.start()
    try:
        for _ in range(100):
            spool = Spool(tmp_path)
            kept = [spool.new() for _ in range(2)]
            for file in kept:
                file.write_bytes(b"kept")
            assert [file.read_bytes() for file in kept] == [b"kept"] * 2
            spool.close()
    finally:
        over.set()
        for sweeper in sweepers:
            sweeper.join()
    assert list(tmp_path.iterdir()) == []
