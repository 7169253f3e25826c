"""The protocol of a model, and how one is found by `provider:name`.

A provider is a module with `load(name, settings) -> Model` and `needs(settings) -> list[str]`:
ours stand in a table, others' are entry points of the group `onrecord.models`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, cast

from msgspec import Struct

from index.search import Found
from qa.answer import AbstentionReason, Style, Usage
from qa.errors import UnknownModel
from qa.models.settings import ModelSettings
from qa.question import Exchange, Understood
from qa.shown import Number, ShownPassage


class Wrote(Struct, frozen=True):
    """The next piece of a draft: prose with markers, or markers alone (`[3.2]`), best first."""

    text: str


class Declined(Struct, frozen=True):
    """That what was shown does not answer, and why; a model's last word."""

    reason: AbstentionReason
    message: str


class Shown(Struct, frozen=True):
    """The sentences a model was really shown, where not all fitted into its context; a reply's first word.

    A number it cites that is not among them was not shown to it.
    """

    numbers: frozenset[Number]


class Sure(Struct, frozen=True):
    """How sure a model is that what it was shown holds an answer, from 0 to 1; comparable across questions."""

    value: float


Said = Shown | Wrote | Declined | Usage | Sure
"""What a reply is made of. It ends where the iteration ends; one that breaks off raises ModelError instead."""


class Mistake(Struct, frozen=True):
    """A drafted sentence that was not borne out, and why, in words a model can act on."""

    text: str
    why: str


class Request(Struct, frozen=True, eq=False):
    """What a model is asked. With `mistakes` it is asked to write those sentences again, one for one, in order."""

    asked: Understood
    found: Found
    shown: Sequence[ShownPassage]
    style: Style
    mistakes: tuple[Mistake, ...] = ()


class Model(Protocol):
    """Two methods wide: a draft for a request, and a follow-up made to stand alone.

    One that waits for nothing, but for `qa.threads.in_thread`, may say so by an attribute `computes`
    that is true: its answers are then one piece of work for a thread.
    """

    @property
    def id(self) -> str:
        """The `provider:name` it was asked for by, without a folder."""

    @property
    def style(self) -> Style:
        """The style it uses where none is asked for."""

    @property
    def styles(self) -> Collection[Style]:
        """The styles it can be asked for; in any other it answers in its own."""

    @property
    def streams(self) -> bool:
        """Whether pieces come as they are written."""

    @property
    def offline(self) -> bool:
        """Whether nothing leaves this machine."""

    def reply(self, request: Request) -> AsyncGenerator[Said, None]:
        """The draft, piece by piece. Closing the iterator stops the model. ModelError."""

    async def rewrite(self, question: str, history: Sequence[Exchange]) -> str | None:
        """`question` made to stand alone; None where the model has no words of its own. ModelError."""


class Provider(Protocol):
    """What makes models of one kind."""

    def load(self, name: str, settings: ModelSettings) -> Model:
        """The model `name` of this provider; nothing is connected to yet. ModelError says what is missing."""

    def needs(self, settings: ModelSettings) -> list[str]:
        """What is still missing before it can be used, each with what to do; empty where nothing is."""


_PROVIDERS = {
    "extractive": "qa.models.extractive",
    "openai": "qa.models.openai",
    "anthropic": "qa.models.anthropic",
    "llama_cpp": "qa.models.llama_cpp",
}
GROUP = "onrecord.models"
"""The entry points by which others add providers."""


def providers() -> list[str]:
    """The names of all providers, ours first."""
    return [*_PROVIDERS, *sorted({one.name for one in entry_points(group=GROUP)} - set(_PROVIDERS))]


def provider(name: str) -> Provider:
    """The provider called `name`; only it is imported. UnknownModel lists what there is."""
    if name in _PROVIDERS:
        return cast(Provider, import_module(_PROVIDERS[name]))
    for one in entry_points(group=GROUP):
        if one.name == name:
            return cast(Provider, one.load())
    raise UnknownModel(f"no provider of models is called {name!r}; there is: {', '.join(providers())}")


def load(model: str, settings: ModelSettings = ModelSettings()) -> Model:
    """The model called `model`, as `provider:name`."""
    kind, _, name = model.partition(":")
    return provider(kind).load(name, settings)
