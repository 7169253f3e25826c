"""`POST /api/search` and `/api/check` give what the command line gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TEXT = (
    "Captain Brannick said “We carried 214,000 passengers in ninety-six days.” "
    "He also said “We carried 215,000 passengers in ninety-six days.” Nobody has ever seen a unicorn in Harrowmere."
)


def printed(archive: Path, *arguments: str) -> Any:
    """The document that a command prints with --json."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    ended = subprocess.run(
        [sys.executable, "-m", "onrecord", "--data", str(archive), *arguments, "--json"],
        capture_output=True,
        env=environment | {"ONRECORD_EMBEDDING": "tiny"},
    )
    return json.loads(ended.stdout)


def timeless(document: Any) -> Any:
    return {**document, "timings": sorted(document["timings"])}


def test_search_gives_what_the_command_gives(server: Any, archive: Path) -> None:
    filters = {"speakers": ["Brannick"], "since": "2024-01-01"}
    sent = {"query": "passengers in the summer", "filters": filters, "k": 3}
    found = server.client.post("api/search", json=sent).json()
    options = ["--speaker", "Brannick", "--since", "2024-01-01", "-k", "3"]
    assert timeless(found) == timeless(printed(archive, "search", "passengers in the summer", *options))
    assert len(found["hits"]) == 3
    assert set(found["timings"]) == {"embed", "search"}
    for hit in found["hits"]:
        whole = server.client.get(f"api/transcripts/{hit['transcript_id']}").json()
        assert whole["text"][hit["start_char"] : hit["end_char"]] == hit["text"]


def test_a_date_filter_counts_the_undated(server: Any) -> None:
    sent = {"query": "ferry", "filters": {"since": "1900-01-01"}}
    everything = server.client.get("api/transcripts").json()["transcripts"]
    undated = sum(one["date"] is None for one in everything)
    searched = server.client.post("api/search", json=sent).json()["searched"]
    assert (searched["undated"], searched["transcripts"]) == (undated, len(everything) - undated)


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("search", {}, "query"),
        ("search", {"query": " \t"}, "query"),
        ("search", {"query": "a" * 2_001}, "query"),
        ("search", {"query": "a", "k": 101}, "k"),
        ("search", {"query": "a", "filters": {"until": "2024-02-30"}}, "filters.until"),
        ("search", {"query": "a", "filters": {"since": "2024-02-02", "until": "2024-02-01"}}, "filters.since"),
        ("search", {"query": "a", "limit": 3}, "limit"),
        ("check", {}, "text"),
        ("check", {"text": ""}, "text"),
        ("check", {"text": "\n"}, "text"),
        ("check", {"text": "a" * 20_001}, "text"),
        ("check", {"text": ["a"]}, "text"),
        ("check", {"text": "a", "filters": {"since": ""}}, "filters.since"),
        ("check", {"text": "a", "filters": {"since": "2024-02-02", "until": "2024-02-01"}}, "filters.since"),
        ("check", {"text": "a", "filters": []}, "filters"),
    ],
)
def test_what_is_out_of_bounds_is_refused_by_its_name(server: Any, path: str, sent: Any, field: str) -> None:
    response = server.client.post(f"api/{path}", json=sent)
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]


def test_check_gives_what_the_command_gives(server: Any, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(TEXT, encoding="utf-8")
    checked = server.client.post("api/check", json={"text": TEXT}).json()
    assert checked == printed(archive, "check", str(tmp_path / "text.txt"))
    verdicts = [one["verdict"] for one in checked["sentences"] if one["kind"] == "quotation"]
    assert verdicts == ["held", "altered"]
    for one in checked["sentences"]:
        assert TEXT[one["start_char"] : one["end_char"]] == one["text"]


def test_a_text_of_the_greatest_length_is_taken(server: Any) -> None:
    assert server.client.post("api/check", json={"text": "ä" * 20_000}).status_code == 200


def test_models_are_listed_with_exactly_the_promised_fields(server: Any) -> None:
    assert server.client.get("api/models").json() == {
        "models": [
            {"id": "extractive", "default": True, "streams": False, "offline": True, "style": "quotes", "needs": []}
        ]
    }


def test_a_model_that_needs_something_says_so_without_naming_a_path(serve: Any, archive: Path, tmp_path: Path) -> None:
    server = serve(archive, "--model", f"llama_cpp:{tmp_path}/no-such.gguf", "--model", "openai:x", OPENAI_API_KEY="")
    response = server.client.get("api/models")
    models = response.json()["models"]
    assert [one["id"] for one in models] == ["llama_cpp:no-such.gguf", "openai:x", "extractive"]
    assert [one["default"] for one in models] == [True, False, False]
    assert models[0]["needs"]
    assert str(tmp_path) not in response.text
    asked = server.client.post("api/questions", json={"question": "Why?", "model": "llama_cpp:no-such.gguf"})
    assert asked.status_code == 502
    assert str(tmp_path) not in asked.text
    assert str(tmp_path) not in "".join(server.log[1:])
