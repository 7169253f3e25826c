"""Archives that are damaged, gone or closed to writing under a running server: it says so, and recovers."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from tests.web.faults.asking import ask, onrecord, ready, streamed
from tests.web.jobs.client import document, found, queued, send, settled, talk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.web.conftest import Serve

TRANSCRIPT = "2025-05-12-mayoral-debate.txt"


def overwrite(catalogue: Path) -> None:
    """In place, as a failing disk does."""
    with catalogue.open("r+b") as file:
        file.write(bytes(catalogue.stat().st_size))


def cut(catalogue: Path) -> None:
    with catalogue.open("r+b") as file:
        file.truncate(catalogue.stat().st_size // 2)


def replace(catalogue: Path) -> None:
    """By a file that is none of SQLite's."""
    catalogue.rename(catalogue.with_suffix(".old"))
    catalogue.write_text("This is no database. " * 1000)


DAMAGE: tuple[Callable[[Path], None], ...] = (replace, overwrite, cut)


def test_a_damaged_archive_is_told_of_and_a_backup_brings_it_back(
    serve: Serve, own_archive: Path, tmp_path: Path
) -> None:
    onrecord(own_archive, "index", "backup", str(tmp_path / "backup"))
    server = serve(own_archive)
    before = ask(server).json()["citations"]
    for damage in DAMAGE:
        ready(server)
        damage(own_archive / "catalogue.sqlite")
        posted = server.client.post("/api/transcripts", json=document("note", "The gazelle runs."))
        refuses(posted, own_archive)
        reading = [
            ask(server),
            server.client.post("/api/search", json={"query": "ferry"}),
            server.client.get(f"/api/transcripts/{TRANSCRIPT}"),
            server.client.get("/health/ready"),
        ]
        for answer in reading:
            # What was read before the file was written over is remembered, and right.
            if damage is replace or answer.status_code != 200:
                refuses(answer, own_archive)
        (failed,) = settled(server.client, *queued(server.client, ("talk.txt", talk("gazelle"))))
        assert "onrecord index restore" in failed["error"]
        assert str(own_archive) not in failed["error"]
        assert server.client.get("/health/live").status_code == 200
        assert server.client.get("/metrics").status_code == 200
        onrecord(own_archive, "index", "restore", str(tmp_path / "backup"), "--replace")
        assert ask(server).json()["citations"] == before, damage.__name__
    (done,) = settled(server.client, *queued(server.client, ("talk.txt", talk("gazelle"))))
    assert done["outcome"] == "added"
    assert server.stop() == 0
    assert "Traceback" not in "".join(server.log)


def refuses(answer: httpx2.Response, folder: Path) -> None:
    """That it says what to do, and not where the archive lies."""
    assert answer.status_code == 503, answer.url
    assert "onrecord index restore" in answer.json()["detail"]
    assert str(folder.parent) not in answer.text


def test_a_stream_ends_in_what_is_wrong_with_the_archive(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    replace(own_archive / "catalogue.sqlite")
    with streamed(server) as told:
        assert list(told) == [("error", ask(server).json())]
    page = server.client.get("/archive", headers={"Accept": "text/html"})
    assert page.status_code == 503
    assert "onrecord index restore" in page.text


def test_a_word_index_that_is_gone_or_damaged_is_made_again(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    (words,) = own_archive.glob("words-*")
    shutil.rmtree(words)
    assert found(server.client, "ferry")
    for file in filter(Path.is_file, next(own_archive.glob("words-*")).iterdir()):
        file.write_bytes(b"damaged")
    assert found(server.client, "ferry")
    assert ask(server).json()["status"] == "answered"
    posted = server.client.post("/api/transcripts", json=document("note", "The gazelle runs."))
    assert posted.status_code == 201
    assert found(server.client, "gazelle") == {"note"}
    onrecord(own_archive, "index", "status")
    assert "Traceback" not in "".join(server.log)


def test_an_archive_that_is_taken_away_is_an_empty_one_until_it_is_back(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    before = ask(server).json()["citations"]
    away = own_archive.rename(own_archive.with_name("away"))
    answer = ask(server).json()
    assert (answer["status"], answer["abstention"]["reason"]) == ("abstained", "empty_index")
    assert server.client.get(f"/api/transcripts/{TRANSCRIPT}").status_code == 404
    shutil.rmtree(own_archive, ignore_errors=True)
    away.rename(own_archive)
    assert ask(server).json()["citations"] == before
    assert server.stop() == 0
    assert "Traceback" not in "".join(server.log)


@pytest.fixture
def unwritable(own_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The archive in a folder that nobody may write to; not even root, whose processes begin without that power."""
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("nothing is forbidden to root where there is no setpriv")
        python = tmp_path / "python"
        python.write_text(
            f'#!/bin/sh\nexec {setpriv} --bounding-set=-dac_override,-dac_read_search {sys.executable} "$@"\n'
        )
        python.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(python))
    everything = [own_archive, *own_archive.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield own_archive
    for path in everything:
        path.chmod(0o755)


def test_where_nobody_may_write_questions_are_answered_and_adding_fails_in_words(
    serve: Serve, unwritable: Path
) -> None:
    server = serve(unwritable)
    answer = ask(server)
    assert answer.json()["status"] == "answered"
    refused = {
        "posted": server.client.post("/api/transcripts", json=document("note", "The gazelle runs.")),
        "sent": send(server.client, ("talk.txt", talk("harbour"))),
        "removed": server.client.delete(f"/api/transcripts/{TRANSCRIPT}"),
        "shared": server.client.post("/api/answers", json={"id": answer.json()["id"]}),
    }
    for what, one in refused.items():
        assert one.status_code == 503, what
        assert "permission denied" in one.json()["detail"].lower()
        assert str(unwritable) not in one.text
    assert server.client.get(f"/api/transcripts/{TRANSCRIPT}").status_code == 200
    assert server.client.get("/health/ready").status_code == 200
    assert server.stop() == 0
    assert "Traceback" not in "".join(server.log)
