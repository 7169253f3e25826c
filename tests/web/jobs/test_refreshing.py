"""Loading what was stored: where that fails it is logged, and whoever asks next is told by themselves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from index.store import LocalStore
from web.jobs.refreshing import Refreshing


def test_an_archive_that_cannot_be_loaded_is_logged_without_its_path(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"no catalogue" * 100)

    async def run() -> None:
        refreshing = Refreshing(LocalStore(tmp_path))
        refreshing.soon()
        await asyncio.sleep(0)
        await refreshing.close()

    asyncio.run(run())
    (logged,) = caplog.messages
    assert "damaged" in logged
    assert str(tmp_path) not in logged
