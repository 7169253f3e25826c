"""Models that do what a test needs of them, brought by a package of their own, as anybody's may be."""

from __future__ import annotations

from pathlib import Path

import pytest

PROVIDER = '''
"""Models of another package. Each does what its name says."""

import asyncio
import os
from pathlib import Path

from qa.errors import ModelBrokeOff, ModelTooSlow
from qa.models import Wrote

HOME = "/" + "home/somebody"


class Scripted:
    style, styles, streams, offline = "quotes", ("quotes",), True, False

    def __init__(self, name):
        self.id, self.name = f"scripted:{name}", name

    async def reply(self, request):
        if self.name == "unreachable":
            raise ModelBrokeOff(f"{self.id}: nothing answers there, says {HOME}/.config/model; start it")
        if self.name == "too-slow":
            raise ModelTooSlow(f"{self.id}: nothing came")
        yield Wrote("[%d.%d]\\n" % request.shown[0].sentences[0].number)
        if self.name == "breaks-off":
            raise ModelBrokeOff(f"{self.id}: its server went away; start it again")
        if self.name == "unforeseen":
            raise ValueError(f"token=secret in {HOME}/model.py")
        try:
            await asyncio.to_thread(happened, "waiting")
            await asyncio.Event().wait()
        finally:
            await asyncio.to_thread(happened, "stopping")
            await asyncio.sleep(0)
            await asyncio.to_thread(happened, "stopped")

    async def rewrite(self, question, history):
        return None


def happened(what):
    (Path(os.environ["SCRIPTED_FOLDER"]) / what).touch()


def load(name, settings):
    return Scripted(name)


def needs(settings):
    return []
'''


@pytest.fixture
def scripted(tmp_path: Path) -> dict[str, str]:
    """The variables of a server that finds the models `scripted:NAME`, which tell in files what happens to them."""
    folder = tmp_path / "scripted"
    folder.mkdir()
    (folder / "scripted_models.py").write_text(PROVIDER)
    facts = folder / "scripted_models-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: scripted-models\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[onrecord.models]\nscripted = scripted_models\n")
    return {"PYTHONPATH": str(folder), "SCRIPTED_FOLDER": str(folder)}
