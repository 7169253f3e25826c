"""A model that answers when it is let, brought by a package of its own; the questions it was asked stand in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

PROVIDER = '''
"""One model, which waits until a file is there."""

import asyncio
import os
from pathlib import Path

from qa.models import Wrote

FOLDER = Path(os.environ["HELD_FOLDER"])


class Held:
    id, style, styles, streams, offline = "held:up", "quotes", ("quotes",), True, False

    async def reply(self, request):
        with (FOLDER / "asked").open("a") as file:
            file.write(request.asked.text + "\\\\n")
        while not (FOLDER / "let").exists():
            await asyncio.sleep(0.01)
        yield Wrote("[%d.%d]\\\\n" % request.shown[0].sentences[0].number)

    async def rewrite(self, question, history):
        return None


def load(name, settings):
    return Held()


def needs(settings):
    return []
'''.replace("\\\\", "\\")


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """Its package: `asked` in it has a line for each question begun, `let` lets them be answered."""
    folder = tmp_path / "held"
    folder.mkdir()
    (folder / "held_models.py").write_text(PROVIDER)
    facts = folder / "held_models-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: held-models\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[onrecord.models]\nheld = held_models\n")
    return folder
