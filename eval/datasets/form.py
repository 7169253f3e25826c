"""The plain format, docs/datasets.md: a line of `questions.jsonl` as it is written.

In: a line. Out: its fields, each of the right type, or an error naming the line. No field is passed over:
an unknown one is an error that lists the known.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from eval.datasets.errors import DatasetError
from index.filters import Filters
from qa.question import Exchange


class EvidenceForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch: by `turns` (first and last, from 0), by characters from `start` to before `end`, or by `quote`."""

    transcript: str
    turns: tuple[int, int] | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    label: str | None = None
    part: int | str | None = None


class QuestionForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A question. `note`, `why`, `group`, `lang` and `near` are for those who read the file, not for a measure."""

    question: str
    id: str | None = None
    answers: tuple[str, ...] = ()
    evidence: tuple[EvidenceForm, ...] = ()
    answerable: bool | None = None
    filters: Filters = Filters()
    history: tuple[Exchange, ...] = ()
    spelled_out: str | None = None
    corrects: tuple[EvidenceForm, ...] = ()
    kind: str | None = None
    trap: str | None = None
    note: Any = None
    why: Any = None
    group: Any = None
    lang: Any = None
    near: Any = None


_FORMS: tuple[tuple[str, type[Struct]], ...] = (
    ("$.evidence", EvidenceForm),
    ("$.corrects", EvidenceForm),
    ("$.filters", Filters),
    ("$.history", Exchange),
    ("$", QuestionForm),
)
_UNKNOWN = re.compile(r"unknown field `[^`]*`(?: - at `(?P<place>[^`]*)`)?")


def question_form(line: bytes, path: Path, number: int) -> QuestionForm:
    """The question on line `number` of `path`. Raises DatasetError."""
    try:
        return msgspec.json.decode(line.removeprefix(codecs.BOM_UTF8), type=QuestionForm)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        unknown = _UNKNOWN.search(str(error))
        raise DatasetError(path, f"{error}{_known(unknown['place'] or '$') if unknown else ''}", number) from None


def _known(place: str) -> str:
    form = next(form for beginning, form in _FORMS if place.startswith(beginning))
    return f"; known are: {', '.join(form.__struct_fields__)}"
