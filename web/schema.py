"""What describes the calls under `/api`: OpenAPI 3.1, as JSON, with nothing fetched from elsewhere.

In: what Litestar makes of the handlers. Out: that, with what it can't know: the bodies held as
strictly as they are read, the ways in which each call can fail, the events of a stream, and an
example of each request and answer (`web/api/examples.json`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from http import HTTPStatus
from importlib import resources
from typing import Any

import msgspec
from litestar import MediaType, Request
from litestar.openapi.plugins import JsonRenderPlugin

from index.reading.canonical import TranscriptForm
from qa.answer import Answer
from qa.checked import Checks
from web.api.answers import Share
from web.api.body import JSON
from web.api.check import Text
from web.api.questions import EVENTS, Ask
from web.api.search import Query
from web.problems import MEDIA_TYPE, Problem

AT_THE_DOOR = (421, 431)
COMMON = (400, 401, 403, 429, 500, 503)
WITH_A_BODY = (408, 413, 415)
WITH_AN_ID = (404,)
OF_ITS_OWN = {"ask": (502, 504), "share": (404,), "add": (422,)}
"""How calls can fail."""

_REFERENCE = "#/components/schemas/{name}"
_TYPES = (Ask, Query, Text, Share, Answer, Checks, Problem, TranscriptForm)
"""Those that msgspec describes as strictly as it reads them."""

_SOMETHING = r"[^\s\x1c-\x1f\x85]"
"""A character that is no white space to Python."""

_EVENTS = (
    "With `Accept: text/event-stream`, one event after another: `understood` (what the question was taken to ask), "
    "`retrieved` (the passages), then `sentence` (a verified sentence and the citations it brings) and `dropped` "
    "(what the model wrote and the record does not bear out) in the order in which they are known. `done` (the whole "
    "answer) or `error` (a problem; what came before it stands) is always the last. Each has JSON as its `data`."
)


class Described(JsonRenderPlugin):
    """Gives the description at `/schema` and `/schema/openapi.json`; `models` are those that can be asked."""

    def __init__(self, models: Sequence[str]) -> None:
        super().__init__(path=["/", "/openapi.json"], media_type=MediaType.JSON)
        self._models = models
        self._written: bytes | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:  # noqa: ARG002 (Litestar's)
        """The description, made when it is first asked for."""
        if self._written is None:
            self._written = msgspec.json.encode(described(openapi_schema, self._models))
        return self._written


def described(made: dict[str, Any], models: Sequence[str]) -> dict[str, Any]:
    """`made`, what Litestar says of the calls, with the rest."""
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(made))
    components = document["components"]
    components["schemas"] |= msgspec.json.schema_components(_TYPES, ref_template=_REFERENCE)[1]
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{}, {"token": []}]
    _tighten(components["schemas"], models)
    for path, operation in _operations(document):
        name = operation["operationId"]
        operation["summary"] = operation["description"].split(". ")[0].split(": ")[0].rstrip(".")
        for parameter in operation.get("parameters", ()):
            for unsaid in ("allowEmptyValue", "allowReserved", "deprecated"):
                parameter.pop(unsaid, None)
            kinds = parameter["schema"].pop("oneOf", ())
            parameter["schema"] |= next((kind for kind in kinds if kind != {"type": "null"}), {})
        if name == "add":
            _describe_adding(operation)
        _add_failures(path, operation)
        if name == "ask":
            stream = {"schema": {"type": "string", "description": _EVENTS}, "example": examples()["events"]}
            operation["responses"]["200"]["content"][EVENTS] = stream
        _add_examples(operation, examples().get(name, {}))
    return document


@cache
def examples() -> dict[str, Any]:
    """By operation, an example of its `request` and its `response`; and of the `events` of a stream."""
    file = resources.files("web").joinpath("api", "examples.json")
    document: dict[str, Any] = msgspec.json.decode(file.read_bytes())
    return document


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def _tighten(schemas: dict[str, Any], models: Sequence[str]) -> None:
    """What is refused for another reason than its type."""
    schemas["Ask"]["properties"]["model"] = {"enum": [*models, None], "default": None}
    for kind, field in (("Ask", "question"), ("Query", "query"), ("Text", "text")):
        schemas[kind]["properties"][field]["pattern"] = _SOMETHING
    for bound in ("since", "until"):
        schemas["Filters"]["properties"][bound] = {"type": ["string", "null"], "format": "date", "default": None}


def _describe_adding(operation: dict[str, Any]) -> None:
    """Its body is read by hand, since it comes in two kinds."""
    form = {
        "type": "object",
        "properties": {
            "file": {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}},
            "collection": {"type": "string"},
            "format": {"type": "string"},
        },
        "required": ["file"],
    }
    operation["requestBody"] = {
        "required": True,
        "content": {JSON: {"schema": {"$ref": _named("TranscriptForm")}}, "multipart/form-data": {"schema": form}},
    }
    operation["responses"] = {
        "201": _response("The transcript was added.", "Summary"),
        "200": _response("The archive has it already, or had another version of it.", "Summary"),
        "202": _response("The files are queued.", "Queued"),
    }


def _add_failures(path: str, operation: dict[str, Any]) -> None:
    statuses = {*AT_THE_DOOR, *OF_ITS_OWN.get(operation["operationId"], ())}
    if path.startswith("/api/"):
        statuses.update(COMMON)
    if "requestBody" in operation:
        statuses.update(WITH_A_BODY)
    if "{" in path:
        statuses.update(WITH_AN_ID)
    for status in sorted(statuses):
        operation["responses"][str(status)] = _response(HTTPStatus(status).phrase, "Problem", MEDIA_TYPE)


def _add_examples(operation: dict[str, Any], known: dict[str, Any]) -> None:
    if "request" in known:
        operation["requestBody"]["content"][JSON]["example"] = known["request"]
    if "response" in known:
        for status, response in operation["responses"].items():
            if status.startswith("2") and status != "202":
                response["content"][JSON]["example"] = known["response"]


def _response(description: str, component: str, media_type: str = JSON) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": {"$ref": _named(component)}}}}


def _named(component: str) -> str:
    return _REFERENCE.format(name=component)
