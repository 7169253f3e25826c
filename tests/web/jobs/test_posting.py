"""A transcript posted as JSON is stored and found before the answer; one deleted is in no later one."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from tests.web.jobs.client import document, found, queued, send, settled, talk

if TYPE_CHECKING:
    from tests.web.conftest import Serve, Server


@pytest.fixture
def client(serve: Serve, own_archive: Path) -> httpx2.Client:
    """Of a server over an archive of the test's own."""
    return serve(own_archive).client


def test_it_is_found_before_the_answer(client: httpx2.Client) -> None:
    posted = client.post("/api/transcripts", json=document("note", "The zeppelin lands at noon.", title="Landing"))
    assert posted.status_code == 201
    summary = posted.json()
    assert (summary["id"], summary["title"], summary["turns"], summary["words"]) == ("note", "Landing", 1, 5)
    assert summary["speakers"] == [{"label": "MS. HALE", "name": None, "turns": 1, "words": 5}]
    assert found(client, "zeppelin") == {"note"}
    again = client.post("/api/transcripts", json=document("note", "The zeppelin lands at noon.", title="Landing"))
    assert (again.status_code, again.json()) == (200, summary)


def test_changed_it_is_an_update_and_under_another_id_the_one_that_is_stored(client: httpx2.Client) -> None:
    client.post("/api/transcripts", json=document("note", "The zeppelin lands at noon."))
    elsewhere = client.post("/api/transcripts", json=document("other", "The zeppelin lands at noon."))
    assert (elsewhere.status_code, elsewhere.json()["id"]) == (200, "note")
    changed = client.post("/api/transcripts", json=document("note", "The gazelle runs at noon."))
    assert (changed.status_code, changed.json()["id"]) == (200, "note")
    assert (found(client, "zeppelin"), found(client, "gazelle")) == (set(), {"note"})


def test_without_an_id_it_has_one_made_of_what_it_says(client: httpx2.Client) -> None:
    without = document("", "The zeppelin lands at noon.")
    first, again = (client.post("/api/transcripts", json=without) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"] != ""
    sourced = client.post("/api/transcripts", json=document("", "The gazelle runs.", source="https://a.example/b"))
    assert sourced.json()["id"] == "a.example--b"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "turns"),
        ({"turns": []}, "turns"),
        ({"turns": "a"}, "turns"),
        ({"turns": [{"label": "A"}]}, "turns[0].text"),
        ({"turns": [{"text": "a", "label": "A", "speaker": "B"}]}, "turns[0].speaker"),
        ({"turns": [{"text": "a", "start": -1}]}, "turns[0].start"),
        ({"turns": [{"text": "a"}], "date": "yesterday"}, "date"),
        ({"turns": [{"text": "a"}], "id": "a/b"}, "id"),
        ({"turns": [{"text": "a"}], "tilte": "a"}, "tilte"),
        ([], "body"),
    ],
)
def test_a_field_that_is_not_as_it_must_be_is_named(server: Server, sent: Any, field: str) -> None:
    answer = server.client.post("/api/transcripts", json=sent)
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("text", ["The zeppelin lands at noon.", "The zeppelin lands at noon. " * 100_000])
def test_a_field_that_is_given_twice_is_named(client: httpx2.Client, text: str) -> None:
    body = f'{{"id": "one", "id": "two", "turns": [{{"text": "{text}"}}]}}'
    answer = client.post("/api/transcripts", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["errors"] == [{"field": "id", "detail": "it is given twice"}]


def test_in_a_large_one_it_is_named_too(client: httpx2.Client) -> None:
    large = document("large", "The zeppelin lands at noon. " * 100_000, date="yesterday")
    answer = client.post("/api/transcripts", json=large)
    assert answer.status_code == 400
    assert [one["field"] for one in answer.json()["errors"]] == ["date"]
    assert client.get("/api/transcripts/large").status_code == 404


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"turns": [{"text": "\\ud800"}]}', b"[" * 100_000])
def test_what_is_no_json_is_refused(server: Server, body: bytes) -> None:
    answer = server.client.post("/api/transcripts", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "body"


def test_the_removed_is_found_no_more_and_its_file_brings_it_back(client: httpx2.Client) -> None:
    for _ in range(2):
        (job,) = settled(client, *queued(client, ("talk.txt", talk("zeppelin"))))
        assert (job["outcome"], job["transcript"]) == ("added", "talk.txt")
        assert found(client, "zeppelin") == {"talk.txt"}
        assert client.delete("/api/transcripts/talk.txt").status_code == 204
        assert found(client, "zeppelin") == set()
    gone = client.delete("/api/transcripts/talk.txt")
    assert (gone.status_code, gone.json()["status"]) == (404, 404)


def test_an_absent_archive_is_made_by_the_first_transcript(serve: Serve, tmp_path: Path) -> None:
    client = serve(tmp_path / "none").client
    assert client.delete("/api/transcripts/a").status_code == 404
    assert not (tmp_path / "none").exists()
    assert client.post("/api/transcripts", json=document("note", "The zeppelin lands at noon.")).status_code == 201
    assert found(client, "zeppelin") == {"note"}


@pytest.mark.parametrize(
    ("variable", "value", "advice"),
    [
        ("ONRECORD_PASSAGE_WORDS", "40", "onrecord index rebuild"),
        ("ONRECORD_EMBEDDING", "/no/such/model", "model: no such directory"),
    ],
)
def test_what_an_operator_has_to_mend_is_said_without_a_path(
    serve: Serve, own_archive: Path, variable: str, value: str, advice: str
) -> None:
    client = serve(own_archive, **{variable: value}).client
    posted = client.post("/api/transcripts", json=document("note", "The zeppelin lands at noon."))
    assert posted.status_code == 503
    (job,) = settled(client, send(client, ("talk.txt", talk("zeppelin"))).json()["jobs"][0]["id"])
    for said in (posted.json()["detail"], job["error"]):
        assert advice in said
        assert str(own_archive) not in said
        assert "/no/such" not in said


def test_where_nothing_can_be_kept_it_is_said(serve: Serve, own_archive: Path) -> None:
    shutil.rmtree(own_archive / "uploads", ignore_errors=True)
    (own_archive / "uploads").write_text("no folder")
    client = serve(own_archive).client
    for answer in (
        client.post("/api/transcripts", json=document("note", "The zeppelin lands.")),
        send(client, ("talk.txt", talk("zeppelin"))),
    ):
        assert answer.status_code == 503
        assert "kept on disk" in answer.json()["detail"]


def test_many_at_once_are_all_stored(client: httpx2.Client) -> None:
    def post(n: int) -> int:
        return client.post("/api/transcripts", json=document(f"note{n}", f"The topic{n} is open.")).status_code

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(post, range(40))) == {201}
    for n in (0, 39):
        assert found(client, f"topic{n}") == {f"note{n}"}
