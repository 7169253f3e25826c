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
        "source": "https://radio.example/ferry",
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


PROVIDER = '''
"""Models of another package. Each does what its name says."""

import os

from qa.errors import ModelBrokeOff
from qa.models import Declined, Wrote


class Scripted:
    style, styles, streams, offline = "prose", ("quotes", "prose"), True, False

    def __init__(self, name, settings):
        self.id, self.name = f"scripted:{name}", name
        self.style = settings.style or self.style

    async def reply(self, request):
        if self.name == "breaks-off":
            raise ModelBrokeOff(f"{self.id}: its server went away; start it again")
        if self.name == "declines":
            yield Declined("model_declined", "The model finds no answer.")
            return
        sentences = [sentence for passage in request.shown for sentence in passage.sentences]
        (number,) = [one.number for one in sentences if "42 million" in one.text]
        marker = "[%d.%d]" % number
        if request.style == "quotes":
            yield Wrote(marker + "\\n")
            return
        for mistake in request.mistakes:
            yield Wrote("DROP\\n")
        if not request.mistakes:
            yield Wrote(f"The renewal costs 42 million crowns {marker}. ")
            yield Wrote(f"The renewal costs 61 million crowns {marker}.")

    async def rewrite(self, question, history):
        return None


def load(name, settings):
    return Scripted(name, settings)


def needs(settings):
    return ["set SCRIPTED_SERVER"] if "SCRIPTED_DOWN" in os.environ else []
'''


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


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with another package installed that brings providers: `scripted`, and one that is broken."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "scripted_models.py").write_text(PROVIDER)
    facts = folder / "scripted_models-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: scripted-models\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(
        "[onrecord.models]\nscripted = scripted_models\nbroken = no_such_module\n"
    )
    return {"PYTHONPATH": str(folder)}
