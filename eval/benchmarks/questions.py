"""Latency of `search` and `ask` against one encode of the question, turn by turn in one process.

    python -m eval.benchmarks.questions --data DIR --questions questions.jsonl [-n 300]

Each question is asked once, none before it in the process; the three take turns so that a slow
moment of the machine falls on all of them. Needs an archive already ingested.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

import msgspec
from sentence_transformers import SentenceTransformer

from index.embedding import load_embedder
from index.embedding.source import BUNDLED, locate
from index.search import Search
from index.store import open_store
from qa.asking import Answerer, Question
from qa.leaning import LONGEST_QUESTION
from qa.models import load

WARM_UP = 10


def distinct_questions(path: Path, wanted: int) -> list[str]:
    """The first `wanted` distinct questions of a JSON-lines file with a field `question`."""
    asked = (msgspec.json.decode(line)["question"] for line in path.read_bytes().splitlines() if line.strip())
    return list(dict.fromkeys(one for one in asked if one.strip() and len(one) <= LONGEST_QUESTION))[:wanted]


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that `act` takes."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1e3


def main() -> None:
    """Ask, time, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--questions", type=Path, required=True)
    options.add_argument("-n", type=int, default=300)
    given = options.parse_args()

    search = Search(open_store(given.data), load_embedder)
    answerer = Answerer(search, load("extractive"), "benchmark")
    encoder = SentenceTransformer(str(locate(BUNDLED).folder), device="cpu")
    with asyncio.Runner() as runner:
        acts: dict[str, Callable[[str], object]] = {
            "encode": lambda text: encoder.encode(text, normalize_embeddings=True),
            "search": lambda text: search.find(text),
            "ask": lambda text: runner.run(answerer.answer(Question(text=text))),
        }
        spent: dict[str, list[float]] = {name: [] for name in acts}
        asked = distinct_questions(given.questions, 3 * given.n + WARM_UP)
        for text in asked[:WARM_UP]:
            for act in acts.values():
                act(text)
        # Each act gets questions of its own: none profits from what another has just looked up.
        names = list(acts)
        for at, text in enumerate(asked[WARM_UP:]):
            name = names[at % 3]
            spent[name].append(timed(partial(acts[name], text)))

    print(f"{len(asked)} distinct questions over {len(search.view().ids())} passages")
    base = statistics.median(spent["encode"])
    for name, times in spent.items():
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:8} n {len(times)}  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  p50 / encode {p50 / base:.2f}")


if __name__ == "__main__":
    main()
