"""`onrecord ingest`: what becomes of files of every kind, said and counted, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from index.store import open_store

VERDICTS = {"added", "updated", "unchanged", "duplicates", "skipped", "failed"}
REPORT = """id path format encoding title date language turns words speakers unattributed_words outside warnings"""
SPEECH = "MS. ADLER: The budget is 12 million crowns this year.\n\nMR. BERG: We heard you, and we will vote on it.\n"


def counts(document: dict[str, list[Any]]) -> dict[str, int]:
    return {verdict: len(of) for verdict, of in document.items() if of}


def test_each_file_is_reported_field_for_field(onrecord: Any) -> None:
    done = onrecord("ingest", onrecord.write("files"), "--json")
    assert (done.status, done.err) == (0, "")
    assert set(done.document) == VERDICTS
    assert [one["id"] for one in done.document["added"]] == ["debate", "hearing", "podcast"]
    hearing = done.document["added"][1]
    assert set(hearing) == set(REPORT.split())
    assert hearing["speakers"][0] == {"label": "MAYOR SMITH", "name": "Anna Smith", "turns": 1, "words": 11}
    assert hearing["unattributed_words"] == 5


def test_files_again_are_unchanged_an_edited_one_is_updated_a_moved_folder_is_the_same(onrecord: Any) -> None:
    files = onrecord.write("files")
    assert onrecord("ingest", files).out.splitlines()[-1] == "3 added."
    assert onrecord("ingest", files).out == "3 unchanged.\n"
    debate = onrecord.transcript("debate")
    edited = debate | {"turns": [{"label": "MR. SMITH", "text": "The bridge costs 62 million crowns."}]}
    onrecord.write("files", edited)
    moved = files.rename(files.with_name("moved"))
    done = onrecord("ingest", moved, "--json").document
    assert counts(done) == {"updated": 1, "unchanged": 2}
    assert "62 million" in onrecord("ask", "How much does the bridge cost?", "--speaker", "Peter Smith").out


def test_ids_made_from_paths_outlast_a_moved_folder(onrecord: Any, tmp_path: Path) -> None:
    (tmp_path / "a" / "deep").mkdir(parents=True)
    (tmp_path / "a" / "deep" / "budget.txt").write_text(SPEECH)
    first = onrecord("ingest", tmp_path / "a", "--collection", "town", "--json").document["added"]
    shutil.move(tmp_path / "a", tmp_path / "b")
    again = onrecord("ingest", tmp_path / "b", "--collection", "town", "--json").document
    assert again["unchanged"] == [first[0]["id"]]


def test_the_same_text_under_another_name_is_a_duplicate(onrecord: Any, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(SPEECH)
    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    done = onrecord("ingest", first, second, first, "--json")
    assert done.status == 0
    assert counts(done.document) == {"added": 1, "duplicates": 1, "skipped": 1}
    assert done.document["duplicates"] == [{"path": str(second), "of": "one.txt"}]
    assert onrecord("ingest", second).out.startswith(f"duplicate {second}: the same text as one.txt\n")


def test_what_is_no_transcript_is_skipped_or_failed_with_a_reason_and_the_rest_is_stored(
    onrecord: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "speech.txt").write_text(SPEECH)
    (folder / "empty.txt").touch()
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "report.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "broken.json").write_text('{"turns": [{"label": "A"}]}')
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    name = os.fsdecode(b"\xff\xfe.txt")
    (folder / name).write_text(SPEECH.replace("12", "13"))
    missing = tmp_path / "missing.txt"
    done = onrecord("ingest", folder, missing, "--json")
    found = done.document
    assert done.status == 1
    assert [one["title"] for one in found["added"]] == [None, None]
    failed = {Path(one["path"]).name: one["error"] for one in found["failed"]}
    assert set(failed) == {"report.pdf", "broken.json", "dangling.txt", "missing.txt"}
    assert "PDF" in failed["report.pdf"]
    assert "text" in failed["broken.json"]
    assert all(f"{one['path']}: " in done.err for one in found["failed"])
    skipped = {Path(one["path"]).name for one in found["skipped"]}
    assert skipped == {"empty.txt", "noise.bin", "picture.png"}


def test_a_line_of_200_megabytes_fails_with_a_reason(onrecord: Any, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("MS. ADLER: " + "and so on " * 20_000_000)
    (tmp_path / "speech.txt").write_text(SPEECH)
    done = onrecord("ingest", tmp_path / "long.txt", tmp_path / "speech.txt", "--json")
    assert done.status == 1
    assert counts(done.document) == {"added": 1, "failed": 1}
    assert "200 MB" in done.document["failed"][0]["error"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_without_permission_fails_and_the_rest_is_stored(onrecord: Any) -> None:
    files = onrecord.write("files")
    shut = files / "shut"
    shut.mkdir(mode=0)
    done = onrecord("ingest", files, "--json")
    shut.chmod(0o700)
    assert done.status == 1
    assert counts(done.document) == {"added": 3, "failed": 1}
    assert done.document["failed"][0] == {"path": str(shut), "error": "permission denied"}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_data_folder_without_permission_is_one_line_of_error(onrecord: Any) -> None:
    onrecord.folder.mkdir(mode=0o500)
    done = onrecord("ingest", onrecord.write("files"))
    assert (done.status, done.out) == (1, "")
    assert str(onrecord.folder) in done.err


def test_a_data_folder_that_is_a_file_is_one_line_of_error(onrecord: Any) -> None:
    onrecord.folder.write_text("not a folder")
    done = onrecord("ingest", onrecord.write("files"))
    assert done.status == 1
    assert str(onrecord.folder) in done.err
    assert onrecord("--data", onrecord.folder, "transcripts", "list").status == 2


def test_a_dry_run_shows_what_was_seen_and_stores_nothing(onrecord: Any) -> None:
    files = onrecord.write("files")
    done = onrecord("ingest", files, "--dry-run")
    assert done.status == 0
    assert "would be added hearing  Hearing on the Kestrel Bridge\n" in done.out
    assert "    MR. OAKES (Ruben Oakes)  1 turn, 9 words\n" in done.out
    assert done.out.endswith("\nNothing is stored. 3 added.\n")
    assert counts(onrecord("ingest", files, "--dry-run", "--json").document) == {"added": 3}
    assert not onrecord.folder.exists()


def test_a_format_may_be_named_and_an_unknown_one_is_wrong_usage(onrecord: Any, tmp_path: Path) -> None:
    (tmp_path / "speech").write_text(SPEECH)
    done = onrecord("ingest", tmp_path / "speech", "--format", "hieroglyphs")
    assert (done.status, done.out) == (2, "")
    assert "webvtt" in done.err
    assert onrecord("ingest", tmp_path / "speech", "--format", "text").status == 0


def test_bad_front_matter_is_a_warning_and_the_rest_is_stored(onrecord: Any, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for at, field in enumerate(("date: !!timestamp foo", 'n: !!int ""', "n: !!bool x", r'title: "\ud800"')):
        (folder / f"m{at}.md").write_text(f"---\n{field}\n---\n{SPEECH.replace('12', str(at))}")
    (folder / "z.txt").write_text(SPEECH)
    done = onrecord("ingest", folder, "--json")
    assert (done.status, counts(done.document)) == (0, {"added": 5})
    assert onrecord("ingest", folder).out == "5 unchanged.\n"


def test_a_collection_that_is_no_text_is_wrong_usage(onrecord: Any) -> None:
    done = onrecord("ingest", onrecord.write("files"), "--collection", os.fsdecode(b"\xff\xfe"))
    assert (done.status, done.out) == (2, "")
    assert "UTF-8" in done.err


def test_nothing_to_ingest_is_wrong_usage(onrecord: Any) -> None:
    assert onrecord("ingest").status == 2


def test_stopped_in_the_middle_it_keeps_what_is_stored_and_the_same_command_goes_on(onrecord: Any) -> None:
    words = [f"word{number} of the long speech." for number in range(1200)]
    many = [
        {"id": f"speech-{at}", "turns": [{"label": "MS. ADLER", "text": " ".join([f"Speech {at}.", *words])}]}
        for at in range(40)
    ]
    files = onrecord.write("many", *many)
    env = onrecord.environment | {"ONRECORD_PASSAGE_WORDS": "20"}
    command = [*onrecord.command, "ingest", str(files)]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=env,
        # A shell's background job ignores Ctrl-C, and a child inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    store = open_store(onrecord.folder)
    while not store.view().summaries() and running.poll() is None:
        pass
    running.send_signal(signal.SIGINT)
    out, err = running.communicate()
    assert (running.returncode, out) == (130, "")
    assert "Traceback" not in err
    assert "what was stored so far is kept, and the same command goes on from there" in err
    kept = {one["id"] for one in onrecord("transcripts", "list", "--json").document["transcripts"]}
    assert 0 < len(kept) < len(many)
    again = onrecord("ingest", files, "--json", ONRECORD_PASSAGE_WORDS="20").document
    assert set(again["unchanged"]) == kept
    assert counts(again) == {"added": len(many) - len(kept), "unchanged": len(kept)}


def test_two_at_once_is_one_line_of_error(onrecord: Any) -> None:
    files = onrecord.write("files")
    onrecord("ingest", files)
    program = (
        "import sys; from pathlib import Path; from filelock import FileLock\n"
        "with FileLock(Path(sys.argv[1]) / 'writer.lock'):\n    print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [onrecord.command[0], "-c", program, str(onrecord.folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    done = onrecord("ingest", files)
    holder.communicate()
    assert (done.status, done.out) == (1, "")
    assert "another process is writing" in done.err
    assert onrecord("ingest", files).status == 0


def test_json_stays_json_whatever_is_said(onrecord: Any) -> None:
    files = onrecord.write("files", {"id": "a", "turns": [{"label": "A", "text": "“Ünïcode”\u2028 \U0001f600 \x00"}]})
    onrecord("ingest", files)
    exported = onrecord("transcripts", "export", "a")
    assert json.loads(exported.out)["turns"][0]["text"] == "“Ünïcode”\u2028 \U0001f600 \x00"
