"""What was stored, loaded before the next question needs it, which would else wait for it."""

from __future__ import annotations

import asyncio
import logging

from index.errors import OnrecordError
from index.store import LocalStore
from web.problems import without_paths

log = logging.getLogger(__name__)


class Refreshing:
    """Of `store`, in a thread; what changes meanwhile is loaded after it, at once however often it changed."""

    def __init__(self, store: LocalStore) -> None:
        self._store = store
        self._stale = False
        self._loading: asyncio.Task[None] | None = None

    def soon(self) -> None:
        """Something was stored or removed."""
        self._stale = True
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load())

    async def close(self) -> None:
        """Return when nothing is being loaded."""
        self._stale = False
        if self._loading:
            await self._loading

    async def _load(self) -> None:
        while self._stale:
            self._stale = False
            try:
                await asyncio.to_thread(self._look)
            except OnrecordError as error:
                log.warning("what was stored could not be loaded: %s", without_paths(str(error)))

    def _look(self) -> None:
        view = self._store.view()
        view.ids()
        view.voices()
