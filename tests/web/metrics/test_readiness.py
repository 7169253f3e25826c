"""Readiness may be asked for by anybody, as often as they like: nothing is embedded for those who ask again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from index.embedding import EmbeddedQuestion
from index.embedding.tiny import TinyEmbedder
from index.search import Search
from index.store import LocalStore, View
from web.pages import asking
from web.readiness import Readiness


class Counting(TinyEmbedder):
    """Counts the questions that it embeds."""

    asked = 0

    def question(self, text: str) -> EmbeddedQuestion:
        self.asked += 1
        return super().question(text)


def test_however_many_ask_it_is_looked_up_once_until_the_archive_changes(own_archive: Path) -> None:
    embedder, store = Counting(), LocalStore(own_archive)
    readiness = Readiness(Search(store, lambda: embedder), lambda: None, lambda _: None)

    async def ask(times: int) -> set[str | None]:
        return set(await asyncio.gather(*(readiness.problem() for _ in range(times))))

    async def asked() -> None:
        while await readiness.problem() is not None:
            await asyncio.sleep(0)
        assert await ask(100) == {None}
        assert await ask(1) == {None}
        assert embedder.asked == 1
        store.remove([store.view().summaries()[0].id])
        assert await ask(100) == {None}
        assert embedder.asked == 2

    asyncio.run(asked())


def test_the_first_page_need_not_make_what_it_tells(own_archive: Path) -> None:
    store = LocalStore(own_archive)

    async def loaded() -> None:
        await Readiness(Search(store, TinyEmbedder), lambda: None, asking.told).load()

    asyncio.run(loaded())
    assert store.view() in asking._told


def test_it_is_ready_also_where_the_page_can_tell_nothing(own_archive: Path) -> None:
    def fails(_: View) -> None:
        raise ValueError

    async def loaded() -> str | None:
        readiness = Readiness(Search(LocalStore(own_archive), TinyEmbedder), lambda: None, fails)
        await readiness.load()
        return await readiness.problem()

    assert asyncio.run(loaded()) is None
