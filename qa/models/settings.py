"""What a user may set of a language model: `[models."PROVIDER:NAME"]` in onrecord.toml."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from qa.answer import Style


class ModelSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Of one model; whatever is None is left to the provider.

    `base_url`: the server's address. `api_key`: its key, or `api_key_variable`: the variable of the
    environment that holds it. `context`: tokens of prompt and reply together, where the server does
    not say. `reply`: tokens of a reply at most. `patience`: seconds until the first words, and
    between two pieces of a reply. `longest`: seconds of a whole reply.
    """

    style: Style | None = None
    base_url: str | None = None
    api_key: str | None = None
    api_key_variable: str | None = None
    context: Annotated[int, Meta(ge=512)] | None = None
    reply: Annotated[int, Meta(ge=16)] = 700
    patience: Annotated[float, Meta(gt=0)] = 30.0
    longest: Annotated[float, Meta(gt=0)] = 180.0
