"""Tune the bundled encoder's last two layers and its token projection on transcripts.

    python -m eval.training.tune_encoder --data DIR --into FILE.safetensors --kept DIR [--minutes 20] [--seed 1]

DIR holds `qmsum/train` and `briefings/2021`, the only files that train. Written are the weights in half
precision (7 MB) and beside them, as FILE.json, the settings, a digest of the training files, how many
pairs there were of each kind and the loss. `--minutes` tries five steps, counts how many fit and writes
that number down; the same `--steps`, seed, threads and an empty `--kept`, where the lower layers' outputs
are kept between runs (some 150 KiB a passage), give the same weights on the same kind of processor.

The method is that of ColBERT (Khattab & Zaharia 2020) for the tokens' vectors and of dense passage
retrieval (Karpukhin et al. 2020) for the texts'; both losses are taken over the passages of the batch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import msgspec
import numpy as np
import torch
from msgspec import Struct, structs

from eval.training.tuning import weights
from eval.training.tuning.bundled import bundled_encoder, bundled_weights
from eval.training.tuning.encoder import Encoder
from eval.training.tuning.examples import examples, pairs
from eval.training.tuning.hidden import Hidden
from eval.training.tuning.pairs import Pair
from eval.training.tuning.sources import Sources, sources, training_files
from eval.training.tuning.training import Settings, texts, trained

TRIED = 5
"""Steps by which the pace is told."""

TOLD = 20
"""Steps between two lines about the loss."""


class Tuned(Struct, frozen=True):
    """What is written beside the weights. `losses` are means over `TOLD` steps."""

    settings: Settings
    threads: int
    data: str
    pairs: dict[str, int]
    losses: list[float]
    minutes: float
    torch: str = torch.__version__


def main() -> None:
    """Prepare, tune, write."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="the folder with qmsum/ and briefings/")
    options.add_argument("--into", type=Path, required=True, help="the file to write the weights to")
    options.add_argument("--kept", type=Path, required=True, help="a folder for what is kept between runs")
    length = options.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, default=20, help="to spend on the steps, about (default: 20)")
    length.add_argument("--steps", type=int, help="instead of minutes")
    options.add_argument("--batch", type=int, default=20)
    options.add_argument("--wrong", type=int, default=1, help="wrong passages beside each right one (default: 1)")
    options.add_argument("--rate", type=float, default=8e-5, help="the highest learning rate (default: 8e-5)")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--threads", type=int, default=2)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    began = perf_counter()
    encoder = bundled_encoder()
    hidden = Hidden(given.kept, encoder)
    found = sources(given.data, encoder.count)
    made = pairs(found, encoder.count, given.seed)
    _say(began, f"{len(found.each)} transcripts, {len(found.cuts)} passages, {len(made)} pairs")
    settings = Settings(given.steps or TRIED, given.batch, given.wrong, given.rate, given.seed)
    if given.steps is None:
        settings = structs.replace(settings, steps=_fitting(encoder, hidden, found, made, settings, given.minutes))
    losses = _tuned(encoder, hidden, found, made, settings, began)
    weights.written(weights.state(encoder), given.into)
    told = Tuned(
        settings=settings,
        threads=given.threads,
        data=digest(training_files(given.data)),
        pairs=dict(Counter(pair.kind for pair in made)),
        losses=[round(float(np.mean(losses[at : at + TOLD])), 4) for at in range(0, len(losses), TOLD)],
        minutes=round((perf_counter() - began) / 60, 1),
    )
    given.into.with_suffix(".json").write_bytes(msgspec.json.format(msgspec.json.encode(told), indent=2))


def _tuned(
    encoder: Encoder, hidden: Hidden, found: Sources, made: list[Pair], settings: Settings, began: float
) -> list[float]:
    seen = examples(found, made, settings.steps * settings.batch, settings.wrong, settings.seed)
    _say(began, f"{settings.steps} steps of {settings.batch} examples")
    hidden.prepare(texts(seen), lambda done, of: _say(began, f"{done} of {of} texts through the lower layers"))

    def told(step: int, value: float) -> None:
        if (step + 1) % TOLD == 0:
            _say(began, f"step {step + 1}, loss {value:.3f}")

    return trained(encoder, hidden, seen, bundled_weights(), settings, told)


def _fitting(
    encoder: Encoder, hidden: Hidden, found: Sources, made: list[Pair], settings: Settings, minutes: float
) -> int:
    """How many steps fit into `minutes`; the encoder is left as it was."""
    before = weights.state(encoder)
    seen = examples(found, made, settings.steps * settings.batch, settings.wrong, settings.seed)
    hidden.prepare(texts(seen))
    began = perf_counter()
    trained(encoder, hidden, seen, bundled_weights(), settings)
    pace = (perf_counter() - began) / settings.steps
    weights.put(encoder, before)
    return max(1, int(minutes * 60 / pace))


def digest(files: Sequence[Path]) -> str:
    """SHA-256 of the files' names and content."""
    each = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files]
    return "sha256:" + hashlib.sha256(json.dumps(each).encode()).hexdigest()


def _say(began: float, what: str) -> None:
    print(f"{perf_counter() - began:6.0f} s  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
