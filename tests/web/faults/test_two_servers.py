"""Two servers over one data folder: either adds and removes, both see it, and neither disturbs the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from index.store import LocalStore
from tests.web.faults.asking import ask, counted
from tests.web.jobs.client import document, found, queued, settled, talk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Serve, Server


WORDS = ("gazelle", "omnibus"), ("zeppelin", "trolley")
"""What each server's posted transcripts and files speak of."""


def test_both_add_and_remove_at_once_and_both_see_it(serve: Serve, own_archive: Path) -> None:
    servers = serve(own_archive), serve(own_archive)

    def fill(server: Server, name: str, file: str) -> None:
        ids = queued(server.client, *((f"{file}{n}.txt", talk(f"{file}{n}")) for n in range(5)))
        for n in range(5):
            posted = server.client.post("/api/transcripts", json=document(f"{name}-{n}", f"The {name} runs {n} miles."))
            assert posted.status_code == 201, posted.text
            answer = ask(server)
            assert answer.status_code == 200, (answer.text, server.log)
        removed = server.client.delete(f"/api/transcripts/{name}-0")
        assert removed.status_code == 204
        assert {one["outcome"] for one in settled(server.client, *ids)} == {"added"}

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(fill, server, *words) for server, words in zip(servers, WORDS)]:
            one.result()
    for server in servers:
        for name, file in WORDS:
            assert found(server.client, name) == {f"{name}-{n}" for n in range(1, 5)}
            assert all(found(server.client, f"{file}{n}") == {f"{file}{n}.txt"} for n in range(5))
    first, second = servers
    assert first.client.delete("/api/transcripts/zeppelin-1").status_code == 204
    assert second.client.get("/api/transcripts/zeppelin-1").status_code == 404
    assert second.client.delete("/api/transcripts/zeppelin-1").status_code == 404
    assert first.stop() == 0
    posted = second.client.post("/api/transcripts", json=document("late", "The walrus sleeps."))
    assert posted.status_code == 201
    assert second.stop() == 0
    assert LocalStore(own_archive).status().problems == ()
    assert not any("Traceback" in line for server in servers for line in server.log)
    (line,) = counted(own_archive, "extractive")
    assert line.answered + line.abstained == 10


def test_an_answer_shared_by_one_is_shown_by_the_other(serve: Serve, own_archive: Path) -> None:
    one, other = serve(own_archive), serve(own_archive)
    answer = ask(one).json()
    assert one.client.post("/api/answers", json={"id": answer["id"]}).status_code == 201
    shared = other.client.get(f"/api/answers/{answer['id']}").json()
    assert shared["answer"] == answer
