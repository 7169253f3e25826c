"""How sure an answer says that its model was."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from index.filters import Filters
from qa.answer import Answer
from qa.asking import Answerer, Question


def test_an_answer_says_how_sure_it_is(archive: Path, answerer_of: Callable[[Path], Answerer]) -> None:
    answerer = answerer_of(archive)

    def ask(text: str, filters: Filters = Filters()) -> Answer:
        return asyncio.run(answerer.answer(Question(text=text, filters=filters)))

    sure = ask("When will the bridge be closed for repairs?").sureness
    other = ask("Who won the regatta in Marl?").sureness
    assert sure is not None
    assert other is not None
    assert 0 <= other < 0.5 < sure <= 1
    # Nothing was asked of a model, so it says nothing.
    assert ask("When will the bridge be closed?", Filters(speakers=("Nobody",))).sureness is None
