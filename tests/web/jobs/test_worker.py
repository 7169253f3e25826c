"""The process that writes, as the server holds it: it ends with the server, whatever was about to be asked of it."""

from __future__ import annotations

import asyncio
import sys

from web.jobs.messages import Failed, Remove
from web.jobs.worker import Worker

SILENT = [sys.executable, "-c", "import sys; sys.stdin.buffer.read()"]
"""Takes every request and answers none."""


def test_one_that_is_being_started_when_the_server_stops_is_ended_too() -> None:
    async def run() -> object:
        worker = Worker(SILENT, idle=60)
        asking = asyncio.create_task(worker.ask(Remove(1, "a")))
        await asyncio.sleep(0)
        await worker.close()
        return await asking

    ending = asyncio.run(run())
    assert isinstance(ending, Failed)
    assert "send it again" in ending.error


def test_none_is_started_for_a_server_that_stops() -> None:
    async def run() -> object:
        worker = Worker(["/no/such/program"], idle=60)
        await worker.close()
        return await worker.ask(Remove(1, "a"))

    ending = asyncio.run(run())
    assert isinstance(ending, Failed)
    assert "the server stops" in ending.error
