"""The description of the calls, and a server that keeps to it whatever it is sent.

ONRECORD_SCHEMA_EXAMPLES says how many requests of each kind, right and wrong, each call is tried with.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

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
"""What a description has no words for: fields that contradict each other; in an address everything is text."""


@pytest.fixture(scope="module")
def own_server(archive: Path, tmp_path_factory: pytest.TempPathFactory, serve_all: Any) -> Any:
    """One whose archive may change."""
    return serve_all(shutil.copytree(archive, tmp_path_factory.mktemp("fuzzed") / "archive"))


@pytest.fixture(scope="module")
def described(own_server: Any) -> Any:
    """The description, as schemathesis reads it."""
    config = SchemathesisConfig.from_dict({"generation": {"allow-x00": False}})
    return schemathesis.openapi.from_url(f"{own_server.url}schema/openapi.json", config=config)


def test_every_call_is_tried(described: Any) -> None:
    assert sorted(one.ok().label for one in described.get_all_operations()) == sorted(CALLS)


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
        case.call_and_validate(excluded_checks=UNTOLD.get(call, []))

    holds()
