"""llama.cpp: a GGUF file on this machine, in this process: `llama_cpp:FILE`.

A grammar holds what it writes to the sentence numbers that were shown. It writes the same for
the same prompt: the likeliest token each time, and nothing kept from one prompt to the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from importlib.util import find_spec
from pathlib import Path
from threading import Event

from qa.answer import Usage
from qa.errors import ModelBrokeOff, ModelNotReady
from qa.models.chat import Ended, Piece, Prompt
from qa.models.gguf import Chunk, Gguf
from qa.models.grammar import pointing, prose
from qa.models.language_model import CONTEXT, LanguageModel
from qa.models.settings import ModelSettings


class LlamaCpp:
    """A Chat over one file. One reply at a time; others wait."""

    streams = True
    offline = True
    cites = False

    def __init__(self, gguf: Gguf) -> None:
        self.id = gguf.id
        self.gguf = gguf
        self._writer = ThreadPoolExecutor(1, "llama_cpp")

    async def context(self) -> int:
        return await asyncio.to_thread(self.gguf.context)

    async def count(self, text: str) -> int:
        return await asyncio.to_thread(self.gguf.count, text)

    async def write(self, prompt: Prompt, tokens: int) -> AsyncGenerator[Piece, None]:
        """As the protocol says. While it waits for its turn, and reads its prompt, it gives empty texts."""
        async with aclosing(self._chunks(_body(prompt, tokens))) as chunks:
            async for chunk in chunks:
                for piece in self._pieces(chunk):
                    yield piece

    async def _chunks(self, body: Chunk) -> AsyncGenerator[Chunk]:
        """The reply to `body` as it is written in the writer's thread. Closing it stops the model at its next word."""
        loop, stopped = asyncio.get_running_loop(), Event()
        heard: asyncio.Queue[Chunk | None] = asyncio.Queue()

        def hear(chunk: Chunk) -> bool:
            if not stopped.is_set():
                loop.call_soon_threadsafe(heard.put_nowait, chunk)
            return stopped.is_set()

        def write() -> None:
            if not hear(_AT_WORK):
                self.gguf.chat(body, hear)

        writing = loop.run_in_executor(self._writer, write)
        writing.add_done_callback(lambda _: heard.put_nowait(None))
        waiting: float | None = _WAITING
        try:
            while True:
                try:
                    chunk = await asyncio.wait_for(heard.get(), waiting)
                except TimeoutError:
                    yield _AT_WORK
                    continue
                if chunk is None:
                    break
                waiting = None
                yield chunk
            await writing
        finally:
            stopped.set()
            writing.cancel()

    def _pieces(self, chunk: Chunk) -> list[Piece]:
        """What a chunk says; an error is raised."""
        if "error" in chunk:
            raise self._error(chunk["error"])
        pieces: list[Piece] = [piece for choice in chunk["choices"] for piece in _written(choice)]
        if used := chunk.get("usage"):
            pieces.append(
                Usage(prompt_tokens=used["prompt_tokens"], completion_tokens=used["completion_tokens"])
            )
        return pieces

    def _error(self, error: Chunk) -> ModelNotReady | ModelBrokeOff:
        if error.get("type") == "exceed_context_size_error":
            return ModelNotReady(
                f"{self.id}: its context of {error['n_ctx']} tokens is too small, {error['n_prompt_tokens']} are "
                "needed and room for a reply; give it a larger one (`context`)"
            )
        return ModelBrokeOff(f"{self.id}: llama.cpp says: {error.get('message', error)}")


def _written(choice: Chunk) -> list[Piece]:
    """The text of a choice, and that it ended where it did; a model that thinks or reads writes no text."""
    pieces: list[Piece] = [choice["delta"].get("content") or ""]
    if (reason := choice["finish_reason"]) in ("stop", "length"):
        pieces.append(Ended(cut=reason == "length"))
    return pieces


def _body(prompt: Prompt, tokens: int) -> Chunk:
    """`prompt` as llama.cpp's chat completions take it."""
    body: Chunk = {
        "messages": [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}],
        "max_tokens": tokens,
        "temperature": 0,
        "seed": _SEED,
        "cache_prompt": False,
        "stream": True,
        "stream_options": {"include_usage": True},
        "return_progress": True,
    }
    if prompt.numbers:
        body["grammar"] = pointing(prompt.numbers) if prompt.pointing else prose(prompt.numbers)
    return body


_WAITING = 1.0
"""Seconds after which one that waits for its turn says so."""

_AT_WORK: Chunk = {"choices": [{"delta": {}, "finish_reason": None}]}
_SEED = 1


def load(name: str, settings: ModelSettings) -> LanguageModel:
    """The model in the GGUF file `name`; it is opened where it is first asked. ModelNotReady."""
    path = Path(name).expanduser()
    id = f"llama_cpp:{path.name}"
    missing = needs(settings)
    if missing:
        raise ModelNotReady(f"{id}: {missing[0]}")
    if not name or not path.is_file():
        raise ModelNotReady(f"{id}: there is no file {name!r}; name a GGUF file, as in llama_cpp:models/some.gguf")
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise ModelNotReady(f"{id}: {path} is no GGUF file, or was not downloaded whole")
    chat = LlamaCpp(Gguf(path, id, settings.context or CONTEXT))
    return LanguageModel(chat, settings, "quotes", PATIENCE, LONGEST)


def needs(settings: ModelSettings) -> list[str]:  # noqa: ARG001 (a provider's signature)
    """xllamacpp, where it is not installed."""
    if find_spec("xllamacpp"):
        return []
    return ["install its package: pip install 'onrecord[llama_cpp]'"]


_MAGIC = b"GGUF"

PATIENCE, LONGEST = 300.0, 1800.0
"""Seconds for each step and for a whole reply: a slow processor takes minutes to read a prompt, and replies queue."""
