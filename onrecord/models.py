"""The models of an archive: those its settings name, each with the id by which answers and programs know it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import structs

from onrecord.settings import Settings, SettingsError

if TYPE_CHECKING:
    from qa.models import Model, ModelSettings
    from qa.models.listed import Listed

EXTRACTIVE = "extractive"
"""The one that is always there."""


def id_of(model: str) -> str:
    """`model` as it is given; of a `llama_cpp` model the file's name without its folder."""
    provider, _, name = model.partition(":")
    return f"{provider}:{PurePath(name).name}" if provider == "llama_cpp" else model


def as_given(settings: Settings, model: str) -> str:
    """`model` as its table gives it, where it is named by its id."""
    return model if model in settings.models else {id_of(one): one for one in settings.models}.get(model, model)


def configured(settings: Settings, first: Sequence[str] = ()) -> dict[str, str]:
    """By id, as given: `first`, else the settings' own; those with a table; extractive. The first is the default.

    SettingsError where two have one id.
    """
    models: dict[str, str] = {}
    wanted = [as_given(settings, model) for model in first or (settings.model,)]
    for model in (*wanted, *settings.models, EXTRACTIVE):
        if models.setdefault(id_of(model), model) != model:
            raise SettingsError(f"{models[id_of(model)]} and {model} have the same name; rename one of the files")
    return models


def settings_of(settings: Settings, model: str) -> ModelSettings:
    """Of its table, with the style of all models where it has none of its own."""
    from qa.models import ModelSettings

    own: ModelSettings = settings.models.get(as_given(settings, model), ModelSettings())
    return structs.replace(own, style=own.style or settings.style)


def load(settings: Settings, model: str) -> Model:
    """The model called `model`, by its id or as given. UnknownModel, ModelError."""
    from qa.models import load as load_model

    return load_model(as_given(settings, model), settings_of(settings, model))


def all_listed(settings: Settings, models: Mapping[str, str]) -> list[Listed]:
    """Each of `models` (by id, as given, the default first) as it is shown, with what it still needs."""
    from functools import partial

    from qa.models.listed import listed

    default = next(iter(models))
    return [listed(id, id == default, partial(_made, settings, model)) for id, model in models.items()]


def _made(settings: Settings, model: str) -> Model | list[str]:
    """The model, or what it still needs."""
    from qa.models import provider

    kind = model.partition(":")[0]
    return provider(kind).needs(settings_of(settings, model)) or load(settings, model)
