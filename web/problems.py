"""Errors as answers: problem details (RFC 9457), for programs; never a path, a stack or a token in them.

In: what was raised. Out: `application/problem+json` with a status, what went wrong, and for a field
of the request which one. What nobody foresaw is logged, and the answer says only that.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct

import index.errors
from index.errors import InvalidTranscript, OnrecordError, ReadingError, StoreBusy, UnknownTranscript, Unreadable
from qa.errors import ModelError, ModelTooSlow, QuestionRefused, UnknownModel

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class FieldProblem(Struct, frozen=True):
    """What is wrong with one field of a request."""

    field: str
    detail: str


class Problem(Struct, frozen=True, omit_defaults=True):
    """RFC 9457. `errors` name the fields that are not as they must be."""

    type: str
    title: str
    status: int
    detail: str
    errors: tuple[FieldProblem, ...] = ()


def problem(status: int, detail: str, errors: tuple[FieldProblem, ...] = ()) -> Problem:
    """A problem whose title is what its status is called."""
    return Problem(type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors)


_STATUS: tuple[tuple[type[OnrecordError], int], ...] = (
    (UnknownTranscript, 404),
    (QuestionRefused, 400),
    (UnknownModel, 400),
    (ModelTooSlow, 504),
    (ModelError, 502),
    (InvalidTranscript, 400),
    (Unreadable, 422),
    (ReadingError, 415),
    (index.errors.ModelError, 503),
    (index.errors.StoreError, 503),
)
"""The first that an error is one of."""

_FIELD = re.compile(r"^(\w+): (.+)$", re.DOTALL)


def of_error(error: Exception) -> Problem:
    """What is said of `error`."""
    if isinstance(error, OnrecordError):
        status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
        named = _FIELD.match(str(error)) if status == HTTPStatus.BAD_REQUEST else None
        return problem(status, str(error), (FieldProblem(named[1], named[2]),) if named else ())
    if isinstance(error, ValidationException):
        return problem(400, error.detail, tuple(_fields(error.extra)))
    if isinstance(error, HTTPException):
        return problem(error.status_code, error.detail)
    log.error("a request failed", exc_info=error)
    return problem(500, "Something went wrong here; the log says what.")


def _fields(extra: Any) -> list[FieldProblem]:
    """The fields that Litestar's validation names."""
    if not isinstance(extra, list):
        return []
    return [FieldProblem(str(one.get("key") or "body"), str(one.get("message", ""))) for one in extra]


def answered(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:  # noqa: ARG001 (Litestar's)
    """The answer to a request that raised `error`."""
    said = of_error(error)
    headers = dict(getattr(error, "headers", None) or {})
    if isinstance(error, StoreBusy):
        headers["Retry-After"] = "5"
    return Response(said, status_code=said.status, media_type=MEDIA_TYPE, headers=headers)


HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]] = {
    HTTPException: answered,
    OnrecordError: answered,
    Exception: answered,
}
"""For the application."""
