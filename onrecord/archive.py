"""The archive a command is about: a data folder with its settings, each part made when it is first needed.

What is imported within functions is heavy, and the commands that need none of it stay quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.settings import Settings, load

if TYPE_CHECKING:
    from index.embedding import Embedder
    from index.passages import PassageSettings
    from index.search import Search
    from index.store import LocalStore, View
    from qa.asking import Answerer
    from qa.models.entailment import Entailment
    from web.services import Services


class Archive:
    """The store in `folder` and what is built over it; `options` are settings given on the command line."""

    def __init__(self, folder: Path, options: Mapping[str, object]) -> None:
        self.folder = folder
        self._options = options

    @cached_property
    def settings(self) -> Settings:
        """From the folder's file, the environment and the options. SettingsError."""
        return load(self.folder, os.environ, self._options)

    @cached_property
    def store(self) -> LocalStore:
        """Opens nothing yet."""
        from index.store import open_store

        return open_store(self.folder)

    def view(self) -> View:
        """The newest whole generation."""
        return self.store.view()

    @cached_property
    def embedder(self) -> Embedder:
        """The model that the settings name. ModelError."""
        from index.embedding import load_embedder

        return load_embedder(self.settings.embedding, threads=self.settings.threads or None)

    @property
    def passages(self) -> PassageSettings:
        """How transcripts are cut, within the embedder's limit."""
        from index.passages import PassageSettings

        return PassageSettings(words=self.settings.passage_words, tokens=self.embedder.identity.limit)

    @cached_property
    def search(self) -> Search:
        """Search over the archive; the embedder is loaded when something is looked for."""
        from index.search import Search, SearchSettings

        chosen = self.settings
        return Search(
            self.store,
            lambda: self.embedder,
            SearchSettings(chosen.candidates, chosen.rescored, chosen.lexical_weight, chosen.late_weight),
        )

    @cached_property
    def answerer(self) -> Answerer:
        """The answerer with the model that the settings name. UnknownModel, ModelError."""
        return self._answerer(self.settings.model)

    def _answerer(self, model: str) -> Answerer:
        from onrecord.models import load as load_model
        from qa.asking import Answerer
        from qa.ledger import Ledger

        loaded = load_model(self.settings, model)
        return Answerer(self.search, loaded, _version(), ledger=Ledger(self.folder), entailment=self.entailment())

    def services(self, models: Sequence[str] = ()) -> Services:
        """What the server works with, `models` first among those that can be asked. SettingsError, UnknownModel."""
        from functools import cache, partial

        from onrecord.models import all_listed, configured
        from qa.checking import Checker
        from qa.models import provider
        from web.limits.line import Line
        from web.pages.asking import told
        from web.readiness import Readiness
        from web.services import Services
        from web.shared_answers import SharedAnswers

        serve = self.settings.serve
        known = configured(self.settings, models)
        for model in known.values():
            provider(model.partition(":")[0])  # What nobody provides is said at once, not when it is asked.
        listed = cache(lambda: tuple(all_listed(self.settings, known)))
        return Services(
            folder=self.folder,
            store=self.store,
            search=self.search,
            checker=Checker(self.search),
            answerers={id: cache(partial(self._answerer, model)) for id, model in known.items()},
            listed=listed,
            worker=(sys.executable, "-m", "onrecord.worker", str(self.folder)),
            version=_version(),
            settings=serve,
            line=Line(serve.at_work, serve.waiting),
            readiness=Readiness(self.search, listed, told),
            answers=SharedAnswers(self.folder),
        )

    def entailment(self) -> Entailment | None:
        """The model that the settings name, loaded when it is first asked; None where they name none."""
        if not self.settings.entailment:
            return None
        from qa.models.entailment import Entailment

        return Entailment(self.settings.entailment)


def _version() -> str:
    from importlib.metadata import version

    return version("onrecord")
