"""What a user may set of a language model: `[models."PROVIDER:NAME"]` in onrecord.toml."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from qa.answer import Style

_Address = Annotated[str, Meta(pattern="^https?://")]
_Filled = Annotated[str, Meta(min_length=1)]
_Variable = Annotated[str, Meta(pattern=r"^[A-Za-z_]\w*$")]
_Patience = Annotated[float, Meta(gt=0, le=3600)]
_Longest = Annotated[float, Meta(gt=0, le=86400)]
_Context = Annotated[int, Meta(ge=512)]


class ModelSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Of one model; whatever is None is left to the provider. Each type says in words what is allowed.

    `base_url`: the server's address. `api_key`: its key, or `api_key_variable`: the variable of the
    environment that holds it. `context`: tokens of prompt and reply together, where the server does
    not say. `reply`: tokens of a reply at most. `patience`: seconds until the first words, and
    between two pieces of a reply. `longest`: seconds of a whole reply.
    """

    style: Annotated[Style | None, Meta(description="quotes or prose")] = None
    base_url: Annotated[_Address | None, Meta(description="an address with http:// or https://")] = None
    api_key: Annotated[_Filled | None, Meta(description="a text")] = None
    api_key_variable: Annotated[_Variable | None, Meta(description="the name of a variable")] = None
    context: Annotated[_Context | None, Meta(description="a whole number from 512")] = None
    reply: Annotated[int, Meta(ge=16, description="a whole number from 16")] = 700
    patience: Annotated[_Patience | None, Meta(description="a number above 0, up to 3600")] = None
    longest: Annotated[_Longest | None, Meta(description="a number above 0, up to 86400")] = None
