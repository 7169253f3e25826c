"""What the layers that stay give for a text, kept on disk: they run once for each text, then no more.

One file of float16 rows, a row a token, appended to, and an index of where each text's rows are. The
rows of a text differ in their last bit with the texts it was computed together with, so weights are
reproduced to the bit from an empty folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import numpy as np
import torch
from torch import Tensor

from eval.training.tuning.encoder import Encoded, Encoder

BATCH = 8192
"""Tokens of a run, padding included."""

BETWEEN = 32
"""Runs between two writings of the index."""


class Hidden:
    """Of texts that `prepare` was given. `fast` computes in bfloat16."""

    def __init__(self, folder: Path, encoder: Encoder, fast: bool = True) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._encoder = encoder
        self._fast = fast
        self._rows_file, self._index_file = folder / "rows.bin", folder / "index.msgpack"
        self._at: dict[str, tuple[int, int]] = {}
        if self._index_file.exists():
            self._at = msgspec.msgpack.decode(self._index_file.read_bytes(), type=dict[str, tuple[int, int]])
        self._end = max((begin + length for begin, length in self._at.values()), default=0)
        self._dimension = encoder.projection.shape[0]
        self._rows = self._opened()

    def prepare(self, texts: Sequence[str], told: Callable[[int, int], None] | None = None) -> None:
        """Compute what is not there yet, `told` hears how many of how many texts are done."""
        missing = sorted({text for text in texts if _key(text) not in self._at})
        if not missing:
            return
        done = 0
        with self._rows_file.open("r+b" if self._rows_file.exists() else "w+b") as file:
            file.truncate(self._end * self._dimension * 2)
            file.seek(0, 2)
            ids = self._encoder.ids(missing)
            for run, part in enumerate(_runs(ids)):
                for at, rows in zip(part, self._computed([ids[at] for at in part])):
                    file.write(rows.tobytes())
                    self._at[_key(missing[at])] = (self._end, len(rows))
                    self._end += len(rows)
                done += len(part)
                if run % BETWEEN == 0:
                    file.flush()
                    self._write_index()
                if told:
                    told(done, len(missing))
        self._write_index()
        self._rows = self._opened()

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Of each text, special tokens included."""
        return self._encoder.ids(texts)

    def encoded(self, texts: Sequence[str]) -> Encoded:
        """The texts through the layers that are tuned."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._fast):
            encoded: Encoded = self._encoder(*self._padded(texts))
        return encoded

    def _padded(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        places = [self._at[_key(text)] for text in texts]
        longest = max(length for _, length in places)
        hidden = np.zeros((len(texts), longest, self._dimension), np.float16)
        present = np.zeros((len(texts), longest), bool)
        for row, (begin, length) in enumerate(places):
            hidden[row, :length] = self._rows[begin : begin + length]
            present[row, :length] = True
        return torch.from_numpy(hidden).float(), torch.from_numpy(present)

    def _computed(self, ids: Sequence[list[int]]) -> list[np.ndarray]:
        longest = max(map(len, ids))
        padded = torch.tensor([[*one, *[0] * (longest - len(one))] for one in ids])
        present = torch.arange(longest) < torch.tensor([len(one) for one in ids])[:, None]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._fast):
            rows = self._encoder.lower(padded, present).to(torch.float16).numpy()
        return [row[: len(one)] for row, one in zip(rows, ids)]

    def _opened(self) -> np.ndarray:
        if not self._end:
            return np.zeros((0, self._dimension), np.float16)
        return np.memmap(self._rows_file, np.float16, "r", shape=(self._end, self._dimension))

    def _write_index(self) -> None:
        fresh = self._index_file.with_suffix(".new")
        fresh.write_bytes(msgspec.msgpack.encode(self._at))
        fresh.replace(self._index_file)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _runs(ids: Sequence[list[int]]) -> list[list[int]]:
    """Positions of texts of like length, so many together as one run takes."""
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    runs: list[list[int]] = [[]]
    for at in order:
        if runs[-1] and (len(runs[-1]) + 1) * len(ids[at]) > BATCH:
            runs.append([])
        runs[-1].append(at)
    return runs
