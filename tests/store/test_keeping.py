"""Backup and restore, rebuild, migration, a look at the state."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from index.embedding.tiny import TinyEmbedder
from index.errors import ModelError, NewerFormat, StoreError
from index.filters import Filters
from index.passages import PassageSettings
from index.store import LocalStore

OTHER = PassageSettings(words=20, tokens=60)


def filled(archive: Any, say: Any, count: int = 5) -> None:
    archive.put(
        *(
            say(f"t{n}", ("A", f"Talk {n} says apple{n}. And then something else. " * 3), ("B", "Yes."))
            for n in range(count)
        )
    )


def test_a_backup_is_one_file_and_restores_everything(archive: Any, again: Any, say: Any, tmp_path: Path) -> None:
    filled(archive, say)
    archive.store.remove(["t4"])
    archive.store.backup(tmp_path / "kept")
    assert b"apple4" not in (tmp_path / "kept").read_bytes(), "what was removed is in no backup"
    fresh = again(tmp_path / "fresh")
    fresh.store.restore(tmp_path / "kept")
    assert content(fresh) == content(archive)
    assert fresh.found("apple2") == ["t2"]
    assert fresh.store.status().problems == ()
    fresh.put(say("new", ("A", "novel words")))
    assert fresh.found("novel") == ["new"]
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_a_backup_while_a_writer_works_is_consistent(archive: Any, again: Any, say: Any, tmp_path: Path) -> None:
    filled(archive, say)
    with archive.store.writer(archive.embedder.identity, archive.settings) as writer:
        writer.remove("t0")
        again(archive.store.folder).store.backup(tmp_path / "kept")
        writer.remove("t1")
    fresh = again(tmp_path / "fresh")
    fresh.store.restore(tmp_path / "kept")
    assert [one.id for one in fresh.store.view().summaries()] == ["t1", "t2", "t3", "t4"]


def test_restoring_goes_on_from_the_higher_ids_and_a_reader_sees_it(
    archive: Any, again: Any, say: Any, tmp_path: Path
) -> None:
    filled(archive, say, 2)
    archive.store.backup(tmp_path / "kept")
    filled(archive, say, 6)
    reader = again(archive.store.folder).store
    before = reader.view()
    highest = before.ids().max()
    with pytest.raises(StoreError, match="replaced"):
        archive.store.restore(tmp_path / "kept")
    archive.store.restore(tmp_path / "kept", replace=True)
    after = reader.view()
    assert [one.id for one in after.summaries()] == ["t0", "t1"]
    assert after.generation > before.generation
    assert set(after.ids().tolist()) <= set(before.ids().tolist())
    archive.put(say("new", ("A", "novel words")))
    assert reader.view().ids().max() > highest
    assert archive.found("novel") == ["new"]


def test_what_is_no_backup_is_refused_and_nothing_changes(archive: Any, say: Any, tmp_path: Path) -> None:
    filled(archive, say)
    before = content(archive)
    (tmp_path / "text").write_text("no backup at all " * 1000)
    sqlite3.connect(tmp_path / "stranger").execute("CREATE TABLE t (x)").connection.close()
    archive.store.backup(tmp_path / "torn")
    whole = (tmp_path / "torn").read_bytes()
    (tmp_path / "torn").write_bytes(whole[: len(whole) // 2])
    for name in ("text", "stranger", "torn", "missing"):
        with pytest.raises(StoreError):
            archive.store.restore(tmp_path / name, replace=True)
    archive.store.backup(tmp_path / "newer")
    with sqlite3.connect(tmp_path / "newer") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerFormat):
        archive.store.restore(tmp_path / "newer", replace=True)
    assert content(archive) == before
    with pytest.raises(StoreError, match="exists already"):
        archive.store.backup(tmp_path / "torn")
    with pytest.raises(StoreError, match="no archive"):
        LocalStore(tmp_path / "nothing").backup(tmp_path / "b")


class Failing(TinyEmbedder):
    """Another model, that gives up after a number of texts."""

    def __init__(self, texts: int) -> None:
        super().__init__(seed=1)
        self.left = texts

    def passages(self, texts: Any) -> Any:
        for made in super().passages(texts):
            if self.left == 0:
                raise ModelError("given up")
            self.left -= 1
            yield made


def test_the_old_index_serves_until_a_rebuild_is_whole_and_it_goes_on_where_it_was(archive: Any, say: Any) -> None:
    filled(archive, say)
    before = content(archive)
    with pytest.raises(ModelError):
        archive.store.rebuild(Failing(9), OTHER)
    assert content(archive) == before
    assert archive.found("apple3") == ["t3"]
    assert any("rebuild was broken off" in one for one in archive.store.status().problems)
    archive.put(say("t1", ("A", "Changed meanwhile: pears.")))
    archive.store.remove(["t0"])
    old = archive.store.view()
    told: list[tuple[int, int, int]] = []
    archive.store.rebuild(TinyEmbedder(1), OTHER, lambda *course: told.append(course))
    assert told[-1][:2] == (4, 4)
    assert len(told) < 4, "what was done before is not done again"
    view = archive.store.view()
    assert (view.identity, view.settings) == (TinyEmbedder(1).identity, OTHER)
    assert [one.id for one in view.summaries()] == ["t1", "t2", "t3", "t4"]
    assert not set(view.ids().tolist()) & set(old.ids().tolist())
    for one in view.passages(view.ids().tolist()):
        [made] = TinyEmbedder(1).passages([one.passage.text])
        assert (one.tokens == made.tokens).all()
        assert view.similarities(made.vector, view.ids()[view.ids() == one.id])[0] == pytest.approx(1, abs=1e-3)
    assert archive.found("pears") == ["t1"]
    assert archive.found("apple0 apple1") == []
    assert archive.store.status().problems == ()
    assert old.identity == TinyEmbedder().identity, "a view keeps its own model"
    assert len(old.lexical("apple2", 9, old.scope(Filters())).ids)


def test_a_rebuild_by_a_third_model_starts_over(archive: Any, say: Any) -> None:
    filled(archive, say)
    with pytest.raises(ModelError):
        archive.store.rebuild(Failing(9), OTHER)
    archive.store.rebuild(TinyEmbedder(2), archive.settings)
    view = archive.store.view()
    assert view.identity == TinyEmbedder(2).identity
    assert len(view.ids()) == len({one.passage.text + one.transcript_id for one in view.passages(view.ids().tolist())})
    assert archive.store.status().problems == ()


def test_format_1_is_brought_up_and_says_the_same(tmp_path: Path, again: Any, say: Any) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.executescript(Path(__file__).with_name("format-1.sql").read_text())
    connection.close()
    assert "older format 1" in again(folder).store.status().problems[0]
    archive = again(folder)
    assert archive.found("harbour") == ["council"]
    assert [one.id for one in archive.store.view().summaries()] == ["council", "podcast"]
    assert archive.store.status().problems == ()
    before = content(archive)
    view = archive.store.view()
    with archive.store.writer(archive.embedder.identity, archive.settings) as writer:
        for id in ("council", "podcast"):
            from index.store.summarising import form_of

            assert writer.form(id) == form_of(view.transcript(id)), "what was stored is told unchanged"
    assert content(archive) == before
    archive.put(say("new", ("A", "novel words")))
    assert archive.found("novel") == ["new"]


def test_a_damaged_catalogue_is_told_and_a_backup_takes_its_place(archive: Any, say: Any, tmp_path: Path) -> None:
    filled(archive, say)
    before = content(archive)
    archive.store.backup(tmp_path / "kept")
    archive.store.close()
    catalogue = archive.store.folder / "catalogue.sqlite"
    data = bytearray(catalogue.read_bytes())
    page = 8192
    for at in range(4 * page, len(data), 3 * page):
        data[at : at + 512] = b"\xff" * 512
    catalogue.write_bytes(data)
    assert any("backup" in problem for problem in LocalStore(archive.store.folder).status().problems)
    fresh = LocalStore(archive.store.folder)
    fresh.restore(tmp_path / "kept", replace=True)
    assert fresh.status().problems == ()
    assert content(archive) == before
    assert len(list(archive.store.folder.glob("damaged-*"))) >= 1


def content(archive: Any) -> Any:
    view = archive.store.view()
    transcripts = [view.transcript(one.id) for one in view.summaries()]
    stored = [
        (one.id, one.transcript_id, one.passage, one.tokens.tobytes()) for one in view.passages(view.ids().tolist())
    ]
    return transcripts, stored
