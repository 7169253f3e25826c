"""Errors in the shape of OpenAI's protocol: `{"error": {"message", "type", "param", "code"}}`, with the same status."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from msgspec import Struct

from index.errors import OnrecordError
from qa.errors import UnknownModel
from web import problems
from web.problems import Problem

_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}

_FIELDS = {"question": "messages", "history": "messages"}
"""Fields of a question, as the protocol has them."""


class Refusal(Struct, frozen=True):
    """What went wrong. `param` names the field of the request, `code` what a program can go by."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class Refused(Struct, frozen=True):
    """As it is sent."""

    error: Refusal


def refusal(said: Problem) -> Refused:
    """`said`, in the protocol's shape."""
    kind = _TYPES.get(said.status, "invalid_request_error" if said.status < 500 else "server_error")
    field = said.errors[0].field if said.errors else None
    return Refused(Refusal(said.detail, kind, _FIELDS.get(field or "", field)))


def refused(error: Exception) -> tuple[int, Refused]:
    """The status of `error` and what is said of it; a model that is not there is a 404, as OpenAI has it."""
    said = problems.of_error(error)
    if isinstance(error, UnknownModel):
        return 404, Refused(Refusal(said.detail, "invalid_request_error", "model", "model_not_found"))
    return said.status, refusal(said)


def answered(request: Request[Any, Any, Any], error: Exception) -> Response[Refused]:  # noqa: ARG001 (Litestar's)
    """The answer to a request that raised `error`."""
    status, said = refused(error)
    return Response(said, status_code=status, headers=getattr(error, "headers", None) or {})


HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]] = {
    HTTPException: answered,
    OnrecordError: answered,
    Exception: answered,
}
"""For the routes of the protocol."""
