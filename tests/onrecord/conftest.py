"""The command line as a user runs it: whole processes, over an archive of a few small transcripts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

TRANSCRIPTS: tuple[dict[str, Any], ...] = (
    {
        "id": "hearing",
        "title": "Hearing on the Kestrel Bridge",
        "date": "2024-02-06",
        "collection": "council",
        "speakers": [{"label": "MR. OAKES", "name": "Ruben Oakes"}, {"label": "MAYOR SMITH", "name": "Anna Smith"}],
        "turns": [
            {"label": "MAYOR SMITH", "text": "The bridge will be closed for ten weeks in the summer."},
            {"label": "Q", "text": "What does the bridge cost?"},
            {"label": "MR. OAKES", "text": "The renewal of the bridge costs 42 million crowns."},
        ],
    },
    {
        "id": "debate",
        "title": "Mayoral debate",
        "date": "2025-05-12",
        "speakers": [{"label": "MR. SMITH", "name": "Peter Smith"}],
        "turns": [{"label": "MR. SMITH", "text": "The bridge costs 61 million crowns, and nobody told us."}],
    },
    {
        "id": "podcast",
        "turns": [
            {
                "label": "HOST",
                "text": "The ferry carried 214,000 passengers in the summer.",
                "start": 3725.0,
                "end": 3731.5,
            }
        ],
    },
)


class Done(Struct, frozen=True):
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output; anything else there is an error."""
        return json.loads(self.out)


class Program(Struct, frozen=True):
    """`onrecord` over the archive in `folder`, embedded by the tiny model. No command may end in a traceback."""

    folder: Path

    def __call__(self, *arguments: str | Path, **env: str) -> Done:
        command = [*self.command, *map(str, arguments)]
        ended = subprocess.run(command, capture_output=True, env=self.environment | env, stdin=subprocess.DEVNULL)
        err = ended.stderr.decode()
        assert "Traceback" not in err, err
        return Done(ended.returncode, ended.stdout.decode(), err)

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "onrecord"]

    @property
    def environment(self) -> dict[str, str]:
        foreign = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
        kept = {name: os.environ[name] for name in ("ONRECORD_CACHE",) if name in os.environ}
        return foreign | kept | {"ONRECORD_DATA": str(self.folder), "ONRECORD_EMBEDDING": "tiny", "COLUMNS": "80"}

    def write(self, folder: str, *transcripts: dict[str, Any]) -> Path:
        """A folder beside the archive with a file for each of `transcripts`."""
        made = self.folder.parent / folder
        made.mkdir(parents=True, exist_ok=True)
        for one in transcripts or TRANSCRIPTS:
            (made / f"{one['id']}.json").write_text(json.dumps(one))
        return made

    def transcript(self, id: str) -> dict[str, Any]:
        """As it is written to a file."""
        return next(one for one in TRANSCRIPTS if one["id"] == id)


@pytest.fixture
def onrecord(tmp_path: Path) -> Program:
    """Over an archive of the test's own, empty at first."""
    return Program(tmp_path / "archive")


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Over an archive that holds the three transcripts; tests only read it."""
    program = Program(tmp_path_factory.mktemp("stored") / "archive")
    assert program("ingest", program.write("files")).status == 0
    return program
