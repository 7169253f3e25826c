"""Measure states of the encoder on datasets, each against the untuned one.

    python -m eval.training.measure_encoder --data DIR --kept DIR [--share 0.25 …] [--sets NAME …] FILE.safetensors …

For each FILE, and for each average of it with the original weights (`--share` is the tuned weights'
part; default 1), prints MRR@10, hit@5 and recall within 1,000 words of the fusion and of late
interaction above it, and how much higher they are than the untuned fusion's, with a 95% interval of
resampled questions. `--kept` is the folder that `tune_encoder` was given.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from eval.intervals import Floats, difference
from eval.training.tuning import weights
from eval.training.tuning.bundled import bundled_encoder, bundled_weights
from eval.training.tuning.fields import FOLDERS, part
from eval.training.tuning.hidden import Hidden
from eval.training.tuning.measuring import MEASURES, Table, field, measured
from eval.training.tuning.weights import State

LATE = (0.0, 0.5, 0.7)
"""Shares of late interaction; 0 is the fusion alone."""


def main() -> None:
    """Print a table for each dataset."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("weights", type=Path, nargs="*")
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--kept", type=Path, required=True)
    options.add_argument("--share", type=float, nargs="+", default=[1.0])
    options.add_argument("--sets", nargs="+", choices=FOLDERS, default=list(FOLDERS))
    options.add_argument("--threads", type=int, default=2)
    given = options.parse_args()
    torch.set_num_threads(given.threads)
    encoder = bundled_encoder()
    untuned = weights.state(encoder)
    hidden = Hidden(given.kept, encoder)
    for name in given.sets:
        asked = field(part(name, given.data), encoder.count)
        hidden.prepare(asked.all_texts)
        print(f"{name}: {len(asked.asked)} questions, {len(asked.record)} transcripts, {len(asked.texts)} passages")
        base: Table | None = None
        for title, state in _states(untuned, given.weights, given.share):
            weights.put(encoder, state)
            tables = measured(asked, hidden, bundled_weights(), LATE)
            base = tables[0] if base is None else base
            for late, table in zip(LATE, tables):
                print(f"  {title}, late {late}: {_row(base, table)}", flush=True)


def _states(untuned: State, files: Sequence[Path], shares: Sequence[float]) -> Iterator[tuple[str, State]]:
    yield "untuned", untuned
    for file in files:
        tuned = weights.opened(file)
        for share in shares:
            yield f"{file.stem} × {share}", weights.averaged([(untuned, 1 - share), (tuned, share)])


def _row(base: Table, table: Table) -> str:
    cells = []
    for column, measure in enumerate(MEASURES):
        more = difference(base[:, [column]], table[:, [column]], _mean)
        low, high = more.interval.low, more.interval.high
        cells.append(f"{measure} {table[:, column].mean():.3f} ({more.mean:+.3f} [{low:+.3f}, {high:+.3f}])")
    return ", ".join(cells)


def _mean(tables: Floats) -> Floats:
    return np.asarray(tables.mean(axis=(1, 2)), np.float64)


if __name__ == "__main__":
    main()
