"""Settings: what a user may choose, and where from: `onrecord.toml`, the environment, options, the later winning.

In: the data folder, the environment and a command's options. Out: `Settings`. A key nobody knows
or a value that is not allowed is an error that names its place; every setting has its entry in
docs/settings.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from index.errors import OnrecordError

FILE = "onrecord.toml"
"""The settings file in the data folder."""

_PREFIX = "ONRECORD_"

Weight = Annotated[float, Meta(ge=0, le=1, description="a number from 0 to 1")]


class Settings(Struct, frozen=True):
    """The type bounds each value and says in words what is allowed; the defaults are those of the parts they set."""

    embedding: Annotated[str, Meta(min_length=1, description="a model's name or folder")] = "all-MiniLM-L6-v2"
    threads: Annotated[int, Meta(ge=0, le=256, description="a whole number from 0 (as many as fit) to 256")] = 0
    passage_words: Annotated[int, Meta(ge=20, le=1000, description="a whole number from 20 to 1000")] = 150
    candidates: Annotated[int, Meta(ge=10, le=2000, description="a whole number from 10 to 2000")] = 200
    rescored: Annotated[int, Meta(ge=1, le=1000, description="a whole number from 1 to 1000")] = 50
    lexical_weight: Weight = 0.5
    late_weight: Weight = 0.5
    model: Annotated[str, Meta(min_length=1, description="a model's name")] = "extractive"


class SettingsError(OnrecordError):
    """A setting that nobody knows, or a value that is not allowed; the message names its place."""


_FIELDS = {field.name: field for field in msgspec.structs.fields(Settings)}


def load(folder: Path, environment: Mapping[str, str], options: Mapping[str, object]) -> Settings:
    """The settings for the archive in `folder`; `options` that are None were not given."""
    file = folder / FILE
    chosen = {name: _checked(str(file), name, value) for name, value in _of_file(file).items()}
    chosen |= {name: _checked(variable, name, value) for variable, name, value in _of_environment(environment)}
    chosen |= {name: _checked(f"--{name}", name, value) for name, value in options.items() if value is not None}
    return Settings(**chosen)


def _of_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_bytes().decode())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise SettingsError(f"{file}: it can't be read as TOML: {error}") from None


def _of_environment(environment: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Variable, setting and value. Foreign variables of our prefix are let be unless they look mistyped."""
    known = {_PREFIX + name.upper(): name for name in _FIELDS}
    for variable in environment:
        meant = get_close_matches(variable, known, n=1, cutoff=0.9)
        if meant and variable not in known:
            raise SettingsError(f"{variable}: no such setting; is {meant[0]} meant?")
    return [(variable, name, environment[variable]) for variable, name in known.items() if variable in environment]


def _checked(where: str, name: str, value: object) -> Any:
    field = _FIELDS.get(name)
    if field is None:
        raise SettingsError(f"{where}: no setting is called {name!r}; there are: {', '.join(_FIELDS)}")
    try:
        return msgspec.convert(value, field.type, strict=not isinstance(value, str))
    except msgspec.ValidationError:
        allowed = next(meta.description for meta in field.type.__metadata__ if isinstance(meta, Meta))
        raise SettingsError(f"{where}: {name} is {value!r}, but must be {allowed}") from None
