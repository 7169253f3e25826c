"""A file of questions while somebody writes it: what is added and judged is in it at once, what was drawn beside it.

In: the path of a `questions.jsonl`, there or not. Broken off anywhere, it holds all that was done before. Lines that
are not judged are kept byte for byte. Which passages were drawn, written to or not, stands in a file beside it,
with `.drawn` after its name.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import msgspec

from eval.datasets.drawing import Drawn, Place
from eval.datasets.form import EvidenceForm, QuestionForm, question_form


class Sheet:
    """The questions in `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._drawn = path.with_name(f"{path.name}.drawn")

    @property
    def drawn(self) -> frozenset[Place]:
        """Passages that were drawn before."""
        return frozenset(msgspec.json.decode(line, type=Place) for line in _lines(self._drawn))

    @property
    def unjudged(self) -> list[tuple[int, QuestionForm]]:
        """Questions of which nobody has said whether and where they are answered, each with its line. DatasetError."""
        written = [(at, line) for at, line in enumerate(_lines(self._path), 1) if line.strip()]
        found = [(at, question_form(line, self._path, at)) for at, line in written]
        return [(at, one) for at, one in found if one.answerable is None and not one.evidence and not one.answers]

    def settled(self, one: Drawn) -> None:
        """The passage was looked at, whether a question came of it or not."""
        _append(self._drawn, msgspec.json.encode(one.place))

    def write(self, question: str, evidence: EvidenceForm, answer: str = "") -> None:
        """Add a question that is answered there."""
        fields = {"question": question, "answers": [answer] if answer else [], "evidence": [_plain(evidence)]}
        _append(self._path, msgspec.json.encode({name: value for name, value in fields.items() if value}))

    def judge(self, at: int, evidence: list[EvidenceForm]) -> None:
        """Say of the question on line `at` where it is answered, or, by no evidence, that it is not."""
        lines = _lines(self._path)
        judged: dict[str, Any] = msgspec.json.decode(lines[at - 1].removeprefix(codecs.BOM_UTF8))
        if evidence:
            judged["evidence"] = [_plain(one) for one in evidence]
        else:
            judged["answerable"] = False
        lines[at - 1] = msgspec.json.encode(judged)
        written = self._path.with_name(f"{self._path.name}.new")
        written.write_bytes(b"".join(line + b"\n" for line in lines))
        written.replace(self._path)


def _plain(evidence: EvidenceForm) -> dict[str, Any]:
    """As it is written: what is not given is left out."""
    given: dict[str, Any] = msgspec.to_builtins(evidence)
    return {name: value for name, value in given.items() if value is not None}


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines() if path.exists() else []


def _append(path: Path, line: bytes) -> None:
    """Add a line, on a line of its own also where the last one was left open."""
    before = path.read_bytes() if path.exists() else b""
    with path.open("ab") as file:
        file.write((b"\n" if before and not before.endswith(b"\n") else b"") + line + b"\n")
