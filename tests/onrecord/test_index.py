"""`onrecord index`: the state told, what is broken mended, archives saved and brought back."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

STATUS = """folder format generation readable writing transcripts passages waiting model settings bytes
    set_aside problems"""


def listed(program: Any) -> list[str]:
    return [one["id"] for one in program("transcripts", "list", "--json").document["transcripts"]]


def test_status_of_a_whole_archive(stored: Any) -> None:
    done = stored("index", "status", "--json")
    assert done.status == 0
    assert set(done.document) == set(STATUS.split())
    assert (done.document["transcripts"], done.document["model"], done.document["problems"]) == (3, "tiny", [])
    shown = stored("index", "status").out
    assert "holds        3 transcripts, 3 passages\n" in shown
    assert shown.endswith("all is well\n")


def test_an_absent_archive_is_well(onrecord: Any) -> None:
    assert onrecord("index", "status").status == 0
    assert not onrecord.folder.exists()


def test_a_damaged_index_is_status_3_and_repair_mends_it(onrecord: Any) -> None:
    onrecord("ingest", onrecord.write("files"))
    for words in onrecord.folder.glob("words-*"):
        shutil.rmtree(words)
    broken = onrecord("index", "status")
    assert broken.status == 3
    assert "`onrecord index repair` mends it" in broken.out
    assert onrecord("index", "status", "--json").status == 3
    assert onrecord("index", "repair").status == 0
    assert onrecord("index", "status").status == 0
    assert onrecord("search", "ferry passengers", "-k", "1").out.startswith("1. podcast")


def test_other_settings_are_refused_until_the_archive_is_rebuilt(onrecord: Any) -> None:
    files = onrecord.write("files")
    onrecord("ingest", files)
    refused = onrecord("ingest", files, ONRECORD_PASSAGE_WORDS="20")
    assert (refused.status, refused.out) == (1, "")
    assert "onrecord index rebuild" in refused.err
    assert onrecord("index", "rebuild", ONRECORD_PASSAGE_WORDS="20").status == 0
    assert onrecord("index", "status", "--json").document["settings"]["words"] == 20
    assert onrecord("ingest", files, ONRECORD_PASSAGE_WORDS="20").out == "3 unchanged.\n"


def test_another_model_is_refused_with_the_command_that_mends_it(stored: Any) -> None:
    done = stored("ask", "How much does the bridge cost?", ONRECORD_EMBEDDING="all-MiniLM-L6-v2")
    assert (done.status, done.out) == (1, "")
    assert "`onrecord index rebuild`" in done.err


def test_a_backup_brings_the_archive_back(onrecord: Any, tmp_path: Path) -> None:
    onrecord("ingest", onrecord.write("files"))
    backup = tmp_path / "saved.onrecord"
    assert onrecord("index", "backup", backup).status == 0
    assert onrecord("index", "backup", backup).status == 1
    onrecord("transcripts", "remove", "debate")
    refused = onrecord("index", "restore", backup)
    assert refused.status == 2
    assert "--replace" in refused.err
    assert listed(onrecord) == ["hearing", "podcast"]
    assert onrecord("index", "restore", backup, "--replace").status == 0
    assert listed(onrecord) == ["hearing", "debate", "podcast"]
    elsewhere = tmp_path / "elsewhere"
    assert onrecord("index", "restore", backup, "--data", elsewhere).status == 0
    assert onrecord("--data", elsewhere, "search", "ferry", "-k", "1").out.startswith("1. podcast")


def test_what_is_no_backup_is_refused_and_nothing_lost(onrecord: Any, tmp_path: Path) -> None:
    files = onrecord.write("files")
    onrecord("ingest", files)
    for file in (files / "debate.json", tmp_path / "missing"):
        done = onrecord("index", "restore", file, "--replace")
        assert done.status == 1
        assert str(file) in done.err
    assert len(listed(onrecord)) == 3


def test_what_is_no_backup_moves_nothing_of_a_damaged_archive_and_a_backup_sets_it_aside(
    onrecord: Any, tmp_path: Path
) -> None:
    onrecord("ingest", onrecord.write("files"))
    backup, bad = tmp_path / "saved.onrecord", tmp_path / "bad"
    assert onrecord("index", "backup", backup).status == 0
    bad.write_bytes(b"no backup" * 1000)
    (catalogue,) = onrecord.folder.glob("*.sqlite")
    catalogue.write_bytes(b"damaged" * 5000)
    for file in (bad, tmp_path / "missing"):
        done = onrecord("index", "restore", file, "--replace")
        assert done.status == 1
        assert str(file) in done.err
    assert catalogue.read_bytes() == b"damaged" * 5000
    assert onrecord("index", "status").status == 3
    done = onrecord("index", "restore", backup, "--replace")
    (aside,) = onrecord("index", "status", "--json").document["set_aside"]
    assert (done.status, Path(aside).read_bytes()) == (0, b"damaged" * 5000)
    assert aside in done.err
    assert f"set aside    {aside}, " in onrecord("index", "status").out
    assert len(listed(onrecord)) == 3


def test_what_is_no_backup_makes_no_archive(onrecord: Any, tmp_path: Path) -> None:
    assert onrecord("index", "restore", tmp_path / "missing").status == 1
    assert not onrecord.folder.exists()


def test_a_backup_into_no_folder_is_told(stored: Any, tmp_path: Path) -> None:
    done = stored("index", "backup", tmp_path / "nowhere" / "x")
    assert (done.status, done.err) == (1, f"onrecord: {tmp_path / 'nowhere'}: there is no such folder\n")


def test_an_archive_of_a_newer_version_is_left_alone(onrecord: Any) -> None:
    files = onrecord.write("files")
    onrecord("ingest", files)
    (catalogue,) = onrecord.folder.glob("*.sqlite")
    connection = sqlite3.connect(catalogue)
    connection.execute("PRAGMA user_version = 1000")
    connection.close()
    before = catalogue.read_bytes()
    for command in (["ingest", files], ["ask", "bridge?"], ["transcripts", "list"], ["index", "repair"]):
        done = onrecord(*command)
        assert (done.status, done.out) == (1, "")
        assert "1000" in done.err
        assert done.err.count("\n") == 1
    assert catalogue.read_bytes() == before
