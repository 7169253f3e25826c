"""The models of an archive: those its settings name, each with the id by which answers and programs know it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import structs

from onrecord.settings import Settings, SettingsError

if TYPE_CHECKING:
    from qa.models import Model, ModelSettings

EXTRACTIVE = "extractive"
"""The one that is always there."""


def id_of(model: str) -> str:
    """`model` as it is given; of a `llama_cpp` model the file's name without its folder."""
    provider, _, name = model.partition(":")
    return f"{provider}:{PurePath(name).name}" if provider == "llama_cpp" else model


def as_given(settings: Settings, model: str) -> str:
    """`model` as its table gives it, where it is named by its id."""
    return model if model in settings.models else {id_of(one): one for one in settings.models}.get(model, model)


def configured(settings: Settings) -> dict[str, str]:
    """By id, as given: the default first, those with a table, extractive. SettingsError where two have one id."""
    models: dict[str, str] = {}
    for model in (as_given(settings, settings.model), *settings.models, EXTRACTIVE):
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
