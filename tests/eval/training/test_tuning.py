"""The encoder's tuning, on a made-up corpus and a model of a few weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from eval.training.tuning import weights
from eval.training.tuning.encoder import Encoder
from eval.training.tuning.examples import Example, examples, pairs
from eval.training.tuning.hidden import Hidden
from eval.training.tuning.sources import Sources
from eval.training.tuning.training import Settings, texts, trained


def tuned(encoder: Encoder, found: Sources, kept: Path, settings: Settings, fast: bool = False) -> list[float]:
    hidden = Hidden(kept, encoder, fast)
    seen = chosen(encoder, found, settings)
    hidden.prepare(texts(seen))
    return trained(encoder, hidden, seen, np.ones(1000, np.float32), settings)


def chosen(encoder: Encoder, found: Sources, settings: Settings) -> list[Example]:
    made = pairs(found, encoder.count, settings.seed)
    return examples(found, made, settings.steps * settings.batch, settings.wrong, settings.seed)


def test_every_kind_of_pair_is_made_and_none_of_its_wrong_passages_answers(encoder: Encoder, found: Sources) -> None:
    seen = chosen(encoder, found, Settings(steps=10))
    assert {one.pair.kind for one in seen} == {
        "query",
        "answer's sentence",
        "topic",
        "reporter's question",
        "sentence taken out",
        "sentence with fewer words",
        "sentence told",
    }
    assert all(one.wrong for one in seen)
    assert not any(one.pair.right(cut.where) for one in seen for cut in one.wrong)


def test_the_turn_that_asks_is_not_in_the_passage_that_answers(
    encoder: Encoder, found: Sources, matters: list[str]
) -> None:
    asked = [one for one in pairs(found, encoder.count, 1) if one.kind == "reporter's question"]
    assert len(asked) == len(matters)
    for pair, matter in zip(asked, matters):
        assert matter in pair.question
        assert matter in pair.passage.text
        assert pair.question not in pair.passage.text


def test_a_sentence_that_is_taken_out_is_no_more_in_its_passage(encoder: Encoder, found: Sources) -> None:
    made = [one for one in pairs(found, encoder.count, 1) if one.kind == "sentence taken out"]
    assert made
    for pair in made:
        before = [cut.text for cut in found.cuts if cut.where == pair.passage.where]
        assert pair.passage.text in [text.replace(pair.question, "", 1) for text in before]
        assert pair.passage.text not in before


def test_the_loss_falls(encoder: Encoder, found: Sources, tmp_path: Path) -> None:
    losses = tuned(encoder, found, tmp_path, Settings(steps=40, batch=8, rate=0.01))
    assert np.mean(losses[-5:]) < 0.9 * np.mean(losses[:5])


def test_only_the_last_two_layers_and_the_projection_change(encoder: Encoder, found: Sources, tmp_path: Path) -> None:
    before = {name: parameter.clone() for name, parameter in encoder.named_parameters()}
    tuned(encoder, found, tmp_path, Settings(steps=3, batch=4, rate=0.01))
    changed = {name for name, parameter in encoder.named_parameters() if not torch.equal(parameter, before[name])}
    assert changed
    assert all(name.startswith(("model.encoder.layer.2.", "model.encoder.layer.3.", "projection")) for name in changed)
    assert {name.removeprefix("model.") for name in changed} <= {name for name, _ in encoder.tuned()}


def test_the_same_seed_gives_the_same_weights_and_another_one_others(
    encoder: Encoder, found: Sources, tmp_path: Path
) -> None:
    untuned = weights.state(encoder)
    files = []
    for run, seed in enumerate((1, 1, 2)):
        weights.put(encoder, untuned)
        tuned(encoder, found, tmp_path / str(run), Settings(steps=4, batch=4, seed=seed), fast=True)
        weights.written(weights.state(encoder), tmp_path / f"{run}.safetensors")
        files.append((tmp_path / f"{run}.safetensors").read_bytes())
    assert files[0] == files[1] != files[2]


def test_what_is_kept_on_disk_gives_what_the_whole_model_gives(
    encoder: Encoder, found: Sources, tmp_path: Path
) -> None:
    given = [cut.text for cut in found.cuts[:5]]
    Hidden(tmp_path, encoder, fast=False).prepare(given[:2])
    hidden = Hidden(tmp_path, encoder, fast=False)
    hidden.prepare(given)
    for text in given:
        ids = torch.tensor(encoder.ids([text]))
        with torch.no_grad():
            whole = encoder.model(input_ids=ids).last_hidden_state[0]
            vector = hidden.encoded([text, given[0]]).vectors[0]
        wanted = whole.mean(dim=0) / whole.mean(dim=0).norm()
        assert torch.allclose(vector, wanted, atol=2e-3)


def test_weights_come_back_from_a_file_and_are_averaged(encoder: Encoder, tmp_path: Path) -> None:
    given = weights.state(encoder)
    weights.written(given, tmp_path / "w.safetensors")
    again = weights.opened(tmp_path / "w.safetensors")
    assert again.keys() == given.keys()
    double = {name: tensor * 3 for name, tensor in again.items()}
    half = weights.averaged([(again, 0.5), (double, 0.5)])
    assert all(torch.allclose(half[name], again[name] * 2) for name in again)
