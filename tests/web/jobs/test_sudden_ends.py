"""Processes that come to a sudden end, and other programs that write: nothing stored is lost, and it is said."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from index.store import LocalStore
from tests.web.jobs.client import children, document, found, kill, queued, reached, running, settled, talk

if TYPE_CHECKING:
    from tests.web.conftest import Serve

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system shows no /proc")

LONG = talk("zeppelin", 12_000)


@pytest.fixture
def another_writer(own_archive: Path) -> Iterator[FileLock]:
    """Holds the writer's lock, as `onrecord ingest` does while it runs."""
    lock = FileLock(own_archive / "writer.lock")
    with lock:
        yield lock


def test_a_job_whose_process_is_killed_fails_in_words_and_the_next_one_works(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    client = server.client
    before, at_work, after = queued(
        client, ("before.txt", talk("gazelle")), ("long.txt", LONG), ("after.txt", talk("theatre"))
    )
    reached(client, at_work, "embedding")
    (worker,) = children(server.process.pid)
    kill(worker)
    done, failed, next_one = settled(client, before, at_work, after)
    assert (done["state"], failed["state"], next_one["state"]) == ("done", "failed", "done")
    assert "SIGKILL" in failed["error"]
    assert "send it again" in failed["error"]
    assert found(client, "zeppelin") == set()
    assert found(client, "gazelle") == {"before.txt"}
    assert found(client, "theatre") == {"after.txt"}
    assert LocalStore(own_archive).status().problems == ()
    assert not list((own_archive / "uploads").rglob("[0-9]"))


def test_files_of_one_request_replace_each_other_not_even_when_a_process_was_killed_between(
    serve: Serve, own_archive: Path
) -> None:
    server = serve(own_archive)
    one, other = (json.dumps(document("talk", f"The {word} runs.")) for word in ("gazelle", "zeppelin"))
    before, at_work, after = queued(server.client, ("one.json", one), ("long.txt", LONG), ("other.json", other))
    reached(server.client, at_work, "embedding")
    (worker,) = children(server.process.pid)
    kill(worker)
    done, _, refused = settled(server.client, before, at_work, after)
    assert done["outcome"] == "added"
    assert refused["state"] == "failed", refused
    assert "'talk', is that of one.json" in refused["error"]
    assert found(server.client, "gazelle") == {"talk"}


@pytest.mark.usefixtures("another_writer")
def test_a_posted_transcript_whose_process_is_killed_is_no_success(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    with ThreadPoolExecutor(1) as pool:
        posting = pool.submit(server.client.post, "/api/transcripts", json=document("note", "The gazelle runs."))
        while not posting.done():
            for worker in children(server.process.pid):
                kill(worker)
    answer = posting.result()
    assert answer.status_code == 503
    assert "SIGKILL" in answer.json()["detail"]
    assert "Traceback" not in "".join(server.log)


def test_settings_that_were_spoilt_meanwhile_are_said_in_the_log(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    (own_archive / "onrecord.toml").write_text('passage_words = "many"\n')
    assert server.client.post("/api/transcripts", json=document("note", "The gazelle runs.")).status_code == 503
    server.stop()
    log = "".join(server.log)
    assert "onrecord.toml: passage_words is 'many'" in log
    assert "Traceback" not in log


def test_a_killed_server_takes_its_process_with_it_in_the_middle_of_a_file(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    (at_work,) = queued(server.client, ("long.txt", LONG))
    reached(server.client, at_work, "embedding")
    (worker,) = children(server.process.pid)
    server.process.kill()
    server.stop()
    while running(worker):
        pass
    assert LocalStore(own_archive).status().problems == ()
    assert list((own_archive / "uploads").rglob("[0-9]"))
    again = serve(own_archive)
    assert not list((own_archive / "uploads").rglob("[0-9]")), "what the killed one left is erased"
    assert again.client.get("/api/jobs").json() == {"jobs": []}
    assert found(again.client, "zeppelin") == set()


def test_the_uploads_of_a_server_that_runs_are_let_be(serve: Serve, own_archive: Path) -> None:
    one = serve(own_archive, ONRECORD_SERVE_GRACE="0")
    queued(one.client, *((f"{n}.txt", talk(f"topic{n}", 12_000)) for n in range(8)))
    serve(own_archive)
    assert list((own_archive / "uploads").rglob("[0-9]"))


def test_a_server_that_stops_finishes_the_file_at_work_and_says_what_it_drops(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    at_work, *_ = queued(server.client, ("long.txt", LONG), ("second.txt", talk("theatre")), ("third.txt", talk("tax")))
    reached(server.client, at_work, "embedding")
    (worker,) = children(server.process.pid)
    # A service manager signals every process of the service.
    os.kill(worker, signal.SIGTERM)
    server.stop()
    assert not running(worker)
    log = "".join(server.log)
    assert "second.txt" in log
    assert "third.txt" in log
    assert "Traceback" not in log
    assert {one.id for one in LocalStore(own_archive).view().summaries()} >= {"long.txt"}
    assert not (own_archive / "uploads").exists()


def test_a_server_without_grace_leaves_the_file_at_work_unstored(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive, ONRECORD_SERVE_GRACE="0")
    (at_work,) = queued(server.client, ("long.txt", LONG))
    reached(server.client, at_work, "embedding")
    server.stop()
    assert "long.txt" in "".join(server.log)
    assert "long.txt" not in {one.id for one in LocalStore(own_archive).view().summaries()}
    assert LocalStore(own_archive).status().problems == ()


def test_a_file_waits_for_another_writer(serve: Serve, own_archive: Path, another_writer: FileLock) -> None:
    client = serve(own_archive).client
    (waiting,) = queued(client, ("talk.txt", talk("zeppelin")))
    reached(client, waiting, "reading")
    assert client.get("/api/jobs").status_code == 200
    another_writer.release()
    (done,) = settled(client, waiting)
    assert done["outcome"] == "added"


@pytest.mark.usefixtures("another_writer")
def test_another_writer_that_goes_on_and_on_is_said(serve: Serve, own_archive: Path) -> None:
    client = serve(own_archive, ONRECORD_SERVE_WORKER_PATIENCE="0").client
    (failed,) = settled(client, *queued(client, ("talk.txt", talk("zeppelin"))))
    assert "another process is writing" in failed["error"]
    assert str(own_archive) not in failed["error"]
    posted = client.post("/api/transcripts", json=document("note", "The gazelle runs."))
    assert posted.status_code == 503
    assert "Retry-After" in posted.headers
    assert client.delete("/api/transcripts/2025-05-12-mayoral-debate.txt").status_code == 503
    assert client.get("/api/transcripts/2025-05-12-mayoral-debate.txt").status_code == 200


def test_ingest_and_the_server_take_turns(serve: Serve, own_archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for n in range(20):
        (folder / f"ingested{n}.txt").write_text(talk(f"ingested{n}"))
    client = serve(own_archive).client
    ids = queued(client, *((f"sent{n}.txt", talk(f"sent{n}")) for n in range(20)))
    command = [sys.executable, "-m", "onrecord", "--data", str(own_archive), "ingest", str(folder)]
    subprocess.run(command, env=os.environ | {"ONRECORD_EMBEDDING": "tiny"}, check=True, capture_output=True)
    assert {one["state"] for one in settled(client, *ids)} == {"done"}
    assert found(client, "sent19") == {"sent19.txt"}
    assert found(client, "ingested19") == {"ingested19.txt"}
    assert LocalStore(own_archive).status().problems == ()
