"""What checking costs: the gate over an answer's sentences, and `check` of a whole text.

    python -m eval.benchmarks.checking --data DIR --questions questions.jsonl [-n 100]

The gate: for each question a draft of ten sentences is made by rule of what was found, two in five
of them altered, over ten passages; no passage is judged before in the process. The text: made of
1,000 words of the archive, every third sentence quoted word for word, every third of those altered.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from pathlib import Path
from time import perf_counter, thread_time

from eval.benchmarks.questions import distinct_questions
from index.embedding import load_embedder
from index.search import Search
from index.store import open_store
from qa.checking import Checker
from qa.gate import Gate, Verified
from qa.shown import ShownPassage, ShownSentence, show

SENTENCES = 10
WARM_UP = 3
WORDS = 1000


def draft(shown: list[ShownPassage]) -> str:
    """A sentence for each of the first sentences of the passages, reported or quoted, some of them altered."""
    best = [(passage, passage.sentences[0]) for passage in shown if passage.sentences][:SENTENCES]
    return "\n".join(_sentence(at, passage, sentence) for at, (passage, sentence) in enumerate(best))


def _sentence(at: int, passage: ShownPassage, sentence: ShownSentence) -> str:
    speaker = (passage.turn_of(sentence).label or "A speaker").title()
    said = sentence.text.rstrip(".?!")
    number = "[{}.{}]".format(*sentence.number)
    return (
        f"{speaker} said that {said[:1].lower()}{said[1:]} {number}.",
        f"{speaker} said: “{said}.” {number}",
        f"{said} {number}.",
        f"In 2019 {speaker} said “{said}” {number}.",
        f"{speaker} denied that {said} for 17 days {number}.",
    )[at % 5]


def text(search: Search, asked: list[str]) -> str:
    """About 1,000 words, as an article would quote the archive."""
    written: list[str] = []
    for question in asked:
        for one in search.find(question, k=3).passages:
            transcript = search.view().transcript(one.stored.transcript_id)
            sentence = one.stored.passage.sentences[len(one.stored.passage.sentences) // 2]
            said = " ".join(transcript.text[sentence.start : sentence.end].split())
            at = len(written)
            said = said if at % 9 else said.replace(" the ", " some ", 1)
            written.append(f"“{said}”" if at % 3 == 0 else said)
            if sum(len(one.split()) for one in written) >= WORDS:
                return "\n".join(written)
    raise ValueError("the archive is too small for the benchmark")


def _spread(milliseconds: list[float]) -> str:
    p95 = statistics.quantiles(milliseconds, n=20)[-1]
    return f"p50 {statistics.median(milliseconds):.2f} ms  p95 {p95:.2f} ms"


def main() -> None:
    """Judge, time, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--questions", type=Path, required=True)
    options.add_argument("-n", type=int, default=100)
    given = options.parse_args()
    search = Search(open_store(given.data), load_embedder)
    asked = distinct_questions(given.questions, given.n + WARM_UP + 200)

    spent, worked, sentences, verified = list[float](), list[float](), 0, 0
    for question in asked[: given.n + WARM_UP]:
        found = search.find(question)
        shown = show(found.passages, [found.view.transcript(one.stored.transcript_id) for one in found.passages], None)
        written = draft(shown)
        began, working = perf_counter(), thread_time()
        gate = Gate(shown, "prose")
        verdicts = [one for drafted in (*gate.read(written), *gate.finish()) for one in gate.judge(drafted)]
        verdicts += gate.close()
        spent.append((perf_counter() - began) * 1e3)
        worked.append((thread_time() - working) * 1e3)
        sentences += len(verdicts)
        verified += sum(isinstance(one, Verified) for one in verdicts)
    print(f"gate: {given.n} drafts, {sentences} sentences in all, {verified} of them verified")
    print(f"  {_spread(spent[WARM_UP:])} a draft; of the processor {_spread(worked[WARM_UP:])}")

    whole = text(search, asked[-200:])
    checker = Checker(search)
    began = perf_counter()
    checks = asyncio.run(checker.check(whole))
    took = perf_counter() - began
    held = sum(one.verdict == "held" for one in checks.sentences)
    print(f"check: {len(whole.split()):,} words, {len(checks.sentences)} verdicts, {held} held, {took:.2f} s")


if __name__ == "__main__":
    main()
