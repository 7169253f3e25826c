"""Quality: questions with known answers put to an archive, and how many come out right.

    python -m eval.quality --data DIR eval/questions/open.jsonl [--show]

An answerable question is right if one of the first two citations matches an entry of `accept`
(eval/questions/README.md); an unanswerable one if nothing is cited.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from index.embedding import load_embedder
from index.filters import Filters
from index.search import Search
from index.store import open_store
from qa.answer import Answer, Citation
from qa.asking import Answerer, Question
from qa.models import load

FIRST = 2
"""Citations within which the right one must stand."""


class Accepted(Struct, frozen=True):
    """A citation that counts as right: its quote holds all of `all`, its label `speaker`, its file is `transcript`."""

    all: tuple[str, ...]
    speaker: str | None
    transcript: str | None
    quote: str

    def matches(self, citation: Citation) -> bool:
        """Whether `citation` is meant."""
        return self.means(citation.quote, citation.label, citation.transcript_id)

    def means(self, quote: str, label: str | None, transcript: str) -> bool:
        """Whether these words of that speaker in that transcript are meant, without regard to case."""
        return (
            all(_folded(part) in _folded(quote) for part in self.all)
            and (self.speaker is None or self.speaker.casefold() in (label or "").casefold())
            and (self.transcript is None or self.transcript in transcript)
        )


class Asked(Struct, frozen=True):
    """A question with what is known of its answer."""

    id: str
    question: str
    kind: str
    answerable: bool
    trap: str | None
    filters: Filters
    accept: tuple[Accepted, ...]
    note: str = ""

    def right(self, answer: Answer, first: int = FIRST) -> bool:
        """Whether `answer` is right within its first `first` citations."""
        if not self.answerable:
            return answer.status == "abstained"
        return any(accepted.matches(one) for one in answer.citations[:first] for accepted in self.accept)


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def questions(path: Path) -> list[Asked]:
    """The questions of a JSON-lines file, in order."""
    return [msgspec.json.decode(line, type=Asked) for line in path.read_bytes().splitlines() if line.strip()]


async def answers(answerer: Answerer, asked: Iterable[Asked]) -> list[Answer]:
    """The answer to each of `asked`, one after another."""
    return [await answerer.answer(Question(text=one.question, filters=one.filters)) for one in asked]


def summary(asked: Sequence[Asked], given: Sequence[Answer]) -> str:
    """The shares of right answers and of declined questions, a line each."""
    rows = []
    for name, answerable in (("answerable, right within two citations", True), ("unanswerable, declined", False)):
        of = [(one, answer) for one, answer in zip(asked, given) if one.answerable is answerable]
        right = sum(one.right(answer) for one, answer in of)
        rows.append(f"{name}: {right} of {len(of)} ({right / max(1, len(of)):.0%})")
    return "\n".join(rows)


def _shown(one: Asked, answer: Answer) -> str:
    mark = "right" if one.right(answer) else "WRONG"
    said = [f"   [{c.number}] {c.label} {c.date}: {c.quote}" for c in answer.citations]
    if answer.abstention:
        said = [f"   abstained: {answer.abstention.reason}: {answer.abstention.message}"]
    expected = [f"   expected: {accepted.quote}" for accepted in one.accept[:2]] if mark == "WRONG" else []
    return "\n".join([f"{mark} {one.id} {one.question} ({one.trap or one.kind})", *said, *expected])


def main() -> None:
    """Ask, compare, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("questions", type=Path, nargs="+")
    options.add_argument("--data", type=Path, required=True, help="the data folder that holds the archive")
    options.add_argument("--show", action="store_true", help="print each question with what came out")
    given = options.parse_args()
    answerer = Answerer(Search(open_store(given.data), load_embedder), load("extractive"), "evaluation")
    for path in given.questions:
        asked = questions(path)
        found = asyncio.run(answers(answerer, asked))
        if given.show:
            print("\n".join(_shown(one, answer) for one, answer in zip(asked, found)))
        print(f"{path.name}\n{summary(asked, found)}")


if __name__ == "__main__":
    main()
