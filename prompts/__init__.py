"""Prompts: what a language model is told, and nothing else.

In: a question, and the passages it may be answered from. Out: text. The templates (`*.j2`) hold
the words. Every value put into one is folded onto one line, so that nothing a transcript says
can begin a line: only a sentence that may be cited stands behind its number (`[3.2] text`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from msgspec import Struct

NO_ANSWER = "NO ANSWER"
"""What a model writes where it is not shown the answer."""

DROP = "DROP"
"""What it writes in place of a sentence that it cannot mend."""

MOST = 5
"""Sentences it may point at."""

Number = tuple[int, int]
"""Passage and sentence, each from 1."""


class Sentence(Struct, frozen=True):
    """A sentence that may be cited."""

    number: Number
    text: str


class Stretch(Struct, frozen=True):
    """Sentences that one `speaker` says, as the record names them; None where it names nobody."""

    speaker: str | None
    sentences: tuple[Sentence, ...]


class Passage(Struct, frozen=True):
    """A passage as it is shown: a stretch for each change of speaker."""

    number: int
    date: str | None
    title: str | None
    stretches: tuple[Stretch, ...]

    @property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(sentence.number for stretch in self.stretches for sentence in stretch.sentences)


def answer(style: Literal["quotes", "prose"], cites: bool = False) -> str:
    """The rules of answering; `cites`: the model's protocol carries citations apart from the text."""
    return _render("answer.j2", style=style, cites=cites, no_answer=NO_ANSWER, most=MOST)


def passage(shown: Passage) -> str:
    """A passage: its headings, and its sentences with their numbers, each on a line of its own."""
    return _render("passage.j2", passage=shown)


def record(shown: Sequence[Passage]) -> str:
    """All passages between two lines of a fence that is longer than any such run in them."""
    passages = [passage(one) for one in shown]
    longest = max((len(run) for one in passages for run in _FENCE.findall(one)), default=0)
    return _render("record.j2", passages=map(_Lines, passages), fence="=" * max(_SHORTEST_FENCE, longest + 1))


def question(asked: str) -> str:
    """The question, to stand below the record."""
    return _render("question.j2", question=asked)


def repair(asked: str, mistakes: Sequence[tuple[str, str]], cites: bool = False) -> str:
    """The question with sentences of an answer to it and why each does not hold, to be written again."""
    return _render("repair.j2", question=asked, mistakes=mistakes, cites=cites, drop=DROP)


def stand_alone() -> str:
    """The rules of writing a follow-up again so that it stands alone."""
    return _render("stand_alone.j2")


def follow_up(asked: str, history: Sequence[tuple[str, str]]) -> str:
    """A follow-up below the questions and answers it follows."""
    return _render("follow_up.j2", question=asked, history=history)


def as_json() -> str:
    """How numbers are written where a schema holds the model to JSON."""
    return _render("as_json.j2")


def line(value: object) -> str:
    """`value` on one line, and nothing in it that a chat template reads as the end of a message.

    A server reads `<|im_end|>`, `</s>` or `[INST]` as its own mark wherever they stand; with a
    space inside they are words like any other.
    """
    return _CONTROL.sub(r"\g<0> ", " ".join(str(value).split()))


class _Lines(str):
    """Text that was rendered already: its lines are ours."""


def _final(value: object) -> object:
    return value if isinstance(value, _Lines) else line(value)


def _cell(value: str | None) -> str:
    """A part of a heading: `|` divides them, so none may hold it."""
    return (value or "").replace("|", "/").strip() or "not known"


def _render(template: str, **values: object) -> str:
    return _TEMPLATES.get_template(template).render(values).strip()


_FENCE = re.compile(r"=+")
_SHORTEST_FENCE = 5
_CONTROL = re.compile(r"<(?=[|｜/\w])|\[(?=/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_[A-Z]+|THINK|IMG)\])")

_TEMPLATES = Environment(
    loader=PackageLoader("prompts", "."),
    undefined=StrictUndefined,
    autoescape=False,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_final,
)
_TEMPLATES.filters["cell"] = _cell
