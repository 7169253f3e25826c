"""A full disk: an error in words, nothing stored is lost, and with room made the work goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.errors import StoreError


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk to fill")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def talk(say: Any, n: int, version: int = 0) -> Any:
    words = " ".join(f"w{n}x{version}x{word}" for word in range(1500))
    return say(f"t{n}", ("A", f"{words}. The end of talk{n}."))


@pytest.mark.parametrize("at_once", [1, 1000])
@pytest.mark.parametrize("ballast", [300_000, 700_000, 800_000])
def test_a_full_disk_loses_nothing(small_disk: Path, again: Any, say: Any, ballast: int, at_once: int) -> None:
    (small_disk / "ballast").write_bytes(b"x" * ballast)
    archive = again(small_disk / "archive")
    stored = fill(archive, say, at_once)
    for fresh in (archive, again(small_disk / "archive")):
        assert_holds(fresh, say, stored)
    (small_disk / "ballast").unlink()
    archive.put(talk(say, 0, version=1))
    assert archive.found("w0x1x7") == ["t0"]
    assert archive.found("w0x0x7") == []
    assert again(small_disk / "archive").store.status().problems == ()


def test_words_that_missed_a_change_are_mended_before_they_are_committed(
    small_disk: Path, again: Any, say: Any
) -> None:
    archive = again(small_disk / "archive")
    archive.put(talk(say, 0))
    with archive.store.writer(archive.embedder.identity, archive.settings) as writer:
        archive.write(writer, talk(say, 1))
        with pytest.raises(OSError, match="No space left"):
            (small_disk / "ballast").write_bytes(bytes(4_000_000))
        with pytest.raises(StoreError, match="disk is full"):
            writer.publish()
        (small_disk / "ballast").unlink()
        archive.write(writer, talk(say, 2))
    assert_holds(again(small_disk / "archive"), say, 3)
    assert archive.store.status().problems == ()


def fill(archive: Any, say: Any, at_once: int) -> int:
    """Put talks, a number in each session, until the disk is full; how many were stored."""
    stored = 0

    def put_all() -> None:
        nonlocal stored
        for n in range(0, 1000, at_once):
            archive.put(*(talk(say, n + more) for more in range(at_once)))
            stored += at_once

    with pytest.raises(StoreError, match="nothing that was stored is lost"):
        put_all()
    held = {one.id for one in archive.store.view().summaries()}
    # The last session's may be stored in part, and the last one though not all that follows from it found room.
    assert held == {f"t{n}" for n in range(len(held))}
    assert stored <= len(held) <= stored + at_once
    return len(held)


def assert_holds(archive: Any, say: Any, count: int) -> None:
    view = archive.store.view()
    assert {one.id: view.transcript(one.id) for one in view.summaries()} == {
        f"t{n}": talk(say, n) for n in range(count)
    }
    for n in range(count):
        assert archive.found(f"talk{n}") == [f"t{n}"]
