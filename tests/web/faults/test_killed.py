"""Servers that are killed while they store: what was said to be stored is, and the next one starts clean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.faults.asking import ask, status
from tests.web.jobs.client import children, document, found, job, kill, queued, running, settled, talk

if TYPE_CHECKING:
    from tests.web.conftest import Serve

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="the system shows no /proc")

FILES = 12


@pytest.mark.parametrize(("whom", "stored"), [("the server", 1), ("both", 4)])
def test_what_was_said_to_be_stored_outlasts_sudden_death(
    serve: Serve, own_archive: Path, whom: str, stored: int
) -> None:
    server = serve(own_archive)
    names = [f"gazelle{n}" for n in range(FILES)]
    ids = queued(server.client, *((f"{name}.txt", talk(name, 40)) for name in names))
    settled(server.client, *ids[:stored])
    posted = server.client.post("/api/transcripts", json=document("note", "The walrus sleeps."))
    assert posted.status_code == 201
    removed = server.client.delete("/api/transcripts/note")
    assert removed.status_code == 204
    done = [name for name, id in zip(names, ids) if job(server.client, id)["state"] == "done"]
    (worker,) = children(server.process.pid)
    server.process.kill()
    if whom == "both":
        kill(worker)
    server.stop()
    while running(worker):
        pass
    exit, problems = status(own_archive)
    assert (exit, bool(problems)) in ((0, False), (3, True))
    assert all("`onrecord index repair` mends it" in one for one in problems)
    again = serve(own_archive)
    assert not (own_archive / "uploads").exists(), "what the killed one left is erased"
    assert len(done) >= stored
    for name in done:
        assert found(again.client, name) == {f"{name}.txt"}
    assert found(again.client, "walrus") == set()
    assert ask(again).json()["status"] == "answered"
    sent = queued(again.client, *((f"{name}.txt", talk(name, 40)) for name in names))
    ended = {one["path"]: one.get("outcome") or one["error"] for one in settled(again.client, *sent)}
    assert set(ended.values()) <= {"added", "unchanged"}, (ended, again.log)
    assert status(own_archive) == (0, [])
