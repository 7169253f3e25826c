"""Understanding: follow-ups and the filters in questions, against what was written down that they mean.

    python -m eval.understanding [--briefings DIR] [--show]

`eval/questions/follow-ups.jsonl` says of each follow-up which words stand in it once it stands
alone and which do not (whole words, without regard to case), or that it stays as it is;
`recognised.jsonl` which dates and transcripts a question asks for. Those with even numbers were
seen while the rules were written, those with odd numbers were not. Every question of the other
files, which stands alone, is put after every follow-up's history too: it must stay as it is.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TypeVar

import msgspec
from msgspec import Struct

from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.store import View, open_store
from qa.question import Exchange, follow_up, understand

Row = TypeVar("Row")
Asked = TypeVar("Asked", "FollowUp", "Recognising")

HERE = Path(__file__).parent / "questions"
SAMPLES = Path(__file__).parent.parent / "samples"


class FollowUp(Struct, frozen=True):
    """A question after others; the words it `needs` once it stands alone, and those it `forbids`."""

    id: str
    archive: str
    history: tuple[Exchange, ...]
    question: str
    needs: tuple[str, ...]
    forbids: tuple[str, ...]
    unchanged: bool

    def is_right(self, alone: str) -> bool:
        """Whether `alone` is what was expected."""
        if self.unchanged:
            return alone == self.question
        return all(_has(alone, one) for one in self.needs) and not any(_has(alone, one) for one in self.forbids)


class Recognising(Struct, frozen=True):
    """A question and the filters it asks for; of `transcripts` each stands in the id of one."""

    id: str
    archive: str
    question: str
    since: str | None
    until: str | None
    transcripts: tuple[str, ...]

    def is_right(self, since: str | None, until: str | None, ids: Sequence[str]) -> bool:
        """Whether these are the filters expected."""
        named = len(ids) == len(self.transcripts) and all(
            any(part in one for one in ids) for part in self.transcripts
        )
        return (since, until) == (self.since, self.until) and named


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words.strip())}(?!\w)", text, re.IGNORECASE) is not None


def _rows(name: str, kind: type[Row]) -> list[Row]:
    return [msgspec.json.decode(line, type=kind) for line in (HERE / name).read_bytes().splitlines()]


def _of(views: dict[str, View], rows: list[Asked]) -> list[Asked]:
    return [row for row in rows if row.archive in views]


def follow_ups(views: dict[str, View], show: bool = False) -> dict[str, bool]:
    """By id, whether a follow-up comes out right."""
    right = {}
    for one in _of(views, _rows("follow-ups.jsonl", FollowUp)):
        alone = follow_up(one.question, one.history, views[one.archive].voices())
        right[one.id] = one.is_right(alone)
        if show and is_seen(one.id):
            print("right" if right[one.id] else "WRONG", one.id, one.question, "->", alone)
    return right


def recognised(views: dict[str, View], show: bool = False) -> tuple[dict[str, bool], float]:
    """By id, whether the filters come out right; and the milliseconds a question takes."""
    right = {}
    spent = []
    for one in _of(views, _rows("recognised.jsonl", Recognising)):
        voices, summaries = views[one.archive].voices(), views[one.archive].summaries()
        began = perf_counter()
        asked = understand(one.question, voices, summaries)
        spent.append((perf_counter() - began) * 1e3)
        right[one.id] = one.is_right(asked.since, asked.until, asked.transcripts)
        if show and is_seen(one.id):
            mark = "right" if right[one.id] else "WRONG"
            print(mark, one.id, one.question, asked.since, asked.until, *asked.transcripts)
    return right, sorted(spent)[len(spent) // 2]


def disturbed(views: dict[str, View]) -> tuple[int, int]:
    """How often a question that stands alone is changed by a history, and how often it was put after one."""
    alone = [line["question"] for name in ("open.jsonl", "more-open.jsonl") for line in _rows(name, dict)]
    histories = [(one.history, views[one.archive].voices()) for one in _of(views, _rows("follow-ups.jsonl", FollowUp))]
    changed = [text for text in alone for past, voices in histories if follow_up(text, past, voices) != text]
    return len(changed), len(alone) * len(histories)


def is_seen(id: str) -> bool:
    """Whether a question may be looked at while rules are written."""
    return int(id[1:]) % 2 == 0


def _shares(name: str, right: dict[str, bool]) -> str:
    halves: Iterable[tuple[str, list[bool]]] = (
        ("seen", [well for id, well in right.items() if is_seen(id)]),
        ("aside", [well for id, well in right.items() if not is_seen(id)]),
    )
    return f"{name}: " + ", ".join(f"{half} {sum(well)} of {len(well)}" for half, well in halves)


def main() -> None:
    """Understand, compare, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--briefings", type=Path, help="the data folder that holds the briefings, if they are at hand")
    options.add_argument("--show", action="store_true", help="print each question of the seen half")
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        ingest([SAMPLES], open_store(Path(folder)), TinyEmbedder())
        views = {"samples": open_store(Path(folder)).view()}
        if given.briefings:
            views["briefings"] = open_store(given.briefings).view()
        print(_shares("follow-ups", follow_ups(views, given.show)))
        right, milliseconds = recognised(views, given.show)
        print(_shares("filters", right), f"({milliseconds:.1f} ms a question)")
        print("questions that stand alone, changed: {} of {}".format(*disturbed(views)))


if __name__ == "__main__":
    main()
