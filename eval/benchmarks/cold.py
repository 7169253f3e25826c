"""A cold start: a question on the command line against importing sentence_transformers and loading the model.

    python -m eval.benchmarks.cold --data DIR [--runs 5]

Whole processes, in turn, after one warm-up of each; medians. Needs an archive already ingested.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from index.embedding.source import BUNDLED, locate

_NO_ANSWER = 3

QUESTION = "What did the President announce about vaccines?"


def main() -> None:
    """Start, time, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    model = str(locate(BUNDLED).folder)
    load = f"from sentence_transformers import SentenceTransformer as S; S({model!r}, device='cpu')"
    onrecord = [sys.executable, "-m", "onrecord"]
    commands = {
        "load sentence_transformers": [sys.executable, "-c", load],
        "onrecord ask": [*onrecord, "--data", str(given.data), "ask", QUESTION],
        "onrecord --help": [*onrecord, "--help"],
        "onrecord transcripts list": [*onrecord, "--data", str(given.data), "transcripts", "list"],
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(given.runs + 1):
        for name, command in commands.items():
            began = perf_counter()
            done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if done.returncode not in (0, _NO_ANSWER):
                sys.exit(f"{name}: {done.stderr.strip()}")
            if run:
                spent[name].append(perf_counter() - began)
    base = statistics.median(spent["load sentence_transformers"])
    for name, times in spent.items():
        median = statistics.median(times)
        print(f"{name:28} median {median:5.2f} s  against loading {median / base:.2f}")


if __name__ == "__main__":
    main()
