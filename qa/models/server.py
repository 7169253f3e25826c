"""What an OpenAI-compatible server says of itself: what it is, its real context, its own count of tokens.

Chat Completions has no word for any of these; each server has its own. Ollama above all: it cuts
off, silently, the beginning of a prompt that does not fit into the context it loaded the model with.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Literal, TypeVar

import msgspec
import openai
from msgspec import Struct

from qa.errors import ModelNotReady
from qa.models.connection import plain, refusal, unreachable

log = logging.getLogger(__name__)

T = TypeVar("T")

Kind = Literal["ollama", "llama.cpp", "vllm", "lm_studio", "hosted", "other"]

OLLAMA_CONTEXT = 2048
"""Tokens that a version of Ollama takes which does not say what it has loaded: the least any had by default."""


class Server:
    """The server behind `client`, asked about the model `name`. What does not change is asked until it is known."""

    def __init__(self, id: str, name: str, client: openai.AsyncOpenAI, hosted: bool) -> None:
        self._id = id
        self._name = name
        self._client = client
        self._root = str(client.base_url).rstrip("/").removesuffix("/v1")
        self._context: int | None = None
        self._sure = True
        self.kind: Kind | None = "hosted" if hosted else None

    async def context(self) -> int | None:
        """Tokens of prompt and reply together that the model is loaded with; None where the server does not say."""
        if self.kind is None or not self._sure:
            self._sure = True
            self.kind, self._context = await self._look()
        return await self._loaded_by_ollama() if self.kind == "ollama" else self._context

    async def count(self, text: str) -> int | None:
        """The tokens of `text` as the server counts them; None where it does not."""
        if self.kind == "llama.cpp":
            tokenized = await self._ask("/tokenize", _Tokens, {"content": text})
            return len(tokenized.tokens) if tokenized else None
        if self.kind == "vllm":
            counted = await self._ask("/tokenize", _Count, {"model": self._name, "prompt": text})
            return counted.count if counted else None
        return None

    async def _look(self) -> tuple[Kind, int | None]:
        """What it is, and the context where that does not change while it runs."""
        listed = await self._ask("models", _Listed)
        mine = next((one for one in listed.data if one.id == self._name), None) if listed else None
        if mine and mine.max_model_len:
            return "vllm", mine.max_model_len
        if mine and mine.context_length:
            return "other", mine.context_length
        if await self._ask("/api/version", _Version):
            return "ollama", None
        if props := await self._ask("/props", _Props):
            return "llama.cpp", props.default_generation_settings.n_ctx
        if loaded := await self._ask("/api/v0/models", _Loaded):
            return "lm_studio", next((one.loaded_context_length for one in loaded.data if one.id == self._name), None)
        return "other", None

    async def _loaded_by_ollama(self) -> int:
        """The context Ollama has loaded the model with; an empty request makes it load it."""
        if context := await self._running_in_ollama():
            return context
        shown = await self._ask("/api/show", _Shown, {"model": self._name})
        if shown is None:
            raise ModelNotReady(f"{self._id}: Ollama does not have it; fetch it with: ollama pull {self._name}")
        await self._ask("/api/generate", _Anything, {"model": self._name, "stream": False})
        return await self._running_in_ollama() or shown.num_ctx or OLLAMA_CONTEXT

    async def _running_in_ollama(self) -> int | None:
        running = await self._ask("/api/ps", _Running)
        names = {self._name, f"{self._name}:latest"}
        return next((one.context_length for one in running.models if one.model in names), None) if running else None

    async def _ask(self, path: str, type: type[T], body: Mapping[str, object] | None = None) -> T | None:
        """What the server answers at `path`, below its root where it begins with a slash; None: nothing of `type`.

        Only where Chat Completions lives is a key refused because it is wrong: elsewhere a path may be refused.
        """
        aside = path.startswith("/")
        address = self._root + path if aside else path
        try:
            if body is None:
                answered: object = await self._client.get(address, cast_to=object)
            else:
                answered = await self._client.post(address, cast_to=object, body=body)
            return msgspec.convert(answered, type)
        except openai.APIConnectionError as error:
            raise unreachable(self._id, str(self._client.base_url), error) from None
        except (openai.APIError, ValueError) as error:
            if isinstance(error, openai.AuthenticationError) and not aside:
                raise plain(refusal(self._id, error.status_code, error.message, None)) from None
            if isinstance(error, openai.RateLimitError | openai.InternalServerError):
                self._sure = False  # it may be loading the model, and know later
            log.debug("%s: nothing to be had at %s: %s", self._id, address, error)
            return None


class _Tokens(Struct):
    tokens: list[object]


class _Count(Struct):
    count: int


class _Version(Struct):
    version: str


class _Anything(Struct):
    pass


class _Model(Struct):
    """One of a server's models, by whichever of the names it has for the context it was loaded with."""

    id: str
    max_model_len: int | None = None
    context_length: int | None = None
    loaded_context_length: int | None = None


class _Listed(Struct):
    data: list[_Model]


_Loaded = _Listed


class _Generation(Struct):
    n_ctx: int


class _Props(Struct):
    default_generation_settings: _Generation


class _Shown(Struct):
    """Ollama's account of a model; `parameters` are lines such as `num_ctx 8192`."""

    parameters: str = ""

    @property
    def num_ctx(self) -> int | None:
        for line in self.parameters.splitlines():
            match line.split():
                case ["num_ctx", number] if number.isdecimal():
                    return int(number)
        return None


class _Resident(Struct):
    model: str
    context_length: int | None = None


class _Running(Struct):
    models: list[_Resident]
