"""Quality: questions with known answers put to an archive, and how many come out right.

    python -m eval.quality --data DIR eval/questions/open.jsonl [--show]

An answerable question is right if one of the first two citations matches an entry of `accept`
(eval/questions/README.md); an unanswerable one if nothing is cited. Beside it stands in how many
answerable questions a passage that holds such an entry was retrieved, and how early.
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
from index.hit import Hit
from index.search import Search
from index.store import open_store
from qa.answer import Answer, Citation, DoneEvent, RetrievedEvent
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


    def stands_in(self, hit: Hit) -> bool:
        """Whether a passage holds such a quote: its words, in that transcript, where that speaker speaks."""
        return any(self.means(hit.text, turn.label, hit.transcript_id) for turn in hit.turns)


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


class Result(Struct, frozen=True):
    """A question's answer; `rank` is that of the first passage that holds an accepted quote, None where none does."""

    asked: Asked
    answer: Answer
    rank: int | None

    @property
    def right(self) -> bool:
        return self.asked.right(self.answer)


async def ask(answerer: Answerer, asked: Asked) -> Result:
    """Put `asked` to the answerer."""
    rank: int | None = None
    async for event in answerer.stream(Question(text=asked.question, filters=asked.filters)):
        if isinstance(event, RetrievedEvent):
            ranks = (at for at, hit in enumerate(event.hits, 1) if any(one.stands_in(hit) for one in asked.accept))
            rank = next(ranks, None)
        elif isinstance(event, DoneEvent):
            return Result(asked, event.answer, rank)
    raise AssertionError("a stream ends with its answer")


async def results(answerer: Answerer, asked: Iterable[Asked]) -> list[Result]:
    """The result of each of `asked`, one after another."""
    return [await ask(answerer, one) for one in asked]


def summary(found: Sequence[Result]) -> str:
    """Shares of right answers, of declined questions and of retrieved passages, a line each."""
    rows = []
    for name, answerable in (("answerable, right within two citations", True), ("unanswerable, declined", False)):
        rows.append(_share(name, [one.right for one in found if one.asked.answerable is answerable]))
    for within in (1, 5, 10):
        held = [one.rank is not None and one.rank <= within for one in found if one.asked.answerable]
        rows.append(_share(f"answerable, its passage within the first {within}", held))
    return "\n".join(rows)


def _share(name: str, right: Sequence[bool]) -> str:
    return f"{name}: {sum(right)} of {len(right)} ({sum(right) / max(1, len(right)):.0%})"


def _shown(one: Result) -> str:
    mark = "right" if one.right else "WRONG"
    said = [f"   [{c.number}] {c.label} {c.date}: {c.quote}" for c in one.answer.citations]
    if one.answer.abstention:
        said = [f"   abstained: {one.answer.abstention.reason}: {one.answer.abstention.message}"]
    expected = [] if one.right else [f"   expected: {accepted.quote}" for accepted in one.asked.accept[:2]]
    asked = one.asked
    return "\n".join([f"{mark} {asked.id} {asked.question} ({asked.trap or asked.kind})", *said, *expected])


def main() -> None:
    """Ask, compare, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("questions", type=Path, nargs="+")
    options.add_argument("--data", type=Path, required=True, help="the data folder that holds the archive")
    options.add_argument("--show", action="store_true", help="print each question with what came out")
    given = options.parse_args()
    answerer = Answerer(Search(open_store(given.data), load_embedder), load("extractive"), "evaluation")
    for path in given.questions:
        found = asyncio.run(results(answerer, questions(path)))
        if given.show:
            print("\n".join(map(_shown, found)))
        print(f"{path.name}\n{summary(found)}")


if __name__ == "__main__":
    main()
