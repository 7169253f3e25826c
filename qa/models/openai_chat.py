"""A chat over Chat Completions, through the official SDK."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import partial
from typing import cast

import httpx2
import openai
from openai.types.chat import ChatCompletionChunk
from openai.types.chat.chat_completion_chunk import Choice, ChoiceDelta
from openai.types.completion_usage import CompletionUsage
from openai.types.shared_params.response_format_json_schema import JSONSchema, ResponseFormatJSONSchema

import prompts
from qa.answer import Usage
from qa.errors import ModelBrokeOff, ModelNotReady
from qa.models import pointing
from qa.models.chat import Ended, Piece, Pieces, Prompt
from qa.models.connection import WAITS, http_client, is_loopback, persistently, plain, refusal, shown, unreachable
from qa.models.model import Declined
from qa.models.server import Server
from qa.models.tokens import counted, estimated, say_estimated

log = logging.getLogger(__name__)

_Stream = openai.AsyncStream[ChatCompletionChunk]


class OpenAIChat:
    """The model `name` of the server at `address`; a server of one's own may need no `key`.

    What a server refuses that we can do without (a schema for the reply, a temperature, the count of
    tokens at the end) is left out from then on. `waits`: seconds before each further try.
    """

    streams = True
    cites = False

    def __init__(self, id: str, name: str, address: str, key: str | None, waits: Sequence[float] = WAITS) -> None:
        self.id = id
        self.offline = is_loopback(address)
        self._name = name
        self._waits = waits
        host = httpx2.URL(address).host
        hosted = host == "api.openai.com" or host.endswith(".azure.com")
        self._refused = {"max_tokens"} if hosted else set()
        self._client = openai.AsyncOpenAI(
            base_url=shown(address), api_key=key or "none", max_retries=0, http_client=http_client(address)
        )
        self._server = Server(id, name, self._client, hosted)

    async def context(self) -> int | None:
        return await self._server.context()

    async def count(self, text: str) -> int:
        """The server's own count; else tiktoken's, for the models it knows; else an estimate."""
        known = await self._server.count(text)
        if known is None:
            known = await asyncio.to_thread(counted, self._name, text)
        if known is None:
            say_estimated(self.id)
            return estimated(text)
        return known

    async def write(self, prompt: Prompt, tokens: int) -> Pieces:
        try:
            stream, as_json = await self._opened(prompt, tokens)
        except openai.APIStatusError:
            yield _FILTERED
            return
        written, usage = "", Usage()
        async with stream, aclosing(self._read(stream)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    usage = piece
                elif as_json and isinstance(piece, str):
                    written += piece
                    yield ""
                elif as_json and isinstance(piece, Ended):
                    yield pointing.markers(written)
                    yield piece
                else:
                    yield piece
        yield usage

    async def _read(self, stream: _Stream) -> Pieces:
        """The pieces of all chunks; whatever goes wrong from here on is a reply that broke off."""
        try:
            async for chunk in stream:
                for piece in _pieces(chunk):
                    yield piece
        except openai.APIError as error:
            raise ModelBrokeOff(f"{self.id}: its server reports an error: {error.message}") from None
        except ValueError:
            raise ModelBrokeOff(f"{self.id}: what its server sends can't be read as Chat Completions") from None
        except httpx2.HTTPError as error:
            raise ModelBrokeOff(f"{self.id}: the connection to its server broke off ({error}); ask again") from None

    async def _opened(self, prompt: Prompt, tokens: int) -> tuple[_Stream, bool]:
        """The stream of a reply, and whether it is held to a schema. APIStatusError: the prompt was filtered."""
        while True:
            fits = 0 < len(prompt.numbers) <= pointing.MOST_SHOWN
            as_json = prompt.pointing and fits and "response_format" not in self._refused
            try:
                return await persistently(partial(self._asked, prompt, tokens, as_json), self._waits), as_json
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if error.code == "content_filter":
                    raise
                refused = self._dispensable(error)
                if refused is None:
                    raise plain(refusal(self.id, error.status_code, error.message, None)) from None
                log.info("%s: its server does not take %s: %s", self.id, refused, error.message)
                self._refused.add(refused)

    async def _asked(self, prompt: Prompt, tokens: int, as_json: bool) -> _Stream:
        """One try."""
        user = f"{prompt.user}\n\n{prompts.as_json()}" if as_json else prompt.user
        within = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        try:
            return await self._client.chat.completions.create(
                model=self._name,
                messages=[{"role": "system", "content": prompt.system}, {"role": "user", "content": user}],
                stream=True,
                max_tokens=tokens if within == "max_tokens" else openai.omit,
                max_completion_tokens=tokens if within == "max_completion_tokens" else openai.omit,
                temperature=0 if "temperature" not in self._refused else openai.omit,
                stream_options={"include_usage": True} if "stream_options" not in self._refused else openai.omit,
                response_format=_held_to(prompt) if as_json else openai.omit,
            )
        except openai.APIConnectionError as error:
            raise unreachable(self.id, str(self._client.base_url), error) from None
        except openai.NotFoundError:
            raise ModelNotReady(self._missing()) from None
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            raise
        except openai.APIStatusError as error:
            after = error.response.headers.get("retry-after")
            raise refusal(self.id, error.status_code, error.message, after) from None

    def _dispensable(self, error: openai.APIStatusError) -> str | None:
        """What of our request the server names as wrong that we can do without, and have not yet left out."""
        said = f"{error.param or ''} {error.message}".lower()
        left = (option for option in _DISPENSABLE if option not in self._refused)
        return next((option for option in left if any(name in said for name in _DISPENSABLE[option])), None)

    def _missing(self) -> str:
        address = str(self._client.base_url)
        usual = address.rstrip("/").endswith("/v1")
        if usual and self._server.kind == "ollama":
            return f"{self.id}: Ollama does not have it; fetch it with: ollama pull {self._name}"
        hint = "" if usual else "; most addresses end in /v1, and this one does not"
        return f"{self.id}: the server at {address} has no model of that name, or no Chat Completions{hint}"


def _held_to(prompt: Prompt) -> ResponseFormatJSONSchema:
    named = {"name": "sentences", "strict": True, "schema": pointing.schema(prompt.numbers)}
    return {"type": "json_schema", "json_schema": cast(JSONSchema, named)}


def _pieces(chunk: object) -> Iterator[Piece]:
    """What a chunk says; ValueError where it is none: the SDK takes any JSON for one."""
    match chunk:
        case ChatCompletionChunk(choices=[Choice(delta=ChoiceDelta(refusal=str(refused))), *_]) if refused:
            yield Declined("model_declined", "The model refuses to answer this.")
        case ChatCompletionChunk(
            choices=[Choice(delta=ChoiceDelta(content=str() | None as text), finish_reason=reason), *_]
        ):
            yield text or ""
            yield from _end(reason)
        case ChatCompletionChunk(choices=[] | None):
            pass
        case _:
            raise ValueError("not a chunk of Chat Completions")
    match chunk:
        case ChatCompletionChunk(usage=CompletionUsage(prompt_tokens=int(read), completion_tokens=int(written))):
            yield Usage(prompt_tokens=read, completion_tokens=written)


def _end(reason: str | None) -> Iterator[Piece]:
    """What a finish reason means; servers have more of them than OpenAI."""
    match reason:
        case None | "":
            pass
        case "content_filter":
            yield _FILTERED
        case "error" | "tool_calls" | "function_call":
            raise ValueError(f"the reply ends in {reason}")
        case _:
            yield Ended(cut=reason == "length")


_FILTERED = Declined("model_declined", "The model's server filters this out.")

_DISPENSABLE = {
    "response_format": ("response_format", "json_schema", "grammar", "structured output"),
    "temperature": ("temperature",),
    "stream_options": ("stream_options", "include_usage"),
    "max_tokens": ("max_completion_tokens",),
}
"""What a request can do without, and by which words a server says that it does not take it."""
