"""How a model is found, made ready and kept; and what is said when it can't be."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedding import identity_of, load_embedder
from index.embedding.prepared import cache_folder, prepared
from index.embedding.source import BUNDLED, Source, locate
from index.errors import ModelError

TEXTS = ["we spoke of the budget", "the budget", "of we"]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "we", "spoke", "of", "the", "budget"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of this test's own."""
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


def bert(folder: Path) -> Path:
    """A small model with random weights that pools by its first token."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(0)
    plain = folder / "plain"
    plain.mkdir(parents=True)
    (plain / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizer(vocab=str(plain / "vocab.txt"), model_max_length=32).save_pretrained(plain)
    shape: dict[str, Any] = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    shape |= {"intermediate_size": 32, "max_position_embeddings": 32}
    BertModel(BertConfig(vocab_size=len(WORDS), **shape)).save_pretrained(plain)
    encoder = Transformer(str(plain))
    SentenceTransformer(modules=[encoder, Pooling(16, "cls")], device="cpu").save(str(folder / "model"))
    return folder / "model"


def static(folder: Path, seed: int = 0) -> Path:
    """A model without an encoder: it can't be exported as one."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(seed).standard_normal((len(WORDS), 16)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(
        str(folder / "model")
    )
    return folder / "model"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("make", [bert, static])
def test_another_model_gives_its_own_vectors(
    make: Callable[[Path], Path], tmp_path: Path, sentence_transformer: Callable[[Path], Any]
) -> None:
    folder = make(tmp_path)
    embedder = load_embedder(str(folder))
    wanted = sentence_transformer(folder).encode(TEXTS, normalize_embeddings=True)
    assert np.abs(np.stack([one.vector for one in embedder.passages(TEXTS)]) - wanted).max() < 1e-4
    assert np.abs(embedder.question(TEXTS[0]).vector - wanted[0]).max() < 1e-4
    assert embedder.identity.token_dimension == 0
    assert embedder.identity.dimension == 16
    assert embedder.count(TEXTS) == [5, 2, 2]
    assert identity_of(str(folder)) == embedder.identity
    with pytest.raises(ModelError, match="tokens is more than the"):
        list(embedder.passages(["the " * (embedder.identity.limit + 1)]))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("cache")
def test_changed_weights_are_another_model(tmp_path: Path) -> None:
    folder = static(tmp_path)
    before = identity_of(str(folder))
    shutil.copytree(static(tmp_path / "other", seed=1), folder, dirs_exist_ok=True)
    after = identity_of(str(folder))
    assert before.digest != after.digest
    assert before.dimension == after.dimension


def test_a_damaged_export_is_made_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as usual:
        usual.delenv("ONRECORD_CACHE")
        whole = prepared(locate(BUNDLED)).folder
        wanted = load_embedder().question("Who said so?").vector
    shutil.copytree(whole, cache / whole.name)
    with (cache / whole.name / "model.onnx").open("rb+") as model:
        model.seek(50_000_000)
        model.write(bytes(1_000_000))
    assert np.abs(load_embedder().question("Who said so?").vector - wanted).max() < 1e-5
    assert [path.name for path in cache.iterdir()] == [whole.name]


def test_other_weights_under_the_bundled_name_are_refused(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(locate(BUNDLED).folder, folder)
    with (folder / "model.safetensors").open("rb+") as weights:
        weights.seek(40_000_000)
        weights.write(b"\x00" * 64)
    with pytest.raises(ModelError, match="SHA-256 differs"):
        prepared(Source(BUNDLED, folder, "altered"))
    assert list(cache.iterdir()) == []


def test_a_model_that_is_nowhere_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ONRECORD_ALLOW_DOWNLOAD", raising=False)
    with pytest.raises(ModelError, match="ONRECORD_ALLOW_DOWNLOAD=1"):
        load_embedder("nobody/has-this-model")
    with pytest.raises(ModelError, match="ONRECORD_ALLOW_DOWNLOAD=1"):
        load_embedder("no name at all")
    with pytest.raises(ModelError, match="no such directory"):
        load_embedder(str(tmp_path / "absent"))
    with pytest.raises(ModelError, match=r"neither modules\.json nor config\.json"):
        load_embedder(str(tmp_path))


@pytest.mark.usefixtures("cache")
def test_a_folder_that_claims_to_be_a_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="can't be loaded from"):
        load_embedder(str(tmp_path / "model"))


def test_a_cache_that_can_not_be_written_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="ONRECORD_CACHE"):
        load_embedder()
    assert cache_folder() == tmp_path / "file" / "models"
