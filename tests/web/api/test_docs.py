"""docs/http.md is true: each of its requests is sent to a server over the samples, and answered as it says."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from web.problems import Problem

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PAGE = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")
EMBEDDING = {"ONRECORD_EMBEDDING": "all-MiniLM-L6-v2"}

REST = "…"
"""In an answer: what is left out."""

OF_ITS_TIME = {"asked_at", "version", "generation", "timings", "sureness"}
"""What is another each time."""

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ID = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}")


@pytest.fixture(scope="module")
def documented(serve_all: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server over the samples, embedded by the bundled model as a reader's are."""
    folder = tmp_path_factory.mktemp("documented") / "archive"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    kept = {name: os.environ[name] for name in ("ONRECORD_CACHE",) if name in os.environ}
    command = [sys.executable, "-m", "onrecord", "--data", str(folder), "ingest", str(ROOT / "samples")]
    subprocess.run(command, check=True, capture_output=True, env=environment | kept | EMBEDDING)
    return serve_all(folder, **EMBEDDING)


class Reader:
    """Sends what the page says, in its order; what is called so and so there has another id here."""

    def __init__(self, client: httpx2.Client) -> None:
        self._client = client
        self._ids: dict[str, str] = {}
        self._files: dict[str, str] = {}

    def send(self, command: str) -> httpx2.Response:
        """What a curl command gives."""
        program, *words = shlex.split(command.replace("\\\n", " "))
        assert program == "curl"
        headers, form, files, body, method, kept, address = {}, {}, {}, None, "", "", ""
        options = iter(words)
        for word in options:
            if word == "-H":
                name, _, value = next(options).partition(": ")
                headers[name] = value
            elif word == "-d":
                body = next(options)
                body = self._files[body.removeprefix("@")] if body.startswith("@") else self._here(body)
            elif word == "-F":
                name, _, value = next(options).partition("=")
                if value.startswith("@"):
                    path = ROOT / value.removeprefix("@")
                    files[name] = (path.name, path.read_bytes())
                else:
                    form[name] = value
            elif word == "-X":
                method = next(options)
            elif word == "-o":
                kept = next(options)
            elif word != "-N":
                address = self._here(word).removeprefix("http://127.0.0.1:8000/")
        method = method or ("POST" if body or files else "GET")
        content = body.encode() if body else None
        response = self._client.request(
            method, address, headers=headers, content=content, data=form or None, files=files or None
        )
        if kept:
            self._files[kept] = response.text
        return response

    def _here(self, text: str) -> str:
        for id, ours in self._ids.items():
            text = text.replace(id, ours)
        return text

    def differences(self, said: Any, true: Any, at: str = "") -> list[str]:
        """Where `true` is not as the page says."""
        if said == REST:
            return []
        if isinstance(said, str) and isinstance(true, str) and _ID.fullmatch(said) and _ID.fullmatch(true):
            return [] if self._ids.setdefault(said, true) == true else [f"{at}: another id"]
        if isinstance(said, dict) and isinstance(true, dict):
            unsaid = set(true) - set(said) if REST not in said else set()
            both = [name for name in said if name in true]
            return [f"{at}.{name}: unsaid" for name in unsaid] + [
                *(f"{at}.{name}: not there" for name in said if name not in true and name != REST),
                *(one for name in both if name not in OF_ITS_TIME for one in self._within(said, true, name, at)),
            ]
        if isinstance(said, list) and isinstance(true, list):
            if said and said[-1] == REST:
                said, true = said[:-1], true[: len(said) - 1]
            if len(said) != len(true):
                return [f"{at}: {len(true)} of them"]
            return [
                one for here, (a, b) in enumerate(zip(said, true)) for one in self.differences(a, b, f"{at}[{here}]")
            ]
        if isinstance(said, str):
            said = self._here(said)
        return [] if said == true else [f"{at}: {true!r}"]

    def _within(self, said: dict[str, Any], true: dict[str, Any], name: str, at: str) -> list[str]:
        return self.differences(said[name], true[name], f"{at}.{name}")


def test_every_request_is_answered_as_the_page_says(documented: Any) -> None:
    reader = Reader(documented.client)
    blocks = _BLOCK.findall(PAGE)
    requests = [at for at, (kind, _) in enumerate(blocks) if kind == "sh"]
    assert len(requests) >= 15
    for at in requests:
        response = reader.send(blocks[at][1])
        kind, said = blocks[at + 1] if at + 1 < len(blocks) else ("", "")
        if kind == "json":
            true = response.json()
            assert reader.differences(json.loads(said), true) == [], blocks[at][1]
        elif kind == "events":
            assert response.headers["content-type"].startswith("text/event-stream")
            assert reader.differences(events(said), events(response.text)) == []
        else:
            assert response.status_code == 204


def events(text: str) -> list[Any]:
    """Each event's name and data."""
    lines = text.replace("\r\n", "\n").split("\n")
    names = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
    contents = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    return [list(one) for one in zip(names, contents, strict=True)]


def test_every_call_and_status_is_on_the_page(documented: Any) -> None:
    described = documented.client.get("schema/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}`" in PAGE or f"{method.upper()} {path}," in PAGE, (method, path)
            for status in operation["responses"]:
                assert re.search(rf"\b{status}\b", PAGE), status


def test_every_field_of_a_request_and_a_problem_is_on_the_page(documented: Any) -> None:
    schemas = documented.client.get("schema/openapi.json").json()["components"]["schemas"]
    names = {name for kind in ("Ask", "Query", "Text", "Share", "Filters") for name in schemas[kind]["properties"]}
    assert {
        name for name in names | {*Problem.__struct_fields__} if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE
    } == set()


def test_every_event_is_on_the_page() -> None:
    for name in ("understood", "retrieved", "sentence", "dropped", "done", "error"):
        assert f"| `{name}` |" in PAGE
