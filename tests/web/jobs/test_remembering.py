"""What the server still tells of: the last jobs that are settled, within bounds, and all that are not."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from index.store import LocalStore
from web.jobs import jobs as module
from web.jobs.jobs import Jobs
from web.jobs.receiving import MOST_FILES, Upload
from web.jobs.refreshing import Refreshing
from web.jobs.spool import Spool
from web.jobs.worker import Worker

WORKER = """
import sys
from web.jobs.messages import Done, line, request
from index.reading.report import Report
for said in sys.stdin.buffer:
    one = request(said)
    text = "x" * (1000 if one.name.startswith("long") else 1)
    seen = Report(id=one.name, path=one.name, format="text", encoding="utf-8", title=text, date=None, language=None,
                  turns=1, words=1, speakers=(), unattributed_words=0, outside=(), warnings=())
    sys.stdout.buffer.write(line(Done(one.number, one.name, "added", seen)))
    sys.stdout.buffer.flush()
"""
"""A process that stores nothing and says that it has."""


def remembered(folder: Path, names: list[str], refused: int = 0) -> list[str]:
    """The names of the jobs still told of, oldest first, when all of `names` are settled."""

    async def run() -> list[str]:
        worker = Worker([sys.executable, "-c", WORKER], idle=60)
        jobs = Jobs(worker, Spool(folder), Refreshing(LocalStore(folder)), grace=60)
        async with jobs.at_work():
            uploads = [Upload(name, jobs.spool.new()) for name in names]
            added = jobs.add(uploads, None, None)
            while any((found := jobs.get(one.id)) and not found.settled for one in added):
                await asyncio.sleep(0)
            jobs.add([Upload("refused", jobs.spool.new(), "too large")] * refused, None, None)
            return [one.path for one in reversed(jobs.all())]

    return asyncio.run(run())


def test_the_last_ones_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 3)
    assert remembered(tmp_path, [f"{n}" for n in range(6)]) == ["3", "4", "5"]
    assert remembered(tmp_path, ["0", "1", "2"], refused=2) == ["2", "refused", "refused"]


def test_those_of_one_request_all_are(tmp_path: Path) -> None:
    assert len(remembered(tmp_path, [], refused=MOST_FILES)) == MOST_FILES


def test_reports_that_tell_much_are_fewer_and_the_newest_always_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED_BYTES", 3000)
    assert remembered(tmp_path, ["long0", "1", "long2", "3", "long4"]) == ["1", "long2", "3", "long4"]
    monkeypatch.setattr(module, "MOST_REMEMBERED_BYTES", 10)
    assert remembered(tmp_path, ["long0", "long1"]) == ["long1"]
