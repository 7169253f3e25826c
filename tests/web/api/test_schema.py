"""The description of the calls, and a server that keeps to it whatever it is sent.

ONRECORD_SCHEMA_EXAMPLES says how many requests of each kind, right and wrong, each call is tried with.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from qa.answer import Answer
from web.schema import examples

EXAMPLES = int(os.environ.get("ONRECORD_SCHEMA_EXAMPLES", "15"))

CALLS = (
    "POST /api/questions",
    "POST /api/search",
    "POST /api/check",
    "POST /api/receipts/verify",
    "POST /api/answers",
    "GET /api/answers/{id}",
    "GET /api/transcripts",
    "POST /api/transcripts",
    "GET /api/transcripts/{id}",
    "DELETE /api/transcripts/{id}",
    "GET /api/jobs",
    "GET /api/jobs/{id}",
    "GET /api/speakers",
    "GET /api/collections",
    "GET /api/models",
    "GET /health/live",
    "GET /health/ready",
)


UNTOLD = {
    "POST /api/transcripts": [positive_data_acceptance],
    "GET /api/transcripts": [negative_data_rejection],
}
"""What a description has no words for: fields that contradict each other; in an address, as in a form, all is text."""

FORM = "multipart/form-data"


@pytest.fixture(scope="module")
def own_server(archive: Path, tmp_path_factory: pytest.TempPathFactory, serve_all: Any) -> Any:
    """One whose archive may change."""
    return serve_all(shutil.copytree(archive, tmp_path_factory.mktemp("fuzzed") / "archive"))


@pytest.fixture(scope="module")
def described(own_server: Any) -> Any:
    """The description, as schemathesis reads it."""
    refused = {"expected-statuses": ["400", "404", "413", "415", "422"]}
    config = SchemathesisConfig.from_dict(
        {"generation": {"allow-x00": False}, "checks": {"negative_data_rejection": refused}}
    )
    return schemathesis.openapi.from_url(f"{own_server.url}schema/openapi.json", config=config)


def test_every_call_is_tried(described: Any) -> None:
    assert sorted(one.ok().label for one in described.get_all_operations()) == sorted(CALLS)


def whole_numbers(body: Any) -> Any:
    """`body` with 3 for 3.0, which is the same to JSON Schema and not to a reader that guesses nothing."""
    if isinstance(body, dict):
        return {name: whole_numbers(value) for name, value in body.items()}
    if isinstance(body, list):
        return [whole_numbers(value) for value in body]
    return int(body) if isinstance(body, float) and body.is_integer() and abs(body) < 2**53 else body


def in_order(body: Any) -> Any:
    """`body` whose times end after they begin."""
    if isinstance(body, list):
        return [in_order(value) for value in body]
    if not isinstance(body, dict):
        return body
    ordered = {name: in_order(value) for name, value in body.items()}
    if isinstance(body.get("since"), str) and isinstance(body.get("until"), str):
        ordered["since"], ordered["until"] = sorted((body["since"], body["until"]))
    return ordered


TRIED = [(call, GenerationMode.POSITIVE) for call in CALLS] + [
    (call, GenerationMode.NEGATIVE) for call in CALLS if call.startswith("POST") or call == "GET /api/transcripts"
]
"""Nothing can be wrong about a call that takes nothing, or any word as an id."""


@pytest.mark.parametrize(("call", "mode"), TRIED, ids=[f"{call} {mode.value}" for call, mode in TRIED])
def test_the_server_keeps_to_its_description(described: Any, call: str, mode: GenerationMode) -> None:
    method, path = call.split()
    operation = described[path][method]

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def holds(case: Any) -> None:
        if mode == GenerationMode.POSITIVE:
            (case.query or {}).pop("cursor", None)  # One that was given here can't be made up.
            case.query = in_order(case.query)
            case.body = in_order(whole_numbers(case.body))
        untold = [*UNTOLD.get(call, ()), *((negative_data_rejection,) if case.media_type == FORM else ())]
        case.call_and_validate(excluded_checks=untold)

    holds()


def test_every_call_has_a_summary_and_true_examples(own_server: Any) -> None:
    """Each example is what the description allows, and each request of an example is answered."""
    document = own_server.client.get("schema/openapi.json").json()
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"]
            assert operation["description"].endswith(".")
            response = (
                next(
                    one["content"]["application/json"]
                    for status, one in operation["responses"].items()
                    if status in ("200", "201") and "content" in one
                )
                if method != "delete"
                else {"schema": {}, "example": None}
            )
            sound(document, response)
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                request = operation["requestBody"]["content"]["application/json"]
                sound(document, request)
                sent = own_server.client.request(method, path.lstrip("/"), json=request["example"])
                assert sent.status_code in (200, 201, 404), sent.text
                assert (sent.status_code == 404) == (path == "/api/answers"), sent.text


def sound(document: dict[str, Any], content: dict[str, Any]) -> None:
    """Whether the example of `content` is as its schema says."""
    schema = {**content["schema"], "components": document["components"]}
    jsonschema_rs.Draft202012Validator(schema).validate(content["example"])


def test_an_example_of_an_answer_has_every_field() -> None:
    shown = examples()
    *_, done = re.findall(r"^data: (.*)$", shown["events"], re.MULTILINE)
    whole = (shown["ask"]["response"], shown["verify_receipt"]["request"], json.loads(done))
    for one in (*whole, shown["shared_answer"]["response"]["answer"]):
        assert json.loads(msgspec.json.encode(msgspec.convert(one, Answer))) == one


def test_every_failure_is_described(own_server: Any) -> None:
    document = own_server.client.get("schema/openapi.json").json()
    for path, methods in document["paths"].items():
        for operation in methods.values() if path.startswith("/api/") else ():
            failures = {status: one for status, one in operation["responses"].items() if status >= "400"}
            assert {"400", "401", "403", "421", "429", "431", "500", "503"} <= set(failures)
            for status in ("408", "413", "415"):
                assert (status in failures) == ("requestBody" in operation)
            for one in failures.values():
                assert list(one["content"]) == ["application/problem+json"]


def test_the_description_needs_nothing_from_elsewhere(own_server: Any) -> None:
    for path in ("schema", "schema/openapi.json"):
        response = own_server.client.get(path)
        assert response.headers["content-type"] == "application/json"
        assert "://" not in response.text.replace("http://127.0.0.1", "")
