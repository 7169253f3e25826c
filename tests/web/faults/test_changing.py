"""The archive changes while questions are asked: none fails, and none sees what was removed before it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event
from typing import TYPE_CHECKING, Any

import httpx2

from tests.web.faults.asking import EVENTS, ask, coming, onrecord, ready, streamed, until
from tests.web.faults.model import END, MODEL, Held, Model, cites
from tests.web.jobs.client import document, queued, settled, talk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.web.conftest import Serve, Server

ROUNDS = 4

QUESTION = "What did Ms. Hale say of the harbour?"


class AskAgain(Exception):
    """The server says that what was begun is no longer there, and to ask again."""


class Asker:
    """Asks again and again until it is over; `removed` are the transcripts that no answer may know from now on.

    Where rows are `erased` at once it may be told to ask again.
    """

    def __init__(self, server: Server, removed: set[str], erased: bool) -> None:
        self._server = server
        self._removed = removed
        self._erased = erased
        self.over = Event()

    def questions(self) -> int:
        """How many were asked."""
        return self._ask(self._question)

    def streams(self) -> int:
        return self._ask(self._stream)

    def searches(self) -> int:
        return self._ask(self._search)

    def checks(self) -> int:
        return self._ask(self._check)

    def _ask(self, once: Any) -> int:
        asked = 0
        with httpx2.Client(base_url=self._server.url, timeout=60, trust_env=False) as client:
            while asked < 3 or not self.over.is_set():
                gone = set(self._removed)
                with suppress(AskAgain):
                    assert not gone & once(client)
                    asked += 1
        return asked

    def _answered(self, answer: httpx2.Response) -> Any:
        """The document of an answer that is none of failure."""
        document = answer.json()
        self._check_failure(document)
        assert answer.status_code == 200, document
        return document

    def _check_failure(self, said: Any) -> None:
        if self._erased and said.get("status") == 503 and "ask again" in said["detail"]:
            raise AskAgain

    def _question(self, client: httpx2.Client) -> set[str]:
        return _cited(self._answered(client.post("/api/questions", json={"question": QUESTION})))

    def _stream(self, client: httpx2.Client) -> set[str]:
        with client.stream("POST", "/api/questions", json={"question": QUESTION}, headers=EVENTS) as response:
            events = list(coming(response.iter_lines()))
        self._check_failure(events[-1][1])
        assert events[-1][0] == "done", events[-1]
        return _cited(events[-1][1]) | {hit["transcript_id"] for hit in events[1][1]}

    def _search(self, client: httpx2.Client) -> set[str]:
        found = self._answered(client.post("/api/search", json={"query": QUESTION, "k": 100}))
        return {hit["transcript_id"] for hit in found["hits"]}

    def _check(self, client: httpx2.Client) -> set[str]:
        text = "Ms. Hale said that the harbour is closed in May."
        checked = self._answered(client.post("/api/check", json={"text": text}))
        return {one["transcript_id"] for sentence in checked["sentences"] for one in sentence["citations"]}


def _cited(answer: Any) -> set[str]:
    nearest = answer["abstention"]["nearest"] if answer["abstention"] else []
    return {one["transcript_id"] for one in [*answer["citations"], *nearest]}


@contextmanager
def under_load(server: Server, removed: set[str], erased: bool = False) -> Iterator[None]:
    """Questions, streams, searches and checks all the while; none of them fails."""
    asker = Asker(server, removed, erased)
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(one) for one in (asker.questions, asker.streams, asker.searches, asker.checks)]
        try:
            yield
        finally:
            asker.over.set()
        assert all(one.result() for one in asking)


def test_no_question_fails_and_none_sees_what_is_gone(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    removed: set[str] = set()
    with under_load(server, removed):
        for n in range(ROUNDS):
            id = f"talk-{n}"
            said = f"The harbour of town {n} is closed in May."
            added = server.client.post("/api/transcripts", json=document(id, said))
            assert added.status_code == 201, added.text
            edited = server.client.post("/api/transcripts", json=document(id, said, "The harbour will open again."))
            assert edited.status_code == 200, edited.text
            (job,) = settled(server.client, *queued(server.client, (f"{n}.txt", talk(f"harbour {n}"))))
            assert job["outcome"] == "added"
            for gone in (id, job["transcript"]):
                assert server.client.delete(f"/api/transcripts/{gone}").status_code == 204
                removed.add(gone)
    assert {one["id"] for one in server.client.get("/api/transcripts").json()["transcripts"]}.isdisjoint(removed)
    assert server.stop() == 0
    assert "Traceback" not in "".join(server.log)


def test_what_another_program_does_to_the_archive_is_seen(serve: Serve, own_archive: Path, tmp_path: Path) -> None:
    server = serve(own_archive)
    other = tmp_path / "other.json"
    other.write_text('{"id": "other", "turns": [{"label": "MS. HALE", "text": "The harbour is closed in May."}]}')
    removed: set[str] = set()
    with under_load(server, removed):
        onrecord(own_archive, "ingest", str(other))
        found = server.client.post("/api/search", json={"query": QUESTION}).json()
        assert "other" in {hit["transcript_id"] for hit in found["hits"]}
        onrecord(own_archive, "transcripts", "remove", "other")
        removed.add("other")
    with under_load(server, removed, erased=True):
        backup = tmp_path / "backup"
        onrecord(own_archive, "index", "backup", str(backup))
        onrecord(own_archive, "index", "repair")
        onrecord(own_archive, "index", "restore", str(backup), "--replace")


def test_an_archive_made_anew_by_another_model_is_not_asked_with_the_old_one(serve: Serve, own_archive: Path) -> None:
    server = serve(own_archive)
    before = ask(server).json()["text"]
    onrecord(own_archive, "index", "rebuild", ONRECORD_PASSAGE_WORDS="60")
    assert ask(server).json()["status"] == "answered"
    onrecord(own_archive, "index", "rebuild", ONRECORD_EMBEDDING="all-MiniLM-L6-v2")
    refused = [ask(server), server.client.post("/api/search", json={"query": QUESTION})]
    refused.append(server.client.get("/health/ready"))
    for one in refused:
        assert one.status_code == 503
        assert "onrecord index rebuild" in one.json()["detail"]
    onrecord(own_archive, "index", "rebuild")
    assert ask(server).json()["text"] == before
    ready(server)


def test_an_answer_that_was_begun_keeps_what_it_was_begun_with(serve: Serve, own_archive: Path, model: Model) -> None:
    server = serve(own_archive, "--model", MODEL, **model.variables)
    held = Held()
    model.replies(cites, held, *END)
    with streamed(server, model=MODEL) as told:
        cited = until(told, "sentence")["citations"][0]["transcript_id"]
        held.wait()
        assert server.client.delete(f"/api/transcripts/{cited}").status_code == 204
        # Erases what was removed at once, which otherwise is left alone for a while.
        onrecord(own_archive, "index", "repair")
        held.go.set()
        answer = until(told, "done")
    assert [one["transcript_id"] for one in answer["citations"]] == [cited, cited]
    held_now = server.client.post("/api/receipts/verify", json=answer).json()["citations"]
    assert [one["state"] for one in held_now] == ["removed", "removed"]
    model.replies(b"data: [DONE]\n\n")
    with streamed(server, model=MODEL) as told:
        assert cited not in {hit["transcript_id"] for hit in until(told, "retrieved")}
    assert "Traceback" not in "".join(server.log)
