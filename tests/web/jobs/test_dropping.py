"""What a server that stops says of files that it does not store: those that it dropped, and no others."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from index.store import LocalStore
from web.jobs.jobs import Jobs
from web.jobs.receiving import Upload
from web.jobs.refreshing import Refreshing
from web.jobs.spool import Spool
from web.jobs.worker import Worker

UNREADABLE = """
import sys
from web.jobs.messages import Failed, line, request
requests = [request(said) for said in sys.stdin.buffer]
for one in requests:
    sys.stdout.buffer.write(line(Failed(one.number, "it is empty", "Unreadable")))
"""
"""A process that says of each file, when its input has ended, that it can't be read."""

SILENT = "import sys; sys.stdin.buffer.read()"


@pytest.mark.parametrize(("process", "said"), [(UNREADABLE, []), (SILENT, ["send it again: 'a.txt'"])])
def test_a_file_at_work_is_named_where_the_end_of_the_server_is_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, process: str, said: list[str]
) -> None:
    async def run() -> None:
        worker = Worker([sys.executable, "-c", process], idle=60)
        jobs = Jobs(worker, Spool(tmp_path), Refreshing(LocalStore(tmp_path)), grace=0)
        async with jobs.at_work():
            jobs.add([Upload("a.txt", jobs.spool.new())], None, None)
            await asyncio.sleep(0)

    asyncio.run(run())
    assert [line for line in caplog.messages if "send it again" in line] == [
        f"stopped before it was stored, {one}" for one in said
    ]
