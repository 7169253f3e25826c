"""Judging: a language model says whether an answer is right; one measure more, and never the only one.

In: an answer, its question, and what is known of the right answer. Out: right, wrong, or None where
nothing is known or the model says neither. An abstention is wrong without asking anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval.datasets.dataset import Asked
from qa.answer import Answer

_TOKENS = 400
"""For a verdict of one word, and what a model thinks before it."""

_LONGEST = 1500
"""Characters of a stretch of evidence that are shown."""


class Writer(Protocol):
    """A model that writes text; `qa.models.language_model.LanguageModel` is one."""

    async def write(self, system: str, task: str, tokens: int) -> str | None: ...


class Judge:
    """Asks `writer`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def right(self, answer: Answer, asked: Asked, evidence: Sequence[str]) -> bool | None:
        """Whether `answer` is right by the references or, without any, by the evidence. ModelError."""
        if asked.answerable is False or not (asked.answers or evidence):
            return None
        if not answer.sentences:
            return False
        cited = [f"{one.label or 'somebody'}: {one.quote}" for one in answer.citations]
        task = _rendered(
            "judge_task.j2",
            question=asked.spelled_out or asked.question,
            references=[*asked.answers] or [one[:_LONGEST] for one in evidence],
            answer=" ".join(one.text for one in answer.sentences),
            cited=cited,
        )
        return verdict(await self._writer.write(_rendered("judge.j2"), task, _TOKENS) or "")


def verdict(written: str) -> bool | None:
    """The last of RIGHT and WRONG that is written; None where neither is."""
    said = re.findall(r"\b(RIGHT|WRONG)\b", written)
    return said[-1] == "RIGHT" if said else None


def _rendered(template: str, **values: object) -> str:
    return _templates().get_template(template).render(**values).strip()


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("eval"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["line"] = lambda text: " ".join(str(text).split())
    return environment
