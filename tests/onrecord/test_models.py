"""`onrecord models`: what is listed, what each needs, what others bring, and the ledger; no secret is ever printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onrecord.models import as_given, configured, id_of, settings_of
from onrecord.settings import Settings, SettingsError
from qa.ledger import FILE
from qa.models import ModelSettings, providers

COST = "How much does the bridge cost?"
NO_KEYS = {"OPENAI_API_KEY": "", "OPENAI_BASE_URL": "", "ANTHROPIC_API_KEY": ""}


def set_up(folder: Path, settings: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "onrecord.toml").write_text(settings)


def test_where_nothing_is_set_there_is_extractive_and_what_the_providers_need(onrecord: Any) -> None:
    done = onrecord("models", "--json", **NO_KEYS)
    assert (done.status, done.err) == (0, "")
    extractive = {"id": "extractive", "default": True, "streams": False, "offline": True, "style": "quotes"}
    assert done.document["models"] == [{**extractive, "needs": []}]
    needs = {one["name"]: " ".join(one["needs"]) for one in done.document["providers"]}
    assert list(needs) == providers()
    assert needs["extractive"] == ""
    assert "OPENAI_API_KEY" in needs["openai"]
    assert "ANTHROPIC_API_KEY" in needs["anthropic"]
    assert not onrecord.folder.exists()


def test_what_is_set_is_listed_with_what_it_needs(onrecord: Any, tmp_path: Path) -> None:
    file = tmp_path / "some.gguf"
    set_up(
        onrecord.folder,
        f"""
        model = "openai:llama3.2"
        style = "prose"
        [models."openai:llama3.2"]
        base_url = "http://127.0.0.1:9/v1"
        style = "quotes"
        [models."anthropic:claude"]
        [models."llama_cpp:{file}"]
        [models."oracle:x"]
        """,
    )
    listed = {one.pop("id"): one for one in onrecord("models", "--json", **NO_KEYS).document["models"]}
    assert list(listed) == ["openai:llama3.2", "anthropic:claude", "llama_cpp:some.gguf", "oracle:x", "extractive"]
    assert listed["openai:llama3.2"] == {
        "default": True, "streams": True, "offline": True, "style": "quotes", "needs": []
    }  # fmt: skip
    assert listed["anthropic:claude"] == {
        "default": False, "streams": None, "offline": None, "style": None, "needs": ["set ANTHROPIC_API_KEY to a key"]
    }  # fmt: skip
    assert str(file) in " ".join(listed["llama_cpp:some.gguf"]["needs"])
    assert "extractive" in " ".join(listed["oracle:x"]["needs"])
    shown = onrecord("models", **NO_KEYS).out
    assert "    openai:llama3.2  default, quotes, streams, offline\n" in shown
    assert "    anthropic:claude\n        needs: set ANTHROPIC_API_KEY to a key\n" in shown


def test_what_another_package_brings_is_listed_and_answers(stored: Any, installed: dict[str, str]) -> None:
    environment = {**installed, "ONRECORD_MODEL": "scripted:one"}
    found = stored("models", "--json", **environment).document
    assert found["models"][0] == {
        "id": "scripted:one", "default": True, "streams": True, "offline": False, "style": "prose", "needs": []
    }  # fmt: skip
    needs = {one["name"]: one["needs"] for one in found["providers"]}
    assert needs["scripted"] == []
    assert "no_such_module" in needs["broken"][0]
    down = stored("models", "--json", SCRIPTED_DOWN="1", **environment).document
    assert down["models"][0]["needs"] == ["set SCRIPTED_SERVER"]
    assert stored("ask", COST, "--json", **environment).document["model"] == "scripted:one"
    assert "scripted" in stored("ask", COST, "--model", "oracle", **installed).err


def test_the_ledger_counts_what_was_asked(onrecord: Any, installed: dict[str, str]) -> None:
    assert onrecord("models", "--ledger", "--json").document["ledger"] == []
    assert "ledger" not in onrecord("models", "--json").document
    onrecord("ingest", onrecord.write("files"))
    assert not (onrecord.folder / FILE).exists()
    for model in ("one", "one", "declines", "breaks-off"):
        onrecord("ask", COST, "--model", f"scripted:{model}", **installed)
    onrecord("ask", COST, "--model", "scripted:one", "--style", "quotes", **installed)
    onrecord("ask", COST)
    lines = {(one["model"], one["style"]): one for one in onrecord("models", "--ledger", "--json").document["ledger"]}
    assert lines["scripted:one", "prose"] == {
        "model": "scripted:one", "style": "prose", "answered": 2, "abstained": 0, "failed": 0,
        "written": 4, "verified": 2, "repaired": 0, "dropped": {"number_not_in_source": 2},
    }  # fmt: skip
    assert lines["scripted:one", "quotes"]["verified"] == 1
    assert lines["scripted:declines", "prose"]["abstained"] == 1
    assert lines["scripted:breaks-off", "prose"]["failed"] == 1
    assert lines["extractive", "quotes"]["answered"] == 1
    shown = onrecord("models", "--ledger").out
    assert "    scripted:one, prose\n        2 answered, 0 abstained, 0 failed\n" in shown
    assert "        4 sentences written, 2 verified (0 of them repaired)\n" in shown
    assert "        2 dropped: number_not_in_source\n" in shown


def test_a_damaged_ledger_spoils_no_answer_and_is_named(onrecord: Any) -> None:
    onrecord("ingest", onrecord.write("files"))
    (onrecord.folder / FILE).write_bytes(b"no ledger " * 1000)
    done = onrecord("ask", COST, "--json")
    assert (done.status, done.document["status"]) == (0, "answered")
    assert done.err.count("\n") == 1
    assert FILE in done.err
    listed = onrecord("models", "--ledger")
    assert (listed.status, listed.out) == (1, "")
    assert FILE in listed.err


def test_no_secret_is_printed(onrecord: Any) -> None:
    secret = "sk-0123456789abcdef"
    set_up(
        onrecord.folder,
        f"""
        model = "openai:one"
        [models."openai:one"]
        api_key = "{secret}"
        base_url = "http://user:{secret}@127.0.0.1:9/v1"
        [models."anthropic:two"]
        api_key = "{secret}"
        """,
    )
    onrecord("ingest", onrecord.write("files"))
    commands = (["models"], ["models", "--json", "--ledger"], ["ask", COST], ["ask", COST, "--json"])
    for command in commands:
        done = onrecord(*command, ANTHROPIC_API_KEY=secret)
        assert secret not in done.out + done.err
    for wrong in (f'api_key_variable = "{secret}"', f'api_key = ["{secret}"]', f'base_url = "{secret}"'):
        set_up(onrecord.folder, f'[models."openai:one"]\n{wrong}\n')
        done = onrecord("ask", COST)
        assert done.status == 2
        assert secret not in done.err
        assert wrong.split()[0] in done.err
    set_up(onrecord.folder, f'[model."openai:one"]\napi_key = "{secret}"\n')
    done = onrecord("ask", COST)
    assert (done.status, secret in done.err, "PROVIDER:NAME" in done.err) == (2, False, True)


def test_a_model_is_known_by_its_file_alone() -> None:
    settings = Settings(models={"llama_cpp:/a/x.gguf": ModelSettings(reply=99)}, style="prose")
    assert id_of("llama_cpp:/a/x.gguf") == "llama_cpp:x.gguf"
    assert id_of("openai:meta/llama") == "openai:meta/llama"
    assert as_given(settings, "llama_cpp:x.gguf") == "llama_cpp:/a/x.gguf"
    assert as_given(settings, "llama_cpp:y.gguf") == "llama_cpp:y.gguf"
    assert configured(settings) == {"extractive": "extractive", "llama_cpp:x.gguf": "llama_cpp:/a/x.gguf"}
    assert settings_of(settings, "llama_cpp:x.gguf") == ModelSettings(reply=99, style="prose")
    with pytest.raises(SettingsError, match=r"/a/x\.gguf and llama_cpp:/b/x\.gguf"):
        configured(Settings(models={"llama_cpp:/a/x.gguf": ModelSettings(), "llama_cpp:/b/x.gguf": ModelSettings()}))
