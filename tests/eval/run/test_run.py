"""Runs as whole processes: their figures, killed and gone on with, over HTTP, compared, and what is refused."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.eval.run.conftest import SAMPLES, Set
from tests.eval.run.holding import holding
from tests.qa.models.servers import Scripted
from tests.qa.models.test_openai import CHAT, streamed

TALK = "ANNA SMITH: Good morning.\n\nPETER HALL: Good evening.\n\nANNA SMITH: Good night.\n"


def summary(folder: Path) -> Any:
    return json.loads((folder / "summary.json").read_bytes())


def test_a_run_says_what_it_asked_and_sums_it_up(small: Set, whole: Path) -> None:
    settings = json.loads((whole / "settings.json").read_bytes())
    assert (settings["questions"], settings["transcripts"], settings["parts"]) == (4, 10, ["retrieval", "answers"])
    assert settings["asked"]["settings"]["model"] == "extractive"
    assert settings["versions"]["onrecord"]
    rows = [json.loads(line) for line in (whole / "questions.jsonl").read_bytes().splitlines()]
    assert [row["asked"]["id"] for row in rows] == ["cost", "closed", "moon", "and-when"]
    assert rows[0]["gold"][0]["text"].startswith("The cost that I ask you")
    figures = summary(whole)["groups"][0]["figures"]
    assert figures["exact_quotes"]["value"] == figures["right_speaker"]["value"] == 1
    assert figures["outside_filter"]["value"] == 0
    assert figures["hit@10"]["count"] == 3
    assert figures["declined"]["count"] == 1
    assert figures["contained"]["oracle"] == 1
    named = [group["name"] for group in summary(whole)["groups"]]
    assert named == ["all", "kind how_much", "kind what", "kind when", "kind how_long", "trap absent"]
    shown = small(small.run(whole))  # a run that is over is only summed up again
    assert "hit@10" in shown


def test_a_run_that_was_killed_goes_on_and_ends_with_the_same_summary(
    small: Set, whole: Path, server: str, tmp_path: Path
) -> None:
    into = tmp_path / "killed"
    questions = into / "questions.jsonl"
    with holding(server, ask=3) as held:
        command = small.run(into, "--url", held.address)
        running = subprocess.Popen(command, env=small.env, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        held.reached.wait()
        running.send_signal(signal.SIGKILL)
        running.wait()
        held.let_go.set()
        assert not (into / "summary.json").exists()
        assert questions.read_bytes().count(b"\n") == 2
        with questions.open("ab") as broken:
            broken.write(b'{"asked": {"id": "moo')  # what is cut off in the middle of a line
        small(command)
    assert (into / "summary.json").read_bytes() == (whole / "summary.json").read_bytes()
    assert questions.read_bytes().count(b"\n") == 4


def test_the_same_figures_come_over_http(small: Set, whole: Path, server: str, tmp_path: Path) -> None:
    into = tmp_path / "http"
    small(small.run(into, "--url", server))
    assert (into / "summary.json").read_bytes() == (whole / "summary.json").read_bytes()


def test_an_archive_that_is_there_is_asked_as_it_is(small: Set, whole: Path, tmp_path: Path) -> None:
    ingested = [sys.executable, "-m", "onrecord", "--data", str(tmp_path / "data"), "ingest", str(SAMPLES)]
    small(ingested)
    small(small.run(tmp_path / "run", "--data", tmp_path / "data"))
    assert summary(tmp_path / "run") == summary(whole)
    assert not (tmp_path / "data" / "ledger.sqlite").exists()
    told = small(small.run(tmp_path / "none", "--data", tmp_path / "nothing"), status=1)
    assert "lacks 10 of 10 transcripts" in told


def test_a_server_that_holds_something_else_is_refused(small: Set, server: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "transcripts").mkdir(parents=True)
    (other / "transcripts" / "a.txt").write_text(TALK)
    (other / "questions.jsonl").write_text('{"question": "Who says good morning?", "answers": ["Anna Smith"]}\n')
    told = small(small.command("run", other, "--into", tmp_path / "run", "--url", server), status=1)
    assert "lacks 1 of 1 transcripts" in told


def test_nobody_there_is_told_in_a_line(small: Set, tmp_path: Path) -> None:
    told = small(small.run(tmp_path / "run", "--url", "http://127.0.0.1:1"), status=1)
    assert "127.0.0.1:1" in told


def test_another_run_is_not_gone_on_with(small: Set, whole: Path) -> None:
    told = small(small.run(whole, "--only", "retrieval"), status=1)
    assert "other parts" in told
    told = small(small.run(whole), status=1, ONRECORD_LATE_WEIGHT="0")
    assert "other asked" in told


def test_wrong_usage_is_told(small: Set, tmp_path: Path) -> None:
    assert "PATH is missing" in small(small.command("run", "samples", "--into", tmp_path), status=2)
    both = small.run(tmp_path / "run", "--url", "http://127.0.0.1:1", "--data", tmp_path)
    assert "goes with neither" in small(both, status=2)


def test_one_part_alone_measures_that_part(small: Set, tmp_path: Path) -> None:
    small(small.run(tmp_path / "run", "--only", "retrieval"))
    figures = summary(tmp_path / "run")["groups"][0]["figures"]
    assert "MRR@10" in figures
    assert "as_spelled_out" in figures
    assert "right@2" not in figures


def test_plain_rankings_rank_otherwise(small: Set, whole: Path, tmp_path: Path) -> None:
    ours = summary(whole)["groups"][0]["figures"]["MRR@10"]
    found = []
    for name in ("words", "meaning", "ranks", "z-scores"):
        small(small.run(tmp_path / name, "--only", "retrieval", "--baseline", name))
        found.append(summary(tmp_path / name)["groups"][0]["figures"]["nDCG@10"]["value"])
    assert ours["count"] == 3
    assert len(set(found)) > 1


def test_without_the_library_that_measures_ranks_it_is_said_what_to_do(small: Set, tmp_path: Path) -> None:
    hidden = "import sys; sys.modules['ir_measures'] = None; from onrecord.__main__ import main; main()"
    command = small.run(tmp_path / "run")
    told = small([command[0], "-c", hidden, *command[3:]], status=1)
    assert "pip install ir-measures" in told


def test_under_a_filter_on_a_speaker_nobody_else_is_cited(small: Set, tmp_path: Path) -> None:
    into = tmp_path / "run"
    small(small.run(into, "--of-speakers", "--only", "answers"))
    rows = [json.loads(line) for line in (into / "questions.jsonl").read_bytes().splitlines()]
    assert all(len(row["asked"]["filters"]["speakers"]) == 1 for row in rows)
    assert summary(into)["groups"][0]["figures"]["outside_filter"]["value"] == 0


def test_an_answer_left_out_is_to_be_declined(small: Set, tmp_path: Path) -> None:
    into = tmp_path / "run"
    small(small.run(into, "--leave-one-out", "--only", "answers"))
    rows = [json.loads(line) for line in (into / "questions.jsonl").read_bytes().splitlines()]
    passed_over = json.loads((into / "passed_over.json").read_bytes())
    assert "moon" in passed_over
    asked = {row["asked"]["id"]: row["asked"] for row in rows}
    assert {*asked} | {*passed_over} >= {"cost", "closed", "and-when"}
    without = asked["cost left out"]
    assert without["answerable"] is False
    held = asked["cost"]["evidence"][0][0]["transcript"]
    assert held not in without["filters"]["transcripts"]
    figures = summary(into)["groups"][0]["figures"]
    assert figures["AUROC"]["count"] == len(rows)


def test_a_model_judges_what_is_answered(small: Set, tmp_path: Path) -> None:
    into = tmp_path / "run"
    with Scripted() as judging:
        thread = Thread(target=judging.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        judging.script[CHAT] = [streamed("WRONG"), streamed("RIGHT")]
        try:
            command = small.run(into, "--only", "answers", "--judge", "openai:m")
            small(command, OPENAI_BASE_URL=f"{judging.address}/v1", OPENAI_API_KEY="secret")
        finally:
            judging.shutdown()
            thread.join()
    figures = summary(into)["groups"][0]["figures"]
    asked = judging.asked("/v1/chat/completions")
    assert len(asked) > 1
    assert "secret" not in (into / "settings.json").read_text()
    judged = [json.loads(line)["measures"] for line in (into / "questions.jsonl").read_bytes().splitlines()]
    verdicts = [one["judged_right"] for one in judged if "judged_right" in one]
    assert verdicts[0] == 0
    assert figures["judged_right"]["value"] == pytest.approx(sum(verdicts) / len(verdicts), abs=1e-6)
    assert figures["right@2"]["count"] == figures["judged_right"]["count"] == 3
    told = small(small.run(tmp_path / "other", "--judge", "extractive"), status=2)
    assert "name a language model" in told


def test_a_comparison_tells_what_differs_and_which_questions(small: Set, whole: Path, tmp_path: Path) -> None:
    words = tmp_path / "words"
    small(small.run(words), ONRECORD_LEXICAL_WEIGHT="0", ONRECORD_LATE_WEIGHT="0")
    found = json.loads(small(small.command("compare", whole, words, "--json")))
    assert found["questions"] == 4
    by_name = {one["name"]: one for one in found["measures"]}
    assert by_name["MRR@10"]["after"] - by_name["MRR@10"]["before"] == by_name["MRR@10"]["difference"]
    assert by_name["exact_quotes"]["p"] == 1
    assert [one for one in found["changes"] if "MRR@10" in one["measures"]]
    assert "questions that both runs asked" in small(small.command("compare", whole, words))
    same = json.loads(small(small.command("compare", whole, whole, "--json")))
    assert same["changes"] == []
    assert all(one["difference"] == 0 for one in same["measures"])


def test_what_is_no_run_is_told(small: Set, whole: Path, tmp_path: Path) -> None:
    assert "holds no run that is over" in small(small.command("compare", whole, tmp_path), status=1)
    assert "holds no run that is over" in small(small.command("report", tmp_path), status=1)
