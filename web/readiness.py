"""Readiness: the index and the embedding model, loaded before the first question comes."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable
from weakref import ref

from index.errors import OnrecordError
from index.search import Search
from index.store import View

log = logging.getLogger(__name__)


class Readiness:
    """Whether `search` can answer at once. An archive without passages needs no model, and is ready.

    `models` gives those that can be asked: what they are made of is imported then, not when a question waits.
    `told` makes what the first page tells of the archive, so that who comes first need not wait for it.
    """

    def __init__(self, search: Search, models: Callable[[], object], told: Callable[[View], object]) -> None:
        self._search = search
        self._models = models
        self._told = told
        self._problem: str | None = "the index and the embedding model are being loaded"
        self._loading: asyncio.Task[None] | None = None
        self._empty = False
        self._looked_in: Callable[[], View | None] = lambda: None
        """The archive as it was when something was last found in it."""

    def load(self) -> asyncio.Task[None]:
        """Begin to load, unless it is loading. In the event loop."""
        if self._loading is None or self._loading.done():
            self._loading = asyncio.create_task(self._load())
        return self._loading

    async def problem(self) -> str | None:
        """Why not, in words for an operator; None where it is ready.

        What failed is tried again, and what is loaded is looked at again: an archive may be damaged or
        made anew while the server runs. Anybody may ask, so however many do at once, it is looked at once.
        """
        if self._empty and await asyncio.to_thread(self._holds_passages):
            self._empty, self._problem = False, "the embedding model is being loaded"
        if self._problem is not None:
            self.load()
        elif not self._empty:
            await asyncio.wait((self.load(),))
        return self._problem

    async def _load(self) -> None:
        try:
            self._empty = not await asyncio.to_thread(self._loaded)
        except OnrecordError as error:
            self._problem = str(error)
        except Exception:
            log.exception("the index or the embedding model could not be loaded")
            self._problem = "the index or the embedding model could not be loaded; the log says why"
        else:
            if self._problem is not None:
                # What is loaded stays: to look through it for garbage took a tenth of a second each time.
                gc.collect()
                gc.freeze()
            self._problem = None

    def _loaded(self) -> bool:
        """Look something up, which loads what that needs; False where there is nothing to look in.

        Where the archive is the one that was looked in before, a passage is read, and nothing embedded.
        """
        self._models()
        view = self._search.view()
        self._tell(view)
        if view is self._looked_in():
            return bool(view.passages(view.ids()[:1].tolist()))
        found = self._search.find("who said what, and when?", k=1, view=view)
        self._looked_in = ref(view)
        return bool(found.passages)

    def _tell(self, view: View) -> None:
        try:
            self._told(view)
        except Exception:  # Whatever it is: questions are answered all the same.
            log.exception("what the first page tells could not be made")

    def _holds_passages(self) -> bool:
        return len(self._search.view().ids()) > 0
