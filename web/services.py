"""What the application works with, composed at the edge: the archive, its search, the models, where new files go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct, field

from index.filters import Filters
from index.search import Search
from index.store import LocalStore
from qa.asking import Answerer
from qa.checked import Checks
from qa.checking import Checker
from qa.errors import UnknownModel
from qa.models.listed import Listed
from web.access.access import access
from web.access.door import sender_of
from web.limits.line import InLine, Line
from web.metrics import Asked, Measured, Metrics
from web.readiness import Readiness
from web.settings import ServeSettings
from web.shared_answers import Remembered, SharedAnswers

SHORT = 1_000
"""Characters of a text to check that is no more work than a question."""


class Services(Struct, frozen=True, eq=False):
    """Of one archive, the one in `folder`.

    `worker`: the command that starts the process that reads and stores transcripts.
    `answerers`: by the id of a model, the default first, what makes an answerer with it.
    `listed`: the same models as a user may see them.
    `metrics`: what the server counts of itself.
    `line`: in which questions wait. `readiness`: whether the first would be answered at once.
    `answers`: those that can be shared, and those that are.
    """

    folder: Path
    store: LocalStore
    search: Search
    checker: Checker
    answerers: Mapping[str, Callable[[], Answerer]]
    listed: Callable[[], tuple[Listed, ...]]
    worker: tuple[str, ...]
    version: str
    settings: ServeSettings
    line: Line
    readiness: Readiness
    answers: SharedAnswers
    metrics: Metrics = field(default_factory=Metrics)

    def answerer(self, model: str | None) -> Asked:
        """The one with `model`, or the default, measured and in line. UnknownModel, ModelError; 429 if that is full."""
        self.line.check()
        model = model or next(iter(self.answerers))
        make = self.answerers.get(model)
        if make is None:
            raise UnknownModel(f"model: no model is called {model!r} here; there is: {', '.join(self.answerers)}")
        return InLine(Remembered(Measured(make(), model, self.metrics), self.answers), self.line)

    async def check(self, text: str, filters: Filters, connection: ASGIConnection[Any, Any, Any, Any]) -> Checks:
        """The verdicts on `text`, in line, a long one behind those that its sender sent. QuestionRefused; 429."""
        sender = sender_of(connection, access(connection))
        async with self.line.place() if len(text) <= SHORT else self.line.long_place(sender):
            return await self.checker.check(text, filters)
