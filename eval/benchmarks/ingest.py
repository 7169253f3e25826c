"""Ingest against `SentenceTransformer.encode` over the same passages, and its peak memory.

    python -m eval.benchmarks.ingest FOLDER [--files 30]
    python -m eval.benchmarks.ingest FOLDER --files 0 --alone --into DIR

Whole child processes in one run: first the ingest of `--files` files of FOLDER (0: all of it)
into an empty data folder, reading, storing, indexing and token vectors included; then encode
over the passages it stored, model loading left out of its time. Memory is the peak resident set.
`--alone` leaves the encoding out, `--into` keeps the archive.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

BATCH = 32
_MIB_IN_KIB = 1024


def ingested(folder: Path, data: Path) -> None:
    """In a child process: ingest `folder` into `data` and print seconds and peak MiB."""
    from index.embedding import load_embedder
    from index.ingest import ingest
    from index.store import open_store

    embedder = load_embedder()
    next(iter(embedder.passages(["warm"])))
    began = perf_counter()
    ingest([folder], open_store(data), embedder)
    _report(perf_counter() - began)


def encoded(data: Path) -> None:
    """In a child process: encode the passages of `data` and print seconds and peak MiB."""
    from sentence_transformers import SentenceTransformer

    from index.embedding.source import BUNDLED, locate

    encoder = SentenceTransformer(str(locate(BUNDLED).folder), device="cpu")
    encoder.encode(["warm"])
    texts = list(_passages(data))
    began = perf_counter()
    encoder.encode(texts, batch_size=BATCH, normalize_embeddings=True)
    _report(perf_counter() - began)


def _passages(data: Path) -> Iterator[str]:
    from index.store import open_store

    view = open_store(data).view()
    for id in view.ids():
        yield view.passages([int(id)])[0].passage.text


def _report(seconds: float) -> None:
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB_IN_KIB)


def _child(act: str, *arguments: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "eval.benchmarks.ingest", f"--{act}", *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    seconds, peak = done.stdout.split()[-2:]
    return float(seconds), float(peak)


@contextmanager
def _sample(folder: Path, files: int) -> Iterator[Path]:
    """A folder with links to every n-th file of `folder`, `files` of them; 0: the folder itself."""
    every = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in {".md", ".txt"})
    if not files or files >= len(every):
        yield folder
        return
    with tempfile.TemporaryDirectory() as sample:
        for path in every[:: len(every) // files][:files]:
            shutil.copy(path, Path(sample) / path.name)
        yield Path(sample)


def main() -> None:
    """Ingest, encode, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--files", type=int, default=30)
    options.add_argument("--alone", action="store_true", help="ingest only, without encoding to compare it with")
    options.add_argument("--into", type=Path, help="the data folder to fill  [default: one that is thrown away]")
    options.add_argument("--ingested", type=Path, nargs=2, help=argparse.SUPPRESS)
    options.add_argument("--encoded", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.ingested:
        ingested(*given.ingested)
    elif given.encoded:
        encoded(given.encoded)
    elif given.folder:
        with _sample(given.folder, given.files) as folder, tempfile.TemporaryDirectory() as scratch:
            _measure(folder, given.into or Path(scratch) / "archive", given.alone)
    else:
        options.error("FOLDER is missing: name a folder of transcripts")


def _measure(folder: Path, data: Path, alone: bool) -> None:
    ours, peak = _child("ingested", folder, data)
    count = sum(1 for _ in _passages(data))
    print(f"ingest  {count} passages in {ours:.0f} s: {count / ours:.1f} passages/s  peak {peak:.0f} MiB")
    if not alone:
        theirs, their_peak = _child("encoded", data)
        print(f"encode  the same in {theirs:.0f} s: {count / theirs:.1f} passages/s  peak {their_peak:.0f} MiB")
        print(f"ingest / encode {theirs / ours:.2f}")


if __name__ == "__main__":
    main()
