"""Targets: what questions are put to, in this process or over HTTP; the same archive gives the same figures from both.

In: a question, or a query with filters. Out: an answer, or hits with the milliseconds of each stage.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol, TypeVar

import httpx2
import msgspec
from msgspec import Struct

from index.errors import OnrecordError
from index.filters import Filters
from index.hit import Hit, hit
from index.search import Search
from qa.answer import Answer
from qa.asking import Answerer, Question

_Read = TypeVar("_Read")


class TargetFailed(OnrecordError):
    """A server that does not answer, or not as it should."""


class Found(Struct, frozen=True):
    """The hits, best first; `timings` are milliseconds by stage."""

    hits: tuple[Hit, ...]
    timings: dict[str, float]


class Target(Protocol):
    """What can be asked."""

    async def answer(self, question: Question) -> Answer:
        """The whole answer. TargetFailed, ModelError."""

    async def search(self, query: str, filters: Filters, k: int) -> Found:
        """The `k` hits that fit best. TargetFailed, ModelError."""

    async def transcripts(self) -> frozenset[str]:
        """The ids of all transcripts that it holds."""


class Local:
    """An archive in this process."""

    def __init__(self, search: Search, answerer: Answerer) -> None:
        self._search = search
        self._answerer = answerer

    async def answer(self, question: Question) -> Answer:
        return await self._answerer.answer(question)

    async def search(self, query: str, filters: Filters, k: int) -> Found:
        return await asyncio.to_thread(self._find, query, filters, k)

    async def transcripts(self) -> frozenset[str]:
        return frozenset(one.id for one in self._search.view().summaries())

    def _find(self, query: str, filters: Filters, k: int) -> Found:
        found = self._search.find(query, filters, k)
        return Found(tuple(hit(found.view, one) for one in found.passages), found.timings)


class _Listed(Struct, frozen=True):
    id: str


class _Page(Struct, frozen=True):
    transcripts: tuple[_Listed, ...]
    next: str | None


class Http:
    """A server at `url`, asked as any program asks it; `model` is one of its own, None its default."""

    def __init__(self, url: str, model: str | None = None, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client = httpx2.AsyncClient(base_url=url, headers=headers, timeout=_PATIENCE)
        self._model = model

    async def __aenter__(self) -> Http:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def answer(self, question: Question) -> Answer:
        asked: dict[str, Any] = {
            "question": question.text,
            "filters": msgspec.to_builtins(question.filters),
            "history": msgspec.to_builtins(question.history),
            "recognise": question.recognise,
            "k": question.k,
        }
        if self._model:
            asked["model"] = self._model
        return await self._sent("POST", "/api/questions", Answer, json=asked)

    async def search(self, query: str, filters: Filters, k: int) -> Found:
        wanted = {"query": query, "filters": msgspec.to_builtins(filters), "k": k}
        return await self._sent("POST", "/api/search", Found, json=wanted)

    async def transcripts(self) -> frozenset[str]:
        ids: set[str] = set()
        cursor: dict[str, str] = {}
        while True:
            page = await self._sent("GET", "/api/transcripts", _Page, params={"limit": "200", **cursor})
            ids.update(one.id for one in page.transcripts)
            if page.next is None:
                return frozenset(ids)
            cursor = {"cursor": page.next}

    async def _sent(self, method: str, path: str, kind: type[_Read], **request: Any) -> _Read:
        """What is answered; where the server asks for patience it is asked again."""
        for _ in range(_TRIES):
            try:
                reply = await self._client.request(method, path, **request)
            except httpx2.HTTPError as error:
                raise TargetFailed(f"{self._client.base_url}: {error or type(error).__name__}") from error
            if reply.status_code not in _LATER or "retry-after" not in reply.headers:
                break
            await asyncio.sleep(min(60.0, float(reply.headers["retry-after"])))
        if reply.status_code != 200:
            raise TargetFailed(f"{path}: {reply.status_code} {_detail(reply)}")
        try:
            return msgspec.json.decode(reply.content, type=kind)
        except msgspec.MsgspecError as error:
            raise TargetFailed(f"{path}: this is not what Onrecord answers: {error}") from error


_LATER = (429, 503)
_TRIES = 10
_PATIENCE = 600.0
"""Seconds; a language model may take its time."""


def _detail(reply: httpx2.Response) -> str:
    try:
        problem = msgspec.json.decode(reply.content)
    except msgspec.MsgspecError:
        return reply.text[:200]
    return str(problem.get("detail", problem)) if isinstance(problem, Mapping) else str(problem)
