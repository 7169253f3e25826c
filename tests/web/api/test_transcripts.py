"""`GET /api/transcripts`, `/api/speakers`, `/api/collections`: what the archive holds, as programs read it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnknownTranscript
from index.filters import Filters
from index.store import View, open_store
from web.api.transcripts import found
from web.listing import BadCursor, listing, place, read_cursor, written_cursor

OTTER = "2024-10-02-ferry-interview_otter.txt"


def listed(server: Any, **parameters: Any) -> list[dict[str, Any]]:
    """All that the parameters leave, page by page."""
    return [one for page in pages(server, **parameters) for one in page]


def pages(server: Any, **parameters: Any) -> Iterator[list[dict[str, Any]]]:
    cursor: dict[str, str] = {}
    while True:
        response = server.client.get("api/transcripts", params={**parameters, **cursor})
        assert response.status_code == 200, response.text
        page = response.json()
        yield page["transcripts"]
        if page["next"] is None:
            return
        cursor = {"cursor": page["next"]}


def ids(transcripts: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in transcripts]


def test_every_transcript_is_listed_by_date_those_without_one_last(server: Any, archive: Path) -> None:
    everything = listed(server)
    assert len(everything) == 10
    assert ids(everything) == [one.id for one in open_store(archive).view().summaries()]
    days = [one["date"] or "9999" for one in everything]
    assert days == sorted(days)
    assert days[-1] == "9999"


@pytest.mark.parametrize("limit", [1, 3, 5, 10, 200])
def test_pages_together_are_the_list(server: Any, limit: int) -> None:
    found = list(pages(server, limit=limit))
    assert [one for page in found for one in page] == listed(server)
    assert {len(page) for page in found[:-1]} <= {limit}


def test_a_page_goes_on_where_the_last_ended_whatever_comes_and_goes(own_archive: Path) -> None:
    store = open_store(own_archive)
    before = [one.id for one in store.view().summaries()]
    first = listing(store.view(), Filters(), "", 4)
    store.remove([before[1], before[3], before[5]])
    rest = listing(store.view(), Filters(), "", 100, first.next)
    assert [one.id for one in rest.transcripts] == [id for id in before[4:] if id != before[5]]
    assert rest.next is None


@pytest.mark.parametrize("cursor", ["x", "abcd", "WyIyMDI0Il0", "bnVsbA", "WzEsMl0", "ä", "-_-_", "A" * 5_000])
def test_a_cursor_that_is_none_is_refused(server: Any, cursor: str) -> None:
    response = server.client.get("api/transcripts", params={"cursor": cursor})
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == ["cursor"]


@given(st.tuples(st.text(), st.text()).filter(lambda pair: "\ud800" not in "".join(pair)))
def test_a_cursor_is_read_as_it_was_written(pair: tuple[str, str]) -> None:
    try:
        written = written_cursor(pair)
    except UnicodeEncodeError:
        return
    assert read_cursor(written) == pair


@given(st.text())
def test_anything_else_is_a_bad_cursor(cursor: str) -> None:
    try:
        day, id = read_cursor(cursor)
    except BadCursor:
        return
    assert isinstance(day, str)
    assert isinstance(id, str)


NARROWED = {
    "a speaker by surname": ({"speaker": "Brannick"}, lambda one: "Brannick" in str(one["speakers"])),
    "a speaker's whole name": ({"speaker": "tomas renholt"}, lambda one: "RENHOLT" in str(one["speakers"])),
    "either speaker": (
        {"speaker": ["Brannick", "Renholt"]},
        lambda one: "Brannick" in str(one["speakers"]) or "RENHOLT" in str(one["speakers"]),
    ),
    "nobody": ({"speaker": "Nobody Known"}, lambda _: False),
    "since": ({"since": "2024-07-01"}, lambda one: one["date"] is not None and one["date"] >= "2024-07-01"),
    "until": ({"until": "2024-02-06"}, lambda one: one["date"] is not None and one["date"] <= "2024-02-06"),
    "one day": (
        {"since": "2024-02-06", "until": "2024-02-06"},
        lambda one: one["date"] == "2024-02-06",
    ),
    "words of a title": ({"q": "ferry INTERVIEW"}, lambda one: one["id"] == OTTER),
    "words of an id": ({"q": "otter.txt"}, lambda one: one["id"] == OTTER),
    "words of both": ({"q": "ferry osric"}, lambda one: one["id"] == OTTER),
    "words of none": ({"q": "ferry zebra"}, lambda _: False),
    "no collection": ({"collection": "none"}, lambda _: False),
    "no words": ({"q": " "}, lambda _: True),
}


@pytest.mark.parametrize(("parameters", "is_left"), NARROWED.values(), ids=NARROWED)
def test_filters_leave(server: Any, parameters: dict[str, Any], is_left: Any) -> None:
    assert ids(listed(server, **parameters, limit=3)) == [one["id"] for one in listed(server) if is_left(one)]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("limit", "0"),
        ("limit", "201"),
        ("limit", "ten"),
        ("limit", ""),
        ("since", "yesterday"),
        ("until", "2024-13-01"),
        ("until", "2024-01-01T00:00:00"),
        ("speakers", "Brannick"),
    ],
)
def test_a_parameter_that_is_not_as_it_must_be_is_refused_by_its_name(server: Any, parameter: str, value: str) -> None:
    response = server.client.get("api/transcripts", params={parameter: value})
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [parameter]


def test_a_time_that_ends_before_it_begins_is_refused_by_its_name(server: Any) -> None:
    response = server.client.get("api/transcripts", params={"since": "2025-01-01", "until": "2024-01-01"})
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"field": "since", "detail": "2025-01-01 is later than 2024-01-01, until when was asked for"}
    ]


def test_a_transcript_is_given_whole(server: Any) -> None:
    for summary in listed(server):
        one = server.client.get(f"api/transcripts/{summary['id']}").json()
        assert {**one, "turns": len(one["turns"])} == {
            **summary,
            **{name: one[name] for name in ("text", "digest", "outside")},
        }
        assert one["text"] == "\n\n".join(one["text"][turn["start_char"] : turn["end_char"]] for turn in one["turns"])
        assert {tuple(turn) for turn in one["turns"]} == {
            ("label", "speaker", "start_char", "end_char", "start", "end", "marks")
        }


def test_the_command_line_gives_the_same(server: Any, archive: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "onrecord", "--data", str(archive), "transcripts", "show", OTTER, "--json"],
        check=True,
        capture_output=True,
    )
    assert json.loads(shown.stdout) == server.client.get(f"api/transcripts/{OTTER}").json()


def test_one_is_found_without_the_list_and_only_where_filters_leave_it(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(View, "summaries")
    store = open_store(archive)
    assert found(store, OTTER, Filters(transcripts=(OTTER,), speakers=("Brannick",))).id == OTTER
    for narrower in (Filters(transcripts=("other",)), Filters(speakers=("Renholt",)), Filters(collections=("none",))):
        with pytest.raises(UnknownTranscript):
            found(store, OTTER, narrower)


@pytest.mark.parametrize("id", ["nope", "..", "..%2F..%2Fetc%2Fpasswd", "%00", "a" * 1_000, "%F0%9F%92%A9", "a.json"])
def test_an_unknown_transcript_is_not_found(server: Any, id: str) -> None:
    response = server.client.get(f"{server.url}api/transcripts/{id}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_who_speaks_is_counted(server: Any) -> None:
    speakers = server.client.get("api/speakers").json()["speakers"]
    renholt = next(one for one in speakers if one["label"] == "MINISTER RENHOLT")
    heard = [
        voice
        for one in listed(server)
        for voice in one["speakers"]
        if (voice["label"], voice["name"]) == ("MINISTER RENHOLT", "Tomas Renholt")
    ]
    assert renholt == {
        "label": "MINISTER RENHOLT",
        "speaker": "MINISTER RENHOLT",
        "name": "Tomas Renholt",
        "transcripts": len(heard),
        "turns": sum(one["turns"] for one in heard),
        "words": sum(one["words"] for one in heard),
    }
    assert [one["words"] for one in speakers] == sorted((one["words"] for one in speakers), reverse=True)


def test_collections_are_counted(serve: Any, tmp_path: Path) -> None:
    one = {"turns": [{"label": "MR. OAKES", "text": "The bridge costs 42 million."}]}
    (tmp_path / "one.json").write_text(json.dumps({**one, "id": "one", "collection": "council"}))
    (tmp_path / "other.json").write_text(json.dumps({"id": "other", "turns": [{"text": "Nothing."}]}))
    variables = {"ONRECORD_EMBEDDING": "tiny"}
    command = [sys.executable, "-m", "onrecord", "--data", str(tmp_path / "archive"), "ingest"]
    files = [str(tmp_path / "one.json"), str(tmp_path / "other.json")]
    subprocess.run([*command, *files], check=True, capture_output=True, env=environment(**variables))
    server = serve(tmp_path / "archive")
    counted = server.client.get("api/collections").json()
    assert counted == {"collections": [{"name": "council", "transcripts": 1, "turns": 1, "words": 5}]}
    assert ids(listed(server, collection="council")) == ["one"]
    assert ids(listed(server, collection=["council", "other"])) == ["one"]


def environment(**variables: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")} | variables


def test_an_absent_archive_holds_nothing(serve: Any, tmp_path: Path) -> None:
    client = serve(tmp_path / "nothing").client
    assert client.get("api/transcripts").json() == {"transcripts": [], "next": None}
    assert client.get("api/speakers").json() == {"speakers": []}
    assert client.get("api/collections").json() == {"collections": []}
    assert client.get("api/transcripts/one").status_code == 404


def test_the_order_is_that_of_the_places(archive: Path) -> None:
    places = [place(one) for one in open_store(archive).view().summaries()]
    assert places == sorted(set(places))
