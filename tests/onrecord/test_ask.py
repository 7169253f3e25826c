"""`onrecord ask` and `onrecord search`: what is printed, what programs read, how it ends."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run
from typing import Any, get_args

import pytest

from qa.answer import AbstentionReason, Answer, Citation

ROOT = Path(__file__).resolve().parent.parent.parent

ANSWER = """id asked_at question understood_as filters recognised status text sentences citations dropped abstention
    searched model style timings usage version generation"""
CITATION = """number transcript_id title date collection label speaker name quote before after start_char end_char
    start end passage_id url media_url source transcript_digest"""
HIT = "passage_id transcript_id title date start_char end_char text score ranks turns start end"
COST = "How much does the bridge cost?"


def test_an_answer_shows_quote_speaker_date_place_and_what_was_searched(stored: Any) -> None:
    done = stored("ask", COST, "--speaker", "Oakes")
    assert done.status == 0
    assert done.out.splitlines()[:4] == [
        "“The renewal of the bridge costs 42 million crowns.” [1]",
        "    MR. OAKES (Ruben Oakes), 2024-02-06",
        "    Hearing on the Kestrel Bridge",
        "    hearing, characters 84–134",
    ]
    assert "Searched 1 passage of 1 transcript, 2024-02-06. Answered by extractive in " in done.out
    assert done.err == ""


def test_the_question_that_a_quote_answers_is_shown(stored: Any) -> None:
    assert "    after Q: “What does the bridge cost?”\n" in stored("ask", COST, "--speaker", "Oakes").out


def test_what_a_reader_should_know_of_the_search_is_said(stored: Any) -> None:
    shown = stored("ask", COST, "--speaker", "Oakes", "--speaker", "Okes").out
    assert shown.startswith("Nobody called “Okes” speaks in the archive. The nearest names it has: MR. OAKES (Ruben ")
    assert "“The renewal of the bridge costs 42 million crowns.” [1]" in shown


def test_a_time_code_is_shown_where_there_is_one(stored: Any) -> None:
    assert "podcast, characters 0–51, at 1:02:05–1:02:11" in stored("ask", "How many passengers?").out


def test_it_says_where_the_record_itself_comes_from(stored: Any) -> None:
    assert "    from https://radio.example/ferry\n" in stored("ask", "How many passengers?").out


def test_json_is_the_whole_answer_and_its_quote_is_the_record(stored: Any) -> None:
    done = stored("ask", COST, "--json", "--since", "2024-01-01", "--until", "2024-12-31")
    answer = done.document
    assert (done.status, done.err) == (0, "")
    assert set(answer) >= set(ANSWER.split())
    assert set(answer) == set(Answer.__struct_fields__)
    asked = {"since": "2024-01-01", "until": "2024-12-31"}
    assert answer["filters"] == {"transcripts": [], "speakers": [], "collections": [], **asked}
    for citation in answer["citations"]:
        assert set(citation) >= set(CITATION.split())
        text = stored("transcripts", "show", citation["transcript_id"], "--json").document["text"]
        assert citation["quote"] == text[citation["start_char"] : citation["end_char"]]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--speaker", "Nobody"], "speaker_unknown"),
        (["--since", "2030-01-01"], "outside_dates"),
        (["--transcript", "none"], "nothing_relevant"),
    ],
)
def test_no_answer_is_status_3_with_its_reason(stored: Any, options: list[str], reason: str) -> None:
    done = stored("ask", COST, "--json", *options)
    assert done.status == 3
    assert done.document["status"] == "abstained"
    assert done.document["abstention"]["reason"] == reason
    assert reason in get_args(AbstentionReason)
    shown = stored("ask", COST, *options)
    assert shown.status == 3
    assert shown.out.startswith("No answer in the record. ")
    assert "Searched 0 passages of 0 transcripts" in shown.out


def test_an_empty_archive_abstains_and_is_not_made(onrecord: Any) -> None:
    done = onrecord("ask", COST, "--json")
    assert (done.status, done.document["abstention"]["reason"]) == (3, "empty_index")
    assert onrecord("search", "bridge", "--json").document["hits"] == []
    assert not onrecord.folder.exists()


def test_bytes_that_are_no_text_are_wrong_usage(stored: Any) -> None:
    for arguments in (["ask", "what \udcff"], ["search", "\udcff"], ["ask", "what?", "--speaker", "\udcff"]):
        done = stored(*arguments, "--json")
        assert (done.status, done.out) == (2, "")
        assert "UTF-8" in done.err


@pytest.mark.parametrize("question", ["", "   \t", "why " * 25_000], ids=["empty", "blank", "100,000 characters"])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_out_of_bounds_is_wrong_usage(stored: Any, command: str, question: str) -> None:
    done = stored(command, question, "--json")
    assert (done.status, done.out) == (2, "")
    assert "empty" in done.err or "2,000 or fewer" in done.err


@pytest.mark.parametrize(
    "options",
    [
        ["--since", "2024-2-6"],
        ["--since", "yesterday"],
        ["--until", "2024-02-30"],
        ["--since", "20240206"],
        ["--since", "2024-02-07", "--until", "2024-02-06"],
        ["--speaker", " "],
    ],
)
@pytest.mark.parametrize("command", ["ask", "search"])
def test_filters_that_make_no_sense_are_wrong_usage(stored: Any, command: str, options: list[str]) -> None:
    done = stored(command, COST, *options)
    assert (done.status, done.out) == (2, "")
    assert options[-2] in done.err


def test_an_unknown_model_is_wrong_usage_and_the_known_are_named(stored: Any) -> None:
    done = stored("ask", COST, "--model", "oracle")
    assert (done.status, done.out) == (2, "")
    assert "extractive" in done.err


def test_a_surname_that_several_bear_is_told(stored: Any) -> None:
    out = stored("search", "bridge", "--speaker", "Smith").out
    assert "“Smith” may be any of 2 voices" in out
    assert "MAYOR SMITH (Anna Smith)" in out
    assert "MR. SMITH (Peter Smith)" in out
    assert "“Ruben Oakes” is MR. OAKES (Ruben Oakes)." in stored("ask", COST, "--speaker", "Ruben Oakes").out


def test_a_speaker_asked_about_is_a_filter_unless_asked_otherwise(stored: Any) -> None:
    question = "How much does the bridge cost, according to Peter Smith?"
    recognised = stored("ask", question, "--json").document
    assert recognised["recognised"]["speakers"] == ["Peter Smith"]
    assert {citation["label"] for citation in recognised["citations"]} == {"MR. SMITH"}
    assert stored("ask", question, "--as-asked", "--json").document["recognised"]["speakers"] == []


def test_prose_shows_sentences_their_quotes_and_why_some_are_missing(stored: Any, installed: dict[str, str]) -> None:
    done = stored("ask", COST, "--model", "scripted:one", **installed)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:8] == [
        "The renewal costs 42 million crowns. [1]",
        "",
        "“The renewal of the bridge costs 42 million crowns.” [1]",
        "    MR. OAKES (Ruben Oakes), 2024-02-06",
        "    Hearing on the Kestrel Bridge",
        "    hearing, characters 84–134",
        "    after Q: “What does the bridge cost?”",
        "",
    ]
    assert lines[8] == "1 sentence the model wrote is not shown: the record does not bear it out."
    assert lines[9].startswith("    number_not_in_source: ")
    assert "61" in lines[9]
    assert "61 million" not in "".join(lines[:8])


def test_the_style_can_be_asked_for(stored: Any, installed: dict[str, str]) -> None:
    prose = stored("ask", COST, "--model", "scripted:one", "--json", **installed).document
    assert (prose["style"], prose["sentences"][0]["kind"]) == ("prose", "statement")
    assert [one["reason"] for one in prose["dropped"]] == ["number_not_in_source"]
    quotes = stored("ask", COST, "--model", "scripted:one", "--json", "--style", "quotes", **installed).document
    assert (quotes["style"], quotes["sentences"][0]["kind"]) == ("quotes", "quote")
    assert stored("ask", COST, "--json", **installed, ONRECORD_MODEL="scripted:one", ONRECORD_STYLE="quotes").document[
        "style"
    ] == "quotes"
    assert stored("ask", COST, "--style", "poem").status == 2


def test_a_model_that_breaks_off_is_status_1_and_says_what_to_do(stored: Any, installed: dict[str, str]) -> None:
    done = stored("ask", COST, "--model", "scripted:breaks-off", "--json", **installed)
    assert (done.status, done.out) == (1, "")
    assert done.err == "onrecord: scripted:breaks-off: its server went away; start it again\n"
    declined = stored("ask", COST, "--model", "scripted:declines", "--json", **installed)
    assert (declined.status, declined.document["abstention"]["reason"]) == (3, "model_declined")


def test_a_follow_up_is_understood_with_the_answer_before_it(stored: Any, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(stored("ask", "What did Oakes say about the bridge?", "--json").out)
    after = stored("ask", "And what does it cost?", "--after", before, "--json")
    understood = after.document["understood_as"]
    assert understood != "And what does it cost?"
    assert "bridge" in understood or "Oakes" in understood
    shown = stored("ask", "And what does it cost?", "--after", before)
    assert shown.out.startswith(f"Understood as: {understood}\n")
    assert "Understood as" not in stored("ask", "  What does the\tbridge cost? ").out
    before.write_text(before.read_text(), encoding="utf-16")  # as PowerShell redirects
    assert stored("ask", "And what does it cost?", "--after", before).out.startswith(f"Understood as: {understood}\n")


def test_that_nobody_of_that_name_speaks_is_said_once_and_who_may_be_meant(stored: Any) -> None:
    done = stored("ask", COST, "--speaker", "John Oakes")
    assert done.status == 3
    assert done.out.count("John Oakes") == 1
    assert "MR. OAKES (Ruben Oakes)" in done.out


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"understood_as": 3, "text": ""}'])
def test_a_follow_up_on_no_answer_is_wrong_usage(stored: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "before.json").write_bytes(content)
    done = stored("ask", COST, "--after", tmp_path / "before.json")
    assert (done.status, done.out) == (2, "")
    assert "--after" in done.err
    assert stored("ask", COST, "--after", tmp_path / "none.json").status == 2


def test_days_and_transcripts_taken_from_the_question_are_shown(stored: Any) -> None:
    question = "What was said about the bridge in February 2024?"
    recognised = stored("ask", question, "--json").document["recognised"]
    assert (recognised["since"], recognised["until"]) == ("2024-02-01", "2024-02-29")
    assert "Taken from the question: from 2024-02-01 on, until 2024-02-29." in stored("ask", question).out
    assert "Taken from the question" not in stored("ask", question, "--as-asked").out


def test_search_gives_hits_their_scope_and_timings(stored: Any) -> None:
    found = stored("search", "bridge", "-k", "1", "--collection", "council", "--json").document
    assert set(found) == {"hits", "searched", "timings"}
    assert set(found["searched"]) == {"transcripts", "passages", "since", "until", "undated"}
    (hit,) = found["hits"]
    assert set(hit) == set(HIT.split())
    assert [turn["label"] for turn in hit["turns"]] == ["MAYOR SMITH", "Q", "MR. OAKES"]
    shown = stored("search", "bridge", "-k", "1", "--collection", "council").out
    assert shown.startswith("1. Hearing on the Kestrel Bridge, 2024-02-06\n")
    assert "    MR. OAKES: The renewal of the bridge costs 42 million crowns." in shown
    assert stored("search", "bridge", "-k", "101").status == 2


def test_words_that_would_steer_a_terminal_are_shown_escaped(onrecord: Any) -> None:
    evil = "The bridge costs \x1b]0;gone\x07\x1b[2J 61 \u202emillion [bold]crowns[/bold]."
    files = onrecord.write("files", {"id": "evil", "turns": [{"label": "MR.\x1b[31m X", "text": evil}]})
    commands = (["ingest", files], ["transcripts", "show", "evil"], ["ask", COST])
    outputs = [onrecord(*command).out for command in commands]
    assert not [out for out in outputs if "\x1b" in out or "\u202e" in out or "\x07" in out]
    assert r"\x1b]0;gone\x07\x1b[2J 61 \u202emillion [bold]crowns[/bold]." in outputs[1]
    assert onrecord("transcripts", "show", "evil", "--json").document["text"] == evil


def test_a_terminal_without_the_characters_shows_their_escapes(stored: Any) -> None:
    done = stored("ask", COST, PYTHONIOENCODING="ascii")
    assert done.status == 0
    assert r"\u201cThe" in done.out
    assert done.out.isascii()


def test_asking_with_the_bundled_model_imports_no_torch(onrecord: Any) -> None:
    sample = ROOT / "samples" / "2025-05-12-mayoral-debate.txt"
    assert onrecord("ingest", sample, ONRECORD_EMBEDDING="all-MiniLM-L6-v2").status == 0
    program = (
        "import sys; from onrecord.__main__ import run; status = run(sys.argv[1:]);"
        "heavy = {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules);"
        "sys.exit(f'imported {heavy}' if heavy else status)"
    )
    question = "What did Varley say about the bridge?"
    env = onrecord.environment | {"ONRECORD_EMBEDDING": "all-MiniLM-L6-v2"}
    done = run([sys.executable, "-c", program, "ask", question], capture_output=True, encoding="utf-8", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert "VARLEY" in done.stdout


def test_every_field_of_a_citation_is_promised() -> None:
    assert set(Citation.__struct_fields__) >= set(CITATION.split())
