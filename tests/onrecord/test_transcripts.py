"""`onrecord transcripts`: what the archive holds, shown, taken out, written and read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SUMMARY = "id title date collection source media language turns words speakers"
WHOLE = [*SUMMARY.split(), "text", "digest", "outside"]
TURN = "label speaker start_char end_char start end marks"


def test_list_gives_a_summary_of_each_by_date(stored: Any) -> None:
    found = stored("transcripts", "list", "--json").document
    assert set(found) == {"transcripts"}
    assert [one["id"] for one in found["transcripts"]] == ["hearing", "debate", "podcast"]
    assert set(found["transcripts"][0]) == set(SUMMARY.split())
    assert stored("transcripts", "list").out.splitlines() == [
        "hearing\t2024-02-06\t25\tHearing on the Kestrel Bridge",
        "debate\t2025-05-12\t10\tMayoral debate",
        "podcast\t\t8\t",
    ]


def test_an_archive_that_is_not_there_lists_nothing_and_is_not_made(onrecord: Any) -> None:
    done = onrecord("transcripts", "list")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert onrecord("transcripts", "list", "--json").document == {"transcripts": []}
    assert not onrecord.folder.exists()


def test_the_data_folder_may_be_named_before_and_after_the_command(stored: Any, tmp_path: Path) -> None:
    there = stored.folder
    for arguments in (["--data", there, "transcripts", "list"], ["transcripts", "list", "--data", there]):
        assert stored(*arguments, ONRECORD_DATA=str(tmp_path)).out.startswith("hearing\t")
    assert stored("--data", tmp_path, "transcripts", "list", "--data", there).out.startswith("hearing\t")
    assert stored("--data", tmp_path, "transcripts", "list").out == ""


def test_show_gives_the_text_and_the_turns_as_spans_of_it(stored: Any) -> None:
    found = stored("transcripts", "show", "hearing", "--json").document
    assert set(found) == set(WHOLE)
    assert {name for turn in found["turns"] for name in turn} == set(TURN.split())
    said = [found["text"][turn["start_char"] : turn["end_char"]] for turn in found["turns"]]
    assert said == [turn["text"] for turn in stored.transcript("hearing")["turns"]]
    assert [turn["speaker"] for turn in found["turns"]] == ["MAYOR SMITH", None, "MR. OAKES"]
    assert stored("transcripts", "show", "hearing").out.splitlines()[-2:] == [
        "MR. OAKES (Ruben Oakes)  84–134",
        "    The renewal of the bridge costs 42 million crowns.",
    ]
    assert "Q (not named)  56–82\n" in stored("transcripts", "show", "hearing").out
    assert "HOST  0–51  1:02:05\n" in stored("transcripts", "show", "podcast").out


@pytest.mark.parametrize("command", ["show", "export", "remove"])
def test_an_unknown_id_is_status_1_and_one_line(stored: Any, command: str) -> None:
    done = stored("transcripts", command, "nothing-like-it")
    assert (done.status, done.out) == (1, "")
    assert "nothing-like-it" in done.err
    assert done.err.count("\n") == 1


def test_export_then_ingest_is_unchanged(stored: Any, tmp_path: Path) -> None:
    assert stored("transcripts", "export", "--all", tmp_path / "out").status == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["debate.json", "hearing.json", "podcast.json"]
    assert stored("ingest", tmp_path / "out").out == "3 unchanged.\n"
    one = stored("transcripts", "export", "podcast")
    assert (tmp_path / "out" / "podcast.json").read_text() == one.out
    (turn,) = stored.transcript("podcast")["turns"]
    source = "https://radio.example/ferry"
    assert one.document == {"id": "podcast", "source": source, "turns": [turn | {"speaker": "HOST"}]}


def test_every_id_is_exported_to_a_file_that_ingest_reads(onrecord: Any, tmp_path: Path) -> None:
    ids = (".hid", "hid", "..hid", "x" * 200)
    files = onrecord.write("f", *({"id": id, "turns": [{"text": f"Speech {at}."}]} for at, id in enumerate(ids)))
    for file in files.iterdir():
        file.rename(files / f"a{file.name[-100:]}")
    assert onrecord("ingest", files).out.splitlines()[-1] == "4 added."
    assert onrecord("transcripts", "export", "--all", tmp_path / "out").status == 0
    assert onrecord("ingest", tmp_path / "out").out == "4 unchanged.\n"


def test_what_can_not_be_written_is_told_and_the_rest_is_exported(stored: Any, tmp_path: Path) -> None:
    (tmp_path / "hearing.json").mkdir()
    done = stored("transcripts", "export", "--all", tmp_path)
    assert done.status == 1
    assert f"{tmp_path / 'hearing.json'}: " in done.err
    assert done.err.endswith(f"wrote 2 transcripts to {tmp_path}\n")
    assert {file.name for file in tmp_path.iterdir() if file.is_file()} == {"debate.json", "podcast.json"}


def test_export_wants_one_thing_to_export(stored: Any, tmp_path: Path) -> None:
    assert stored("transcripts", "export").status == 2
    assert stored("transcripts", "export", "debate", "--all", tmp_path).status == 2


def test_what_is_removed_is_in_no_answer_and_comes_back_when_ingested(onrecord: Any) -> None:
    files = onrecord.write("files")
    onrecord("ingest", files)
    done = onrecord("transcripts", "remove", "debate", "unknown")
    assert (done.status, done.out) == (1, "")
    assert "removed debate\n" in done.err
    assert "unknown" in done.err
    hits = onrecord("search", "bridge crowns", "--json").document["hits"]
    assert "debate" not in {hit["transcript_id"] for hit in hits}
    assert [one["id"] for one in onrecord("ingest", files, "--json").document["added"]] == ["debate"]
