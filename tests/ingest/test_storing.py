"""One transcript into the store while others work: the same as `ingest` stores, whatever happens in the pauses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import json, structs

from index.embedding import Embedded
from index.embedding.tiny import TinyEmbedder
from index.errors import ModelMismatch, StoreBusy, StoreError
from index.ingest import Duplicate, Failed, Storing, aside, ingest, storing
from index.ingest.ledger import Verdict
from index.passages import PassageSettings
from index.reading.canonical import encode
from index.reading.reading import Reading
from index.store import LocalStore
from index.store.connection import CATALOGUE
from index.transcript import Transcript, Turn

CUT = PassageSettings(words=10, tokens=60)


class Counting(TinyEmbedder):
    """Tells which texts it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
        self.texts += texts
        return super().passages(texts)


def speech(id: str, words: Sequence[str]) -> Transcript:
    turns = (Turn(f"We speak of {word} today, and of nothing else in all of this hour.", "A", "A") for word in words)
    return Transcript(id=id, turns=tuple(turns))


def stored(store: LocalStore, transcript: Transcript, **chosen: object) -> Verdict:
    """What became of it; `chosen` are fields of Storing, and `taken`."""
    taken = chosen.pop("taken", {})
    how = structs.replace(Storing(store, TinyEmbedder(), CUT), **chosen)
    reading = Reading(transcript=transcript, format="json", encoding="utf-8")
    return how.store_one(reading, b"the file", f"{transcript.id}.json", taken)  # type: ignore[arg-type]


def contents(store: LocalStore) -> list[tuple[object, ...]]:
    """Every live passage with its vectors, by where it stands."""
    store.view()
    with sqlite3.connect(store.folder / CATALOGUE) as connection:
        return connection.execute(
            'SELECT id, first_turn, last_turn, start, "end", text, vector, tokens, spans FROM passages '
            "JOIN contents USING (passage) JOIN transcripts USING (transcript) "
            "WHERE removed IS NULL AND added IS NOT NULL ORDER BY id, start"
        ).fetchall()


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "archive", patience=0)


versions = st.lists(st.lists(st.sampled_from("bridge ferry harbour school tax".split()), min_size=1, max_size=12))


@given(versions)
@settings(max_examples=15, deadline=None)
def test_it_stores_what_ingest_stores(tmp_path_factory: pytest.TempPathFactory, spoken: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("both")
    one, other = LocalStore(folder / "one"), LocalStore(folder / "other")
    file = folder / "t.json"
    for words in spoken:
        transcript = speech("t", words)
        file.write_bytes(as_json(transcript))
        report = ingest([file], other, TinyEmbedder(), settings=CUT)
        verdict = stored(one, transcript)
        assert verdict == next(name for name in ("added", "updated", "unchanged") if getattr(report, name))
    if spoken:
        assert contents(one) == contents(other)
        assert one.view().transcript("t") == other.view().transcript("t")


def as_json(transcript: Transcript) -> bytes:
    return json.encode(encode(transcript))


def test_only_what_changed_is_embedded(store: LocalStore) -> None:
    words = [f"word{n}" for n in range(30)]
    stored(store, speech("t", words))
    embedder = Counting()
    assert stored(store, speech("t", [*words, "more"]), embedder=embedder) == "updated"
    assert 0 < len(embedder.texts) <= 2


def test_what_is_there_or_came_with_it_is_not_replaced(store: LocalStore) -> None:
    stored(store, speech("t", ["bridge"]))
    assert stored(store, speech("t", ["bridge"]), taken={"t": "t.json"}) == "unchanged"
    assert stored(store, speech("other", ["bridge"])) == Duplicate("other.json", "t")
    refused = stored(store, speech("t", ["ferry"]), taken={"t": "first.json"})
    assert isinstance(refused, Failed)
    assert "first.json" in refused.error
    assert store.view().transcript("t") == speech("t", ["bridge"])


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "STEP", 2)
    monkeypatch.setattr(storing, "_IN_MEMORY", 1000)


OLD = ["bridge", *["tax"] * 10]
WANTED = speech("t", ["school", *OLD, *(f"point{n}" for n in range(10))])


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize(
    ("meanwhile", "outcome"),
    [
        (lambda store: store.remove(["t"]), "added"),
        (lambda store: stored(store, speech("t", ["ferry"] * 9)), "updated"),
        (lambda store: stored(store, speech("u", ["ferry"] * 9)), "updated"),
        (lambda store: stored(store, WANTED), "unchanged"),
    ],
)
def test_the_archive_may_change_in_a_pause(
    store: LocalStore, meanwhile: Callable[[LocalStore], object], outcome: str
) -> None:
    stored(store, speech("t", OLD))
    pauses: list[int] = []

    def paused() -> None:
        pauses.append(1)
        if len(pauses) == 2:
            meanwhile(store)

    assert stored(store, WANTED, paused=paused) == outcome
    assert len(pauses) > 2
    assert store.view().transcript("t") == WANTED
    fresh = LocalStore(store.folder.with_name("fresh"))
    stored(fresh, WANTED)
    assert [row for row in contents(store) if row[0] == "t"] == contents(fresh)


@pytest.mark.usefixtures("small_steps")
def test_broken_off_in_a_pause_it_leaves_the_archive_as_it_was(store: LocalStore) -> None:
    stored(store, speech("t", ["bridge"]))
    before = store.view().generation
    told: list[tuple[int, int]] = []

    def paused() -> None:
        if told and told[-1][0] > 2:
            raise LookupError

    how = Storing(store, TinyEmbedder(), CUT, paused=paused)
    reading = Reading(transcript=speech("u", ["tax"] * 20), format="json", encoding="utf-8")
    with pytest.raises(LookupError):
        how.store_one(reading, b"", "u", {}, lambda done, of: told.append((done, of)))
    assert told[0][0] == 0
    assert {of for _, of in told} == {told[0][1]}
    assert store.view().generation == before
    assert [one.id for one in store.view().summaries()] == ["t"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_disk_that_is_full_is_said_to_be(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "SpooledTemporaryFile", lambda _: Path("/dev/full").open("r+b", buffering=0))  # noqa: SIM115
    with pytest.raises(StoreError, match="no space left"):
        stored(store, speech("t", ["bridge"]))
    assert store.view().summaries() == []


def test_there_are_pauses_while_something_is_done_aside() -> None:
    done, paused = Event(), Event()

    def act() -> str:
        assert paused.wait(60)
        done.set()
        return "done"

    assert aside(act, paused.set) == "done"
    assert done.is_set()
    with pytest.raises(LookupError, match="act"):
        aside(lambda: fail("act"), lambda: None)
    never = Event()
    with pytest.raises(LookupError, match="pause"):
        aside(lambda: never.wait(60), lambda: fail("pause"))
    never.set()


def fail(said: str) -> None:
    raise LookupError(said)


def test_another_writer_is_waited_for_in_pauses(store: LocalStore) -> None:
    store.folder.mkdir()
    lock = FileLock(store.folder / "writer.lock")
    lock.acquire()
    with pytest.raises(StoreBusy):
        stored(store, speech("t", ["bridge"]))
    assert stored(store, speech("t", ["bridge"]), patience=60.0, paused=lock.release) == "added"


def test_an_archive_that_others_made_is_refused_before_anything_is_embedded(store: LocalStore) -> None:
    stored(store, speech("t", ["bridge"]))
    embedder = Counting()
    with pytest.raises(ModelMismatch):
        stored(store, speech("u", ["tax"]), settings=PassageSettings(words=20, tokens=60), embedder=embedder)
    assert embedder.texts == []
