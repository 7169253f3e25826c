"""Verification: drafts, right and wrong on purpose, put through the gate, and how many it tells apart.

    python -m eval.verification seen --samples samples [--briefings DIR] [--show]

A case (eval/drafts/README.md) shows some sentences of the record, each in its passage, and gives a
draft over them. A wrong draft is caught if none of its wrong sentences is verified; a right one
passes if all of its sentences are. Shares are given with Wilson's 95% interval.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from importlib import resources
from math import sqrt
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from index.passages import Passage, passages
from index.reading import read
from index.search import RankedPassage, Ranks
from index.store import StoredPassage
from index.transcript import Span, Transcript
from qa.gate import Gate, Verdict, Verified
from qa.shown import Number, ShownPassage, show

DRAFTS = resources.files("eval") / "drafts"
SETS = ("seen", "more", "aside", "fresh")

RIGHT = frozenset({"verbatim", "paraphrase"})
"""Classes of drafts that are to pass."""


class Place(Struct, frozen=True):
    """One whole sentence of a transcript, named by its file without the folder."""

    transcript: str
    text: str


class Case(Struct, frozen=True, rename={"kind": "class"}):
    """A draft over sentences of the record; `{A}` in it stands for the number of `sentences["A"]`.

    `wrong` are the draft's sentences, from 0, that must not be shown. `decidable`: its falsity shows
    itself in a number, unit, date, name, quotation, negation, named speaker or citation number.
    """

    id: str
    of: str | None
    kind: str
    decidable: bool
    archive: str
    question: str
    sentences: dict[str, Place]
    draft: str
    wrong: tuple[int, ...]
    note: str = ""


def cases(name: str) -> list[Case]:
    """The cases of one set, in order."""
    lines = (DRAFTS / f"{name}.jsonl").read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Case) for line in lines]


class Folder:
    """A folder of transcripts, each read and cut when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[Transcript, list[Passage]]] = {}

    @cached_property
    def _files(self) -> dict[str, Path]:
        files = [file for file in sorted(self._folder.rglob("*")) if file.is_file()]
        return {file.stem: file for file in files} | {file.name: file for file in files}

    def passage(self, place: Place) -> tuple[str, Transcript, Passage, Span]:
        """The transcript's name, the transcript, the passage that holds the sentence, and the sentence."""
        file = self._files[place.transcript]
        if file.name not in self._read:
            transcript = read(file.read_bytes(), file.name).transcript
            self._read[file.name] = transcript, passages(transcript, _words)
        transcript, cut = self._read[file.name]
        for passage in cut:
            for sentence in passage.sentences:
                if not sentence.aside and transcript.text[sentence.start : sentence.end] == place.text:
                    return file.name, transcript, passage, Span(sentence.start, sentence.end)
        raise LookupError(f"{file.name}: no sentence is {place.text!r}")


def _words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def shown(case: Case, folder: Folder) -> tuple[list[ShownPassage], dict[str, Number]]:
    """The passages of the case's sentences, numbered, and the number of each sentence."""
    places = {key: folder.passage(place) for key, place in case.sentences.items()}
    distinct = list(dict.fromkeys((name, passage.start) for name, _, passage, _ in places.values()))
    by_place = {(name, passage.start): (name, transcript, passage) for name, transcript, passage, _ in places.values()}
    ranked = [_ranked(at, by_place[one][0], by_place[one][2]) for at, one in enumerate(distinct)]
    given = show(ranked, [by_place[one][1] for one in distinct], None)
    numbers = {
        key: next(
            sentence.number
            for sentence in given[distinct.index((name, passage.start))].sentences
            if sentence.span == span
        )
        for key, (name, _, passage, span) in places.items()
    }
    return given, numbers


def _ranked(id: int, name: str, passage: Passage) -> RankedPassage:
    nothing = np.zeros((0, 1), dtype=np.int8), np.zeros((0, 2), dtype=np.int32)
    return RankedPassage(StoredPassage(id, name, passage, *nothing), 0.0, Ranks(None, None), 0.0)


class Outcome(Struct, frozen=True):
    """What the gate made of a case."""

    case: Case
    verdicts: tuple[Verdict, ...]

    @property
    def right(self) -> bool:
        """Whether the gate told right from wrong."""
        verified = [isinstance(one, Verified) for one in self.verdicts]
        if self.case.kind in RIGHT:
            return bool(verified) and all(verified)
        if not verified:
            return True
        return not any(verified[min(at, len(verified) - 1)] for at in self.case.wrong)


def outcome(case: Case, folder: Folder) -> Outcome:
    """Put the case's draft through the gate."""
    given, numbers = shown(case, folder)
    draft = re.sub(r"\{([A-Z])\}", lambda found: "{}.{}".format(*numbers[found[1]]), case.draft)
    gate = Gate(given, "prose")
    verdicts = [verdict for drafted in (*gate.read(draft), *gate.finish()) for verdict in gate.judge(drafted)]
    return Outcome(case, (*verdicts, *gate.close()))


def outcomes(name: str, folders: Mapping[str, Folder]) -> list[Outcome]:
    """Of the cases of the set `name` whose archive is among `folders`."""
    return [outcome(case, folders[case.archive]) for case in cases(name) if case.archive in folders]


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share."""
    if not of:
        return 0.0, 1.0
    z = 1.959964
    share = right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def table(found: Sequence[Outcome]) -> str:
    """A line a class, in Markdown: how many were told apart, of those that rules can decide and of all."""
    rows = ["| class | rules can decide | all | 95% of all |", "|---|---|---|---|"]
    for kind in dict.fromkeys(sorted((one.case.kind for one in found), key=lambda kind: (kind not in RIGHT, kind))):
        of_kind = [one for one in found if one.case.kind == kind]
        rows.append(_row(kind.replace("_", " "), of_kind))
    wrong = [one for one in found if one.case.kind not in RIGHT]
    rows.append(_row("**wrong drafts**", wrong))
    return "\n".join(rows)


def _row(name: str, found: Sequence[Outcome]) -> str:
    return f"| {name} | {_share(_decidable(found))} | {_share(found)} | {_bounds(found)} |"


def _decidable(found: Iterable[Outcome]) -> list[Outcome]:
    return [one for one in found if one.case.decidable]


def _share(found: Sequence[Outcome]) -> str:
    right = sum(one.right for one in found)
    return f"{right} of {len(found)}" + (f" ({right / len(found):.1%})" if found else "")


def _bounds(found: Sequence[Outcome]) -> str:
    low, high = interval(sum(one.right for one in found), len(found))
    return f"{low:.1%}–{high:.1%}"


def _told(one: Outcome) -> str:
    said = [f"   {_became(verdict)}: {verdict.text}" for verdict in one.verdicts]
    cited = [f"   {key} {place.transcript}: {place.text}" for key, place in one.case.sentences.items()]
    head = f"{one.case.id} {one.case.kind} (wrong: {list(one.case.wrong)}; {one.case.note})"
    return "\n".join([head, *said, *cited])


def _became(verdict: Verdict) -> str:
    return "shown" if isinstance(verdict, Verified) else f"dropped ({verdict.fault.reason}: {verdict.fault.detail})"


def folders(samples: Path, briefings: Path | None) -> dict[str, Folder]:
    """The archives that cases are over; the invented hostile ones ship with them."""
    given = {"samples": Folder(samples), "hostile": Folder(Path(str(DRAFTS / "hostile")))}
    return given | ({"briefings": Folder(briefings)} if briefings else {})


def main() -> None:
    """Judge and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("drafts", choices=SETS)
    options.add_argument("--samples", type=Path, required=True, help="the project's sample transcripts")
    options.add_argument("--briefings", type=Path, help="the folder of briefings; without it their cases are left out")
    options.add_argument("--show", action="store_true", help="print each case that was not told apart")
    given = options.parse_args()
    found = outcomes(given.drafts, folders(given.samples, given.briefings))
    if given.show:
        print("\n\n".join(_told(one) for one in found if not one.right) + "\n")
    print(f"{given.drafts}: {len(found)} cases\n\n{table(found)}")


if __name__ == "__main__":
    main()
