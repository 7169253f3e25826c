"""`onrecord verify`: what is printed, what programs read, how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

COST = "How much does the bridge cost?"
FIELDS = {"number", "state", "quote", "now", "transcript_id", "start_char", "end_char", "detail"}


@pytest.fixture
def edited(onrecord: Any) -> Any:
    """A program over an archive of the test's own, with an answer from its hearing saved in a file."""
    assert onrecord("ingest", onrecord.write("files")).status == 0
    asked = onrecord("ask", COST, "--speaker", "Oakes", "--json")
    assert asked.status == 0
    (onrecord.folder.parent / "answer.json").write_text(asked.out)
    return onrecord


def answer(program: Any) -> Path:
    saved: Path = program.folder.parent / "answer.json"
    return saved


def again(program: Any, **fields: Any) -> None:
    """The hearing, ingested again with `fields` changed."""
    assert program("ingest", program.write("files", program.transcript("hearing") | fields)).status == 0


def turns(program: Any) -> list[dict[str, Any]]:
    return [dict(one) for one in program.transcript("hearing")["turns"]]


def test_what_is_as_it_was_holds(edited: Any) -> None:
    done = edited("verify", answer(edited))
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "holds",
        "    “The renewal of the bridge costs 42 million crowns.” [1]",
        "        MR. OAKES (Ruben Oakes), 2024-02-06",
        "        Hearing on the Kestrel Bridge",
        "        hearing, characters 84–134",
        "        after Q: “What does the bridge cost?”",
        "",
        "1 holds.",
    ]
    document = edited("verify", answer(edited), "--json").document
    assert [set(one) for one in document["citations"]] == [FIELDS]
    assert document["citations"][0]["state"] == "holds"


def test_words_that_stand_elsewhere_have_moved(edited: Any) -> None:
    again(edited, turns=[{"label": "Q", "text": "Good evening."}, *turns(edited)])
    done = edited("verify", answer(edited))
    assert done.status == 0
    assert done.out.startswith("moved\n")
    assert "    now hearing, characters 99–149\n" in done.out
    (citation,) = edited("verify", answer(edited), "--json").document["citations"]
    assert (citation["state"], citation["start_char"], citation["end_char"]) == ("moved", 99, 149)


def test_other_words_are_shown_beside_the_old(edited: Any) -> None:
    changed = turns(edited)
    changed[2]["text"] = "I was wrong. The renewal of the bridge costs 24 million crowns. Sorry."
    again(edited, turns=changed)
    done = edited("verify", answer(edited))
    assert done.status == 3
    assert done.out.startswith("changed\n    “The renewal of the bridge costs 42 million crowns.” [1]\n")
    assert "    now “The renewal of the bridge costs 24 million crowns.”\n" in done.out
    assert edited("verify", answer(edited), "--json").status == 3


def test_words_under_another_label_have_changed(edited: Any) -> None:
    changed = turns(edited)
    changed[2]["label"] = "MAYOR SMITH"
    again(edited, turns=changed)
    done = edited("verify", answer(edited))
    assert done.status == 3
    assert done.out.startswith("changed: said by MR. OAKES (Ruben Oakes) then, by MAYOR SMITH (Anna Smith) now\n")


def test_a_removed_transcript_is_told(edited: Any) -> None:
    assert edited("transcripts", "remove", "hearing").status == 0
    done = edited("verify", answer(edited))
    assert done.status == 3
    assert done.out.startswith("removed: the transcript is no longer in the archive\n")
    assert done.out.endswith("1 removed.\n")


def test_an_abstention_has_nothing_to_verify(edited: Any) -> None:
    asked = edited("ask", COST, "--speaker", "Nobody", "--json")
    answer(edited).write_text(asked.out)
    done = edited("verify", answer(edited))
    assert (done.status, done.err) == (0, "")
    assert "nothing to verify" in done.out
    assert edited("verify", answer(edited), "--json").document == {"citations": [], "problems": []}


def test_an_empty_archive_holds_nothing(edited: Any, tmp_path: Path) -> None:
    done = edited("--data", tmp_path / "elsewhere", "verify", answer(edited))
    assert (done.status, done.err) == (3, "")
    assert not (tmp_path / "elsewhere").exists()


def test_an_answer_comes_from_standard_input_too(edited: Any) -> None:
    command = [*edited.command, "verify", "-", "--json"]
    done = run(command, input=answer(edited).read_bytes(), capture_output=True, env=edited.environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["citations"][0]["state"] == "holds"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "it is no JSON"),
        (b"The bridge costs 42 million.", "it is no JSON"),
        (b"\xff\xfe\xff", "it is no text"),
        (b"\x80", "it is no text in utf-8"),
        (b"[]", "Expected `object`, got `array`"),
        (b'{"hits": []}', "missing required field"),
    ],
)
def test_a_file_that_is_no_answer_is_wrong_usage(stored: Any, tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "saved.json"
    file.write_bytes(content)
    done = stored("verify", file)
    assert (done.status, done.out) == (2, "")
    assert "saved.json" in done.err
    assert message in done.err


def test_a_wrong_field_is_named_with_its_place(edited: Any) -> None:
    saved = json.loads(answer(edited).read_text())
    saved["citations"][0]["start_char"] = "84"
    answer(edited).write_text(json.dumps(saved))
    done = edited("verify", answer(edited))
    assert (done.status, done.out) == (2, "")
    assert "$.citations[0].start_char" in done.err
    assert edited("verify", answer(edited).with_name("absent.json")).status == 2


def test_what_would_steer_a_terminal_is_shown_escaped(edited: Any) -> None:
    saved = json.loads(answer(edited).read_text())
    fields = ("quote", "label", "name", "date", "title", "transcript_id")
    saved["citations"][0] |= dict.fromkeys(fields, "\x1b[2J\x07 evil")
    answer(edited).write_text(json.dumps(saved))
    done = edited("verify", answer(edited))
    assert done.status == 3
    assert "\x1b" not in done.out
    assert "\x07" not in done.out


def test_no_model_is_loaded(edited: Any) -> None:
    program = (
        "import sys; from onrecord.__main__ import run as main; status = main(sys.argv[1:]);"
        "heavy = {'torch', 'onnxruntime', 'tokenizers', 'sentence_transformers', 'faiss', 'openai'} & set(sys.modules);"
        "sys.exit(f'imported {heavy}' if heavy else status)"
    )
    command = [edited.command[0], "-c", program, "verify", str(answer(edited))]
    done = run(command, capture_output=True, encoding="utf-8", env=edited.environment)
    assert (done.returncode, done.stderr) == (0, "")
