"""Settings: the later place wins, and what is wrong is named with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from index.embedding.source import BUNDLED
from index.passages import PassageSettings
from index.search import SearchSettings
from onrecord.settings import FILE, Settings, SettingsError, load
from qa.models import ModelSettings
from web.settings import ServeSettings


def test_the_defaults_are_those_of_the_parts_they_set() -> None:
    ours = structs.asdict(Settings())
    assert {name: ours[name] for name in SearchSettings.__struct_fields__} == structs.asdict(SearchSettings())
    assert ours["passage_words"] == PassageSettings().words
    assert ours["embedding"] == BUNDLED


def test_the_environment_wins_over_the_file_and_an_option_over_both(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('threads = 3\npassage_words = 80\nmodel = "of the file"\n')
    found = load(
        tmp_path,
        {"ONRECORD_PASSAGE_WORDS": "90", "ONRECORD_MODEL": "of the environment"},
        {"model": "of the option", "embedding": None},
    )
    assert found == Settings(threads=3, passage_words=90, model="of the option")


def test_each_model_has_a_table_of_its_own(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        """
        style = "prose"
        [models."openai:llama3.2"]
        base_url = "http://127.0.0.1:11434/v1"
        api_key_variable = "LLAMA_KEY"
        context = 4096
        patience = 60
        [models."llama_cpp:/models/x.gguf"]
        style = "quotes"
        """
    )
    found = load(tmp_path, {"ONRECORD_ENTAILMENT": "a folder"}, {})
    assert (found.style, found.entailment) == ("prose", "a folder")
    assert found.models == {
        "openai:llama3.2": ModelSettings(
            base_url="http://127.0.0.1:11434/v1", api_key_variable="LLAMA_KEY", context=4096, patience=60.0
        ),
        "llama_cpp:/models/x.gguf": ModelSettings(style="quotes"),
    }


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("passage_word = 100", ["passage_word", "passage_words", FILE]),
        ("passage_words = 5", ["passage_words", "5", "from 20 to 1000", FILE]),
        ("passage_words = true", ["passage_words", "True", "from 20 to 1000"]),
        ("late_weight = 1.5", ["late_weight", "1.5", "from 0 to 1"]),
        ("embedding = ''", ["embedding", "a model's name or folder"]),
        ("[search]\ncandidates = 3", ["search", "candidates"]),
        ('style = "poem"', ["style", "poem", "quotes or prose", FILE]),
        ("models = 3", ["models", "[models.", FILE]),
        ("[models]\nopenai = 3", ["models", "[models.", FILE]),
        ('[models."openai:x"]\nfrob = 1', [FILE, '[models."openai:x"]', "frob", "patience"]),
        ('[models."openai:x"]\nreply = 3', [FILE, '[models."openai:x"]', "reply", "3", "from 16"]),
        ('[models."openai:x"]\nreply = true', ["reply", "True", "a whole number"]),
        ('[models."openai:x"]\ncontext = 1', ["context", "1", "from 512"]),
        ('[models."openai:x"]\npatience = nan', ["patience", "nan", "above 0, up to 3600"]),
        ('[models."openai:x"]\nlongest = 0', ["longest", "0", "above 0, up to 86400"]),
        ('[models."openai:x"]\nstyle = "poem"', ["style", "poem", "quotes or prose"]),
        ('[models."openai:x"]\nbase_url = "ftp:x"', ["base_url", "http://"]),
        ("[models.openai.x]\nreply = 3", ["models", "in quotation marks", '[models."openai:llama3.2"]']),
        ("[serve]\nports = 1", [FILE, "[serve]", "ports", "port"]),
        ("[serve]\nport = 70000", [FILE, "[serve]", "port", "70000", "65535"]),
        ("[serve]\nrate = -1", ["rate", "-1", "from 0 (no bound)"]),
        ("serve = 8000", [FILE, "[serve]", "table"]),
        ("threads = ", [FILE, "TOML"]),
        ("threads = '\udcff'", [FILE, "TOML"]),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, written: str, named: list[str]) -> None:
    (tmp_path / FILE).write_bytes(written.encode(errors="surrogateescape"))
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, {}, {})
    assert all(word in str(raised.value) for word in named)


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("ONRECORD_THREADS", "many", "from 0"),
        ("ONRECORD_THREAD", "2", "is ONRECORD_THREADS meant?"),
        ("ONRECORD_CANDIDATES", "5", "from 10 to 2000"),
        ("ONRECORD_STYLE", "poem", "quotes or prose"),
        ("ONRECORD_MODELS", "x", "is ONRECORD_MODEL meant?"),
        ("ONRECORD_SERVER_PORT", "80", "is ONRECORD_SERVE_PORT meant?"),
        ("ONRECORD_SERVE_PORT", "http", "65535"),
    ],
)
def test_what_is_wrong_in_the_environment_is_named(tmp_path: Path, variable: str, value: str, named: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, {variable: value}, {})
    assert variable in str(raised.value)
    assert named in str(raised.value)


def test_foreign_variables_of_our_prefix_are_let_be(tmp_path: Path) -> None:
    kubernetes = {"ONRECORD_SERVICE_HOST": "10.0.0.1", "ONRECORD_SERVICE_PORT": "80", "ONRECORD_PORT": "tcp://10.0.0.1"}
    variables = {"ONRECORD_DATA": "x", "ONRECORD_DEVELOPMENT_DATA": "x"}
    assert load(tmp_path, variables | kubernetes, {}) == Settings()


def test_the_server_has_a_table_and_variables_of_its_own(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[serve]\nport = 8080\ngrace = 5\n")
    found = load(tmp_path, {"ONRECORD_SERVE_PORT": "8081", "ONRECORD_SERVE_REQUIRE_TOKENS": "true"}, {})
    assert found == Settings(serve=ServeSettings(port=8081, grace=5.0, require_tokens=True))


def test_a_wrong_setting_ends_a_command_with_status_2_and_one_line(stored: Any) -> None:
    done = stored("ask", "What does the bridge cost?", ONRECORD_THREADS="many")
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert "ONRECORD_THREADS" in done.err
