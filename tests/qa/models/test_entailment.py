"""Entailment with tiny cross-encoders made here: which number means what, what is too long, what is no such model."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qa.errors import ModelNotReady
from qa.models.entailment import Entailment

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] the bridge is was closed open not in april ferry and never late".split()
TOKENS = 32
INFERENCE = {0: "contradiction", 1: "entailment", 2: "neutral"}
PREMISE, HYPOTHESIS = "the bridge was closed in april", "the bridge is not open"


def cross_encoder(folder: Path, labels: dict[int, str], bias: list[float] | None = None) -> Any:
    """A cross-encoder with random weights, saved in `folder`; with `bias` it says that of everything."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(7)
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizer(vocab=str(folder / "vocab.txt"), model_max_length=TOKENS).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=TOKENS,
        initializer_range=1.0,
        id2label=labels,
        label2id={label: number for number, label in labels.items()},
    )
    model: Any = BertForSequenceClassification(config)
    model.eval()
    if bias is not None:
        with torch.no_grad():
            model.classifier.weight.zero_()
            model.classifier.bias.copy_(torch.tensor(bias))
    model.save_pretrained(folder)
    return model


def entails(entailment: Entailment, premise: str = PREMISE, hypothesis: str = HYPOTHESIS) -> bool | None:
    return asyncio.run(entailment.entails(premise, hypothesis))


@pytest.mark.parametrize("order", [("contradiction", "entailment", "neutral"), ("Entailment", "not_entailment")])
@pytest.mark.parametrize("says", [0, 1])
def test_it_goes_by_the_models_own_labels(tmp_path: Path, order: tuple[str, ...], says: int) -> None:
    bias = [5.0 if number == says else 0.0 for number in range(len(order))]
    cross_encoder(tmp_path, dict(enumerate(order)), bias)
    assert entails(Entailment(str(tmp_path))) is (order[says].lower() == "entailment")


def test_it_says_what_the_model_says_of_the_premise_before_the_hypothesis(tmp_path: Path) -> None:
    import torch
    from transformers import AutoTokenizer

    model = cross_encoder(tmp_path, INFERENCE)
    tokenizer = AutoTokenizer.from_pretrained(tmp_path)
    texts = [" ".join(WORDS[5 + at : 5 + at + length]) for at in range(9) for length in (2, 4)]
    pairs = list(zip(texts, reversed(texts)))

    def numbers() -> Any:
        with torch.no_grad():
            return torch.cat([model(**tokenizer(*pair, return_tensors="pt")).logits for pair in pairs])

    # With each label's mean taken off, each is said of something.
    with torch.no_grad():
        model.classifier.bias -= numbers().mean(dim=0)
    model.save_pretrained(tmp_path)
    expected = [INFERENCE[number] == "entailment" for number in numbers().argmax(dim=1).tolist()]
    assert set(expected) == {True, False}
    entailment = Entailment(str(tmp_path))
    assert [entails(entailment, *pair) for pair in pairs] == expected


@pytest.mark.parametrize(("logit", "sure", "entailed"), [(3.0, 0.5, True), (3.0, 0.99, False), (-0.1, 0.5, False)])
def test_one_number_is_the_log_odds(tmp_path: Path, logit: float, sure: float, entailed: bool) -> None:
    cross_encoder(tmp_path, {0: "LABEL_0"}, [logit])
    assert entails(Entailment(str(tmp_path), sure)) is entailed


def test_what_is_too_long_is_not_cut(tmp_path: Path) -> None:
    cross_encoder(tmp_path, INFERENCE, [0.0, 5.0, 0.0])
    entailment = Entailment(str(tmp_path))
    around = len("[CLS] [SEP] [SEP]".split())
    longest = " ".join(["bridge"] * (TOKENS - around - 2))
    assert entails(entailment, longest, "the ferry") is True
    assert entails(entailment, f"{longest} closed", "the ferry") is None
    assert entails(entailment, longest, "the ferry closed") is None


def test_questions_at_once_are_all_answered(tmp_path: Path) -> None:
    cross_encoder(tmp_path, INFERENCE, [0.0, 5.0, 0.0])
    entailment = Entailment(str(tmp_path))

    async def at_once() -> list[bool | None]:
        return await asyncio.gather(*(entailment.entails(PREMISE, HYPOTHESIS) for _ in range(8)))

    assert asyncio.run(at_once()) == [True] * 8


def test_labels_that_say_nothing_of_entailment_are_refused(tmp_path: Path) -> None:
    cross_encoder(tmp_path, {0: "toxic", 1: "harmless"})
    with pytest.raises(ModelNotReady, match=r"none of its labels \(toxic, harmless\) is called entailment"):
        entails(Entailment(str(tmp_path)))


@pytest.mark.parametrize("name", ["./nowhere", "nobody/no-such-model"])
def test_a_model_that_is_not_here_is_named_and_not_fetched(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_ALLOW_DOWNLOAD", raising=False)
    with pytest.raises(ModelNotReady, match=rf"entailment model {name}: .*ONRECORD_ALLOW_DOWNLOAD=1"):
        entails(Entailment(name))


def test_a_folder_that_holds_no_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelNotReady, match="is no cross-encoder"):
        entails(Entailment(str(tmp_path)))


def test_nothing_heavy_is_imported_before_it_is_asked() -> None:
    code = "import sys; from qa.models.entailment import Entailment; Entailment('x'); print('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "False\n"
