"""A small set over the samples, for whole runs: of real transcripts, by the small embedder, as a user starts them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from msgspec import Struct

SAMPLES = Path(__file__).resolve().parents[3] / "samples"

QUESTIONS: tuple[dict[str, object], ...] = (
    {
        "id": "cost",
        "question": "How much did Petra Lindquist ask the council to plan with?",
        "answers": ["58.4 million crowns"],
        "evidence": [{"transcript": "2024-02-06-council-hearing", "quote": "The cost that I ask you to plan with is"}],
        "kind": "how_much",
    },
    {
        "id": "closed",
        "question": "What did Mayor Varley promise about closing the bridge?",
        "filters": {"speakers": ["Edith Varley"]},
        "evidence": [
            {"transcript": "2023-03-14-bridge-groundbreaking", "quote": "bridge will not be closed for a single day"}
        ],
        "kind": "what",
    },
    {"id": "moon", "question": "When did Varley fly to Mars?", "answerable": False, "kind": "when", "trap": "absent"},
    {
        "id": "and-when",
        "question": "And how long?",
        "history": [{"question": "When does the Kestrel Bridge close?", "answer": "It closes in June. [1]"}],
        "spelled_out": "For how long does the Kestrel Bridge close?",
        "evidence": [
            {"transcript": "2024-02-08-press-briefing", "quote": "closed to all vehicles from June 10 for ten weeks"}
        ],
        "kind": "how_long",
    },
)


class Set(Struct, frozen=True):
    """A dataset of one's own, where its archive is kept, and how it is run. Every question costs milliseconds."""

    folder: Path
    cache: Path
    env: dict[str, str]

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "onrecord", "eval", *map(str, arguments)]

    def run(self, into: Path, *arguments: str | Path) -> list[str]:
        """The command that makes a run."""
        return self.command("run", self.folder, "--into", into, "--cache", self.cache, *arguments)

    def __call__(self, command: list[str], status: int = 0, **env: str) -> str:
        """Standard output of a command that ends with `status` and no traceback."""
        ended = subprocess.run(command, capture_output=True, text=True, env=self.env | env, check=False)
        assert "Traceback" not in ended.stderr, ended.stderr
        assert ended.returncode == status, ended.stderr
        return ended.stdout if status == 0 else ended.stderr


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Set:
    folder = tmp_path_factory.mktemp("set")
    shutil.copytree(SAMPLES, folder / "transcripts")
    lines = [json.dumps(one) for one in QUESTIONS]
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    return Set(folder, folder / "cache", env | {"ONRECORD_EMBEDDING": "tiny"})


@pytest.fixture(scope="session")
def whole(small: Set, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run that nothing disturbed."""
    into = tmp_path_factory.mktemp("runs") / "whole"
    small(small.run(into))
    return into


@pytest.fixture(scope="session")
def server(small: Set, whole: Path) -> Iterator[str]:  # noqa: ARG001 (the run makes the archive)
    """A server over the archive that the first run made."""
    (archive,) = (one for one in small.cache.iterdir() if one.is_dir())
    command = [sys.executable, "-m", "onrecord", "--data", str(archive), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=small.env) as running:
        assert running.stderr is not None
        address = next((found[1] for line in running.stderr if (found := re.search(r"at (http://\S+)", line))), None)
        drained = Thread(target=deque, args=(running.stderr, 0))
        drained.start()
        assert address is not None
        yield address.rstrip("/")
        running.terminate()
        drained.join()
