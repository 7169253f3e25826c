"""The protocol of a model, and how one is found by name."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from importlib import import_module
from typing import Protocol, cast

from msgspec import Struct

from index.search import Found
from qa.answer import AbstentionReason
from qa.errors import UnknownModel
from qa.question import Understood
from qa.shown import Number, ShownPassage


class Pointed(Struct, frozen=True):
    """A sentence to quote; `leans`: it can't stand alone and needs the one before it in its turn."""

    number: Number
    leans: bool = False


class Declined(Struct, frozen=True):
    """That what was shown does not answer, and why; always a model's last word."""

    reason: AbstentionReason
    message: str


class Model(Protocol):
    """One method wide: what was asked and what was found in, sentences to quote out, best first."""

    @property
    def id(self) -> str: ...

    def points(
        self, asked: Understood, found: Found, shown: Sequence[ShownPassage]
    ) -> AsyncIterator[Pointed | Declined]: ...


_MODELS = {"extractive": "qa.models.extractive:Extractive"}


def load(name: str) -> Model:
    """The model called `name`; only its own module is imported. UnknownModel lists what there is."""
    where = _MODELS.get(name)
    if where is None:
        raise UnknownModel(f"no model is called {name!r}; there is: {', '.join(sorted(_MODELS))}")
    module, attribute = where.split(":")
    return cast(Callable[[], Model], getattr(import_module(module), attribute))()
