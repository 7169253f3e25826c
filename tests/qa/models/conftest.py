"""A scripted server, and requests over the small archive of the tests beside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing
from pathlib import Path
from threading import Thread

import pytest

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.search import Search
from index.store import open_store
from qa.answer import Style
from qa.models import Mistake, Model, Request, Said
from qa.question import understand
from qa.shown import show
from tests.qa.models.servers import Scripted


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as scripted:
        thread = Thread(target=scripted.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield scripted
        scripted.shutdown()
        thread.join()


Asking = Callable[..., Request]


@pytest.fixture(scope="session")
def asking(archive: Path) -> Asking:
    """Makes a request over all passages that are found for a question."""
    search = Search(open_store(archive), TinyEmbedder)

    def make(
        text: str = "What do the repairs cost?", style: Style = "prose", mistakes: tuple[Mistake, ...] = ()
    ) -> Request:
        view = search.view()
        found = search.find(text, Filters(), 10, view)
        shown = show(found.passages, [view.transcript(one.stored.transcript_id) for one in found.passages], None)
        return Request(understand(text, view.voices(), view.summaries()), found, shown, style, mistakes)

    return make


async def _said(model: Model, request: Request, most: int) -> list[Said]:
    said: list[Said] = []
    async with aclosing(model.reply(request)) as reply:
        async for one in reply:
            said.append(one)
            if len(said) == most:
                break
    return said


@pytest.fixture
def hear() -> Callable[..., list[Said]]:
    """Everything a model says to a request, or the first so many."""

    def all_of(model: Model, request: Request, most: int = 0) -> list[Said]:
        return asyncio.run(_said(model, request, most))

    return all_of
