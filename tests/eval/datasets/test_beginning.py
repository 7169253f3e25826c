"""A set begun is a set that can be run; and one is written passage by passage, in the terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec import Struct

from eval.datasets import load
from eval.datasets.drawing import draws, evidence
from eval.datasets.sheet import Sheet
from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.store import View, open_store
from onrecord.__main__ import cli

HEARING = {
    "id": "hearing",
    "title": "Hearing",
    "turns": [
        {"label": "CHAIR", "text": "What does it cost? Tell us."},
        {"label": "MR. OAKES", "text": "It costs 42 million. (Laughter.) It does. It does."},
    ],
}
SPEECH = " ".join(f"Sentence number {at} is about the bridge." for at in range(200))
LONG = {"id": "speech", "turns": [{"label": "MAYOR", "text": SPEECH}]}


class Terminal(Struct, frozen=True):
    """`onrecord` over the archive in `folder`, with somebody who types."""

    folder: Path

    def __call__(self, *arguments: str | Path, typed: str = "") -> Result:
        env = {"ONRECORD_DATA": str(self.folder), "ONRECORD_EMBEDDING": "tiny"}
        return CliRunner(env=env).invoke(cli, ["eval", *map(str, arguments)], input=typed)


def archive(folder: Path, *transcripts: dict[str, Any]) -> View:
    files = folder / "files"
    files.mkdir()
    for one in transcripts:
        (files / f"{one['id']}.json").write_text(json.dumps(one))
    store = open_store(folder / "archive")
    ingest([files], store, TinyEmbedder())
    return store.view()


@pytest.fixture
def onrecord(tmp_path: Path) -> Terminal:
    archive(tmp_path, HEARING)
    return Terminal(tmp_path / "archive")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_new_set_can_be_run_as_it_is_and_is_never_written_over(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "onrecord", "eval", "new", str(tmp_path / "mine")]
    begun = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert [Path(line).name for line in begun.stdout.splitlines()] == [
        "README.md",
        "questions.jsonl",
        "example-hearing.txt",
    ]
    dataset = load("own", tmp_path / "mine")
    assert [one.id for one in dataset.asked] == ["cost", "shares", "detour", "engineer", "winter"]
    assert [one.answerable for one in dataset.asked] == [True, True, True, False, False]
    assert all(one.evidence or one.answerable is False for one in dataset.asked)
    again = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.endswith("mine: there is something there already; name a new folder\n")


def test_every_passage_is_drawn_once_in_an_order_that_the_seed_fixes(tmp_path: Path) -> None:
    view = archive(tmp_path, HEARING, LONG)
    first = [one.place for one in draws(view, seed=1)]
    assert first == [one.place for one in draws(view, seed=1)]
    assert first != [one.place for one in draws(view, seed=2)]
    assert len(first) == len(set(first)) > 5
    covered = sorted((start, end) for id, start, end in first if id == "speech")
    assert (covered[0][0], covered[-1][1]) == (0, len(SPEECH))
    assert [one.place for one in draws(view, seed=1, before=frozenset(first[:3]))] == first[3:]


def test_evidence_is_a_quote_where_it_stands_once_and_characters_elsewhere(tmp_path: Path) -> None:
    (one,) = draws(archive(tmp_path, HEARING), seed=0)
    assert [said.text for said in one.said] == [
        "What does it cost?",
        "Tell us.",
        "It costs 42 million.",
        "It does.",
        "It does.",
    ]
    quoted = evidence(one, 2, 2)
    assert (quoted.quote, quoted.label, quoted.start) == ("It costs 42 million.", "MR. OAKES", None)
    for first, last in ((3, 3), (1, 2)):
        placed = evidence(one, first, last)
        assert placed.quote is None
        assert (placed.start, placed.end) == (one.said[first].start, one.said[last].end)


def test_questions_to_passages_are_written_and_a_second_sitting_goes_on(onrecord: Terminal, tmp_path: Path) -> None:
    begun = tmp_path / "set"
    (begun / "transcripts").mkdir(parents=True)
    (begun / "transcripts" / "hearing.json").write_text(json.dumps(HEARING))
    into = begun / "questions.jsonl"
    into.write_text('{"question": "Who chairs it?"}')
    done = onrecord("sample", "--into", into, typed="What is the price?\n9\n3\n42 million\n")
    assert done.exit_code == 0
    assert "[3] MR. OAKES: It costs 42 million." in done.output
    assert "'9' is none of the sentences 1 to 5" in done.output
    assert "1 question written" in done.output
    assert lines(into) == [
        {"question": "Who chairs it?"},
        {
            "question": "What is the price?",
            "answers": ["42 million"],
            "evidence": [{"transcript": "hearing", "quote": "It costs 42 million.", "label": "MR. OAKES"}],
        },
    ]
    assert len(load("own", begun).asked) == 2
    again = onrecord("sample", "--into", into)
    assert (again.exit_code, len(lines(into))) == (0, 2)
    assert "0 questions written" in again.output


def test_a_passage_that_is_skipped_is_not_shown_again_and_one_that_is_stopped_at_is(
    onrecord: Terminal, tmp_path: Path
) -> None:
    into = tmp_path / "questions.jsonl"
    for typed in ("q\n", "", "\n"):
        assert "[1] CHAIR: What does it cost?" in onrecord("sample", "--into", into, typed=typed).output
    assert "CHAIR" not in onrecord("sample", "--into", into).output
    assert not into.exists()


def test_what_nobody_has_judged_is_judged_by_what_search_finds(onrecord: Terminal, tmp_path: Path) -> None:
    into = tmp_path / "questions.jsonl"
    into.write_text(
        '{"question":  "What does it cost?", "note": "to do"}\n'
        '{"question":  "Who chairs?", "answerable": false}\n'
        '{"question": "Who sings?"}\n'
        '{"question": "Who dances?"}\n'
    )
    done = onrecord("sample", "--into", into, "--judge", typed="3\n\ny\n\nn\n")
    assert done.exit_code == 0
    assert "2 questions judged" in done.output
    assert into.read_text().splitlines()[1] == '{"question":  "Who chairs?", "answerable": false}'
    assert lines(into) == [
        {
            "question": "What does it cost?",
            "note": "to do",
            "evidence": [{"transcript": "hearing", "quote": "It costs 42 million.", "label": "MR. OAKES"}],
        },
        {"question": "Who chairs?", "answerable": False},
        {"question": "Who sings?", "answerable": False},
        {"question": "Who dances?"},
    ]
    assert [one.question for _, one in Sheet(into).unjudged] == ["Who dances?"]
