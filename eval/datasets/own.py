"""A set of one's own: a folder of transcripts and `questions.jsonl`, in the plain format of docs/datasets.md.

In: a folder with `questions.jsonl` and the folder `transcripts`, or the two by their own paths. Out: the
dataset, every stretch found in its transcript. Errors name the file, the line and what to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import msgspec
from msgspec import structs

from eval.datasets.dataset import Asked, Dataset, Evidence
from eval.datasets.errors import DatasetError
from eval.datasets.folder import Folder, folder
from eval.datasets.form import EvidenceForm, QuestionForm, question_form
from eval.datasets.standing import stretch
from eval.datasets.within import no_dates, shut_out
from index.filters import Filters

QUESTIONS = "questions.jsonl"
TRANSCRIPTS = "transcripts"


def load(path: Path) -> Dataset:
    """The set in the folder `path`."""
    return over(path / QUESTIONS, folder(path / TRANSCRIPTS), path.resolve().name)


def over(questions: Path, transcripts: Folder, name: str) -> Dataset:
    """The dataset `name`: the questions in a file, put to transcripts that stand elsewhere."""
    try:
        lines = questions.read_bytes().splitlines()
    except FileNotFoundError:
        raise DatasetError(questions, "there is no such file; `onrecord eval new DIR` starts a set") from None
    asked: dict[str, int] = {}
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            one = _Line(questions, number, transcripts).asked(question_form(line, questions, number))
            if asked.setdefault(one.id, number) != number:
                raise DatasetError(questions, f"line {asked[one.id]} is this question, or has its id: {one.id}", number)
            found.append(one)
    if not found:
        raise DatasetError(questions, "there is no question in it")
    return Dataset(name=name, transcripts=transcripts.transcripts, asked=tuple(found))


class _Line:
    """A line of the file, with what its errors need."""

    def __init__(self, path: Path, number: int, transcripts: Folder) -> None:
        self._path = path
        self._number = number
        self._transcripts = transcripts

    def asked(self, form: QuestionForm) -> Asked:
        if not form.question.strip():
            self._fail("question: it is empty")
        if form.answerable is False and (form.evidence or form.answers):
            self._fail("answerable: false, and yet there are answers or evidence; what contradicts is `corrects`")
        if form.corrects and form.answerable is not False:
            self._fail("corrects: only for a question with `answerable` false")
        filters = self._filters(form.filters)
        answered = bool(form.evidence or form.answers)
        return Asked(
            id=form.id or _id(form),
            question=form.question,
            filters=filters,
            history=form.history,
            answerable=True if answered else form.answerable,
            answers=form.answers,
            evidence=self._parts(form.evidence, filters),
            corrects=tuple(one for _, one in self._stretches(form.corrects, "corrects", Filters())),
            spelled_out=form.spelled_out,
            kind=form.kind,
            trap=form.trap,
        )

    def _parts(self, given: Sequence[EvidenceForm], filters: Filters) -> tuple[tuple[Evidence, ...], ...]:
        """The stretches by part; where none is named they are all of one."""
        if len({one.part is None for one in given}) > 1:
            self._fail("evidence: some have a `part` and some have none; give every one its part, or none")
        parts: dict[int | str | None, list[Evidence]] = {}
        for form, one in self._stretches(given, "evidence", filters):
            parts.setdefault(form.part, []).append(one)
        return tuple(map(tuple, parts.values()))

    def _stretches(
        self, given: Sequence[EvidenceForm], field: str, filters: Filters
    ) -> Iterator[tuple[EvidenceForm, Evidence]]:
        for at, form in enumerate(given):
            try:
                transcript = self._transcripts.named(form.transcript)
                found = stretch(form, transcript)
                shut = shut_out(filters, found, transcript, self._transcripts.voices)
                if shut:
                    raise LookupError(f"the question's own filters leave it out, by their `{shut}`")
            except LookupError as error:
                self._fail(f"{field}[{at}]: {error.args[0]}")
            yield form, found

    def _filters(self, given: Filters) -> Filters:
        for name in no_dates(given):
            self._fail(f"filters.{name}: {getattr(given, name)!r} is no day; write it as YYYY-MM-DD")
        try:
            ids = tuple(str(self._transcripts.named(name).id) for name in given.transcripts)
        except LookupError as error:
            self._fail(f"filters.transcripts: {error.args[0]}")
        return structs.replace(given, transcripts=ids)

    def _fail(self, reason: str) -> NoReturn:
        raise DatasetError(self._path, reason, self._number)


def _id(form: QuestionForm) -> str:
    """The same for the same question asked of the same part of an archive after the same history."""
    said = msgspec.json.encode([form.question, form.filters, form.history])
    return f"q-{hashlib.sha256(said).hexdigest()[:8]}"
