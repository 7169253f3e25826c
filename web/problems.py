"""Errors as answers: problem details (RFC 9457), for programs; never a path, a stack or a token in them.

In: what was raised. Out: `application/problem+json` with a status, what went wrong, and for a field
of the request which one. What nobody foresaw is logged with its trace, and the answer says only
that; what an operator has to mend is logged as it is said.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct

import index.errors
from index.errors import InvalidTranscript, OnrecordError, ReadingError, StoreBusy, UnknownTranscript, Unreadable
from qa.errors import ModelError, ModelTooSlow, QuestionRefused, UnknownModel
from web.listing import BadCursor
from web.pages.errors import error_page, wants_page
from web.shared_answers import UnknownAnswer

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
    title = HTTPStatus(status).phrase if status in _KNOWN else "Error"
    return Problem(type="about:blank", title=title, status=status, detail=detail, errors=errors)


_KNOWN = frozenset(map(int, HTTPStatus))

_STATUS: tuple[tuple[type[OnrecordError], int], ...] = (
    (UnknownTranscript, 404),
    (UnknownAnswer, 404),
    (QuestionRefused, 400),
    (BadCursor, 400),
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
_OF_FILTERS = {"since": "filters.since", "until": "filters.until"}
"""Fields as a request has them, where the words for a command line leave out what they stand in."""


def of_error(error: Exception) -> Problem:
    """What is said of `error`."""
    if isinstance(error, OnrecordError):
        return _ours(error)
    if isinstance(error, ValidationException):
        fields = tuple(_fields(error.extra))
        return problem(400, "; ".join(f"{one.field}: {one.detail}" for one in fields) or error.detail, fields)
    if isinstance(error, HTTPException):
        return problem(error.status_code, error.detail)
    log.error("a request failed", exc_info=error)
    return problem(500, "Something went wrong here; the log says what.")


def _ours(error: OnrecordError) -> Problem:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        said = without_paths(str(error))
        log.warning("a request failed: %s", said)
        return problem(status, said)
    named = _FIELD.match(str(error)) if status == HTTPStatus.BAD_REQUEST else None
    if named is None:
        return problem(status, str(error))
    field = _OF_FILTERS.get(named[1], named[1])
    return problem(status, f"{field}: {named[2]}", (FieldProblem(field, named[2]),))


_PATH = re.compile(r"(?<![\w.:/~-])(?:~|[A-Za-z]:)?(?:[/\\][^\s/\\:;,'\"“”()]+)+[/\\]?")


def without_paths(message: str) -> str:
    """`message` with only the last name of each path of this machine."""
    return _PATH.sub(lambda path: re.split(r"[/\\]", path.group().rstrip("/\\"))[-1], message)


def _fields(extra: Any) -> list[FieldProblem]:
    """The fields that a validation names; Litestar calls a body `data`."""
    if not isinstance(extra, list):
        return []
    named = [(str(one.get("key") or "body"), str(one.get("message", ""))) for one in extra]
    return [
        FieldProblem("body", "it is missing") if field == "data" else FieldProblem(field, message.replace("`", ""))
        for field, message in named
    ]


def answered(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The answer to a request that raised `error`; a page for whoever reads pages."""
    said = of_error(error)
    headers = dict(getattr(error, "headers", None) or {})
    if isinstance(error, StoreBusy):
        headers["Retry-After"] = "5"
    if wants_page(request):
        shown = error_page(request, said.status, said.title, said.detail)
        return Response(shown, status_code=said.status, media_type=MediaType.HTML, headers=headers)
    return Response(said, status_code=said.status, media_type=MEDIA_TYPE, headers=headers)


HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]] = {
    HTTPException: answered,
    OnrecordError: answered,
    Exception: answered,
}
"""For the application."""
