"""Settings: what a user may choose, and where from: `onrecord.toml`, the environment, options, the later winning.

In: the data folder, the environment and a command's options. Out: `Settings`. A key nobody knows
or a value that is not allowed is an error that names its place, and never repeats what may be
secret; every setting has its entry in docs/settings.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import FieldInfo

from index.errors import OnrecordError
from web.settings import ServeSettings

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
    model: Annotated[str, Meta(min_length=1, description="a model, as PROVIDER:NAME")] = "extractive"
    style: Annotated[Literal["quotes", "prose"] | None, Meta(description="quotes or prose")] = None
    entailment: Annotated[str, Meta(description="a model's name or folder")] = ""
    serve: ServeSettings = ServeSettings()
    models: Mapping[str, Any] = {}
    """For each PROVIDER:NAME that has a table its ModelSettings, which only who needs them waits for."""


class SettingsError(OnrecordError):
    """A setting that nobody knows, or a value that is not allowed; the message names its place."""


_FIELDS = {field.name: field for field in msgspec.structs.fields(Settings) if field.name not in ("serve", "models")}
_SERVE = {field.name: field for field in msgspec.structs.fields(ServeSettings)}

_OF_SERVE = "serve_"
"""What the names of the server's settings begin with in the environment."""

_FOREIGN = ("ONRECORD_SERVICE_", "ONRECORD_PORT")
"""What Kubernetes puts into the environment where a service is called `onrecord`: near ours, and none of ours."""

_UNSAID = {"api_key", "api_key_variable", "base_url"}
"""Of a model: what may hold a secret, or have got one by mistake."""


def load(folder: Path, environment: Mapping[str, str], options: Mapping[str, object]) -> Settings:
    """The settings for the archive in `folder`; `options` that are None were not given."""
    file = folder / FILE
    written = _of_file(file)
    models = _models(file, written.pop("models", {}))
    serve = _table(_SERVE, f"{file}: [serve]", written.pop("serve", {}))
    chosen = {name: _checked(_FIELDS, str(file), name, value) for name, value in written.items()}
    for at, name, value in _of_environment(environment):
        if name in _FIELDS:
            chosen[name] = _checked(_FIELDS, at, name, value)
        else:
            serve[name.removeprefix(_OF_SERVE)] = _checked(_SERVE, at, name.removeprefix(_OF_SERVE), value)
    given = {name: value for name, value in options.items() if value is not None}
    chosen |= {name: _checked(_FIELDS, f"--{name}", name, value) for name, value in given.items()}
    return Settings(**chosen, serve=ServeSettings(**serve), models=models)


def _of_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_bytes().decode())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise SettingsError(f"{file}: it can't be read as TOML: {error}") from None


def _of_environment(environment: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Variable, setting and value. Foreign variables of our prefix are let be unless they look mistyped."""
    known = {_PREFIX + name.upper(): name for name in (*_FIELDS, *(_OF_SERVE + name for name in _SERVE))}
    for variable in environment:
        meant = get_close_matches(variable, known, n=1, cutoff=0.9)
        if meant and variable not in known and not variable.startswith(_FOREIGN):
            raise SettingsError(f"{variable}: no such setting; is {meant[0]} meant?")
    return [(variable, name, environment[variable]) for variable, name in known.items() if variable in environment]


def _models(file: Path, tables: object) -> dict[str, Any]:
    """The ModelSettings of each table."""
    if not tables:
        return {}
    from qa.models.settings import ModelSettings

    if not isinstance(tables, dict) or not all(map(_is_table, tables.values())):
        raise SettingsError(
            f"{file}: models are tables, each under its model's name in quotation marks, "
            'such as [models."openai:llama3.2"]'
        )
    fields = {field.name: field for field in msgspec.structs.fields(ModelSettings)}
    return {
        model: ModelSettings(**_table(fields, f'{file}: [models."{model}"]', table)) for model, table in tables.items()
    }


def _table(fields: Mapping[str, FieldInfo], where: str, table: object) -> dict[str, Any]:
    """The checked values of one table of the file."""
    if not isinstance(table, dict):
        raise SettingsError(f"{where} is a table of settings; write each on a line of its own under it")
    return {name: _checked(fields, where, name, value) for name, value in table.items()}


def _is_table(table: object) -> bool:
    """Whether it holds settings alone; `[models.openai.x]`, without quotation marks, is a table in another."""
    return isinstance(table, dict) and not any(isinstance(value, dict) for value in table.values())


def _checked(fields: Mapping[str, FieldInfo], where: str, name: str, value: object) -> Any:
    field = fields.get(name)
    if field is None:
        raise SettingsError(f"{where}: no setting is called {name!r}; there are: {', '.join(fields)}")
    try:
        return msgspec.convert(value, field.type, strict=not isinstance(value, str))
    except msgspec.ValidationError:
        allowed = next(meta.description for meta in field.type.__metadata__ if isinstance(meta, Meta))
        unsaid = name in _UNSAID or isinstance(value, dict | list)
        said = name if unsaid else f"{name} is {value!r}, but"
        raise SettingsError(f"{where}: {said} must be {allowed}") from None
