"""A chat over Anthropic's Messages, through the official SDK, with native citations.

Each stretch of one speaker is a document, each sentence a block of it, so that a citation of the
protocol is a sentence's number; the marker is written after the text that it was given for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import aclosing
from functools import partial

import anthropic
import httpx2
from anthropic.types import (
    CitationContentBlockLocation,
    CitationsDelta,
    ContentBlockParam,
    DocumentBlockParam,
    RawContentBlockDeltaEvent,
    RawContentBlockStartEvent,
    RawContentBlockStopEvent,
    RawMessageDeltaEvent,
    RawMessageStartEvent,
    RawMessageStopEvent,
    RawMessageStreamEvent,
    TextBlock,
    TextDelta,
)

from prompts import MOST, Number, Passage, Stretch, line
from qa.answer import Usage
from qa.errors import ModelBrokeOff, ModelNotReady
from qa.models.chat import Ended, Piece, Pieces, Prompt
from qa.models.connection import WAITS, http_client, is_loopback, persistently, refusal, shown, unreachable
from qa.models.model import Declined
from qa.models.tokens import estimated

CONTEXT = 200_000
"""Tokens that every model of today takes; nothing we send comes near it."""

_Stream = anthropic.AsyncStream[RawMessageStreamEvent]


class AnthropicChat:
    """The model `name` of the server at `address`. `waits`: seconds before each further try."""

    streams = True
    cites = True

    def __init__(self, id: str, name: str, address: str, key: str, waits: Sequence[float] = WAITS) -> None:
        self.id = id
        self.offline = is_loopback(address)
        self._name = name
        self._waits = waits
        self._client = anthropic.AsyncAnthropic(
            base_url=shown(address), api_key=key, max_retries=0, http_client=http_client(address)
        )

    async def context(self) -> int | None:
        return CONTEXT

    async def count(self, text: str) -> int:
        return estimated(text)

    async def write(self, prompt: Prompt, tokens: int) -> Pieces:
        stream = await persistently(partial(self._asked, prompt, tokens), self._waits)
        reading = _Reading(prompt)
        async with stream, aclosing(self._read(stream, reading)) as pieces:
            async for piece in pieces:
                yield piece
        yield reading.usage

    async def _read(self, stream: _Stream, reading: _Reading) -> Pieces:
        """The pieces of all events; whatever goes wrong from here on is a reply that broke off."""
        try:
            async for event in stream:
                for piece in reading.read(event):
                    yield piece
        except anthropic.APIError as error:
            raise ModelBrokeOff(f"{self.id}: its server reports an error: {error.message}") from None
        except ValueError:
            raise ModelBrokeOff(f"{self.id}: what its server sends can't be read as Messages") from None
        except httpx2.HTTPError as error:
            raise ModelBrokeOff(f"{self.id}: the connection to its server broke off ({error}); ask again") from None

    async def _asked(self, prompt: Prompt, tokens: int) -> _Stream:
        """One try."""
        task: ContentBlockParam = {"type": "text", "text": prompt.task}
        try:
            return await self._client.messages.create(
                model=self._name,
                system=prompt.system,
                messages=[{"role": "user", "content": [*_documents(prompt.record), task]}],
                max_tokens=tokens,
                stream=True,
            )
        except anthropic.APIConnectionError as error:
            raise unreachable(self.id, str(self._client.base_url), error) from None
        except anthropic.NotFoundError:
            raise ModelNotReady(f"{self.id}: Anthropic has no model of that name") from None
        except anthropic.APIStatusError as error:
            after = error.response.headers.get("retry-after")
            raise refusal(self.id, error.status_code, error.message, after) from None


class _Reading:
    """The events of one reply, read as a draft."""

    def __init__(self, prompt: Prompt) -> None:
        self.usage = Usage()
        self._pointing = prompt.pointing
        self._documents = [
            [sentence.number for sentence in stretch.sentences]
            for passage in prompt.record
            for stretch in passage.stretches
        ]
        self._cited: list[Number] = []
        self._pointed: dict[Number, None] = {}
        self._space = ""
        self._unsaid = ""

    def read(self, event: object) -> Iterator[Piece]:
        """What `event` adds to the draft; ValueError where it is no event of the protocol."""
        match event:
            case RawMessageStartEvent():
                self.usage = Usage(prompt_tokens=event.message.usage.input_tokens)
            case RawContentBlockStartEvent(content_block=TextBlock(text=str(text), citations=citations)):
                for citation in citations or ():
                    self._cite(citation)
                yield from self._write(text)
            case RawContentBlockDeltaEvent(delta=TextDelta(text=str(text))):
                yield from self._write(text)
            case RawContentBlockDeltaEvent(delta=CitationsDelta(citation=citation)):
                self._cite(citation)
            case RawContentBlockStopEvent():
                yield from self._mark()
            case RawMessageDeltaEvent():
                self.usage = Usage(
                    prompt_tokens=self.usage.prompt_tokens, completion_tokens=event.usage.output_tokens
                )
                yield from self._end(event.delta.stop_reason)
            case RawContentBlockDeltaEvent(delta=TextDelta() | str() | None):
                raise ValueError("a piece of text that is none")
            case RawContentBlockStartEvent() | RawContentBlockDeltaEvent() | RawMessageStopEvent():
                yield ""
            case _:
                raise ValueError("not an event of Messages")

    def _write(self, text: str) -> Iterator[Piece]:
        """`text`, but for white space at its end: what it cites belongs before that."""
        if self._pointing:
            self._unsaid += text
            yield ""
            return
        text = self._space + text
        said = text.rstrip()
        self._space = text[len(said) :]
        yield said

    def _cite(self, citation: object) -> None:
        match citation:
            case CitationContentBlockLocation(
                document_index=int(document), start_block_index=int(start), end_block_index=int(end)
            ) if 0 <= document < len(self._documents):
                self._cited += self._documents[document][start:end]
            case _:
                raise ValueError("not a citation of a sentence that was shown")

    def _mark(self) -> Iterator[Piece]:
        """The markers of the block that ends here."""
        numbers, self._cited = dict.fromkeys(self._cited), []
        if self._pointing:
            fresh = [number for number in numbers if number not in self._pointed][: MOST - len(self._pointed)]
            self._pointed.update(dict.fromkeys(fresh))
            yield "".join(f"{_marker(number)}\n" for number in fresh)
        elif numbers:
            yield " " + "".join(map(_marker, numbers))
        space, self._space = self._space, ""
        yield space

    def _end(self, reason: str | None) -> Iterator[Piece]:
        match reason:
            case None:
                return
            case "refusal":
                yield Declined("model_declined", "The model refuses to answer this.")
            case "tool_use" | "pause_turn":
                raise ValueError(f"the reply ends in {reason}")
            case _:
                if self._pointing and not self._pointed:
                    yield self._unsaid
                yield Ended(cut=reason in ("max_tokens", "model_context_window_exceeded"))


def _documents(record: Sequence[Passage]) -> list[DocumentBlockParam]:
    return [_document(passage, stretch) for passage in record for stretch in passage.stretches]


def _document(passage: Passage, stretch: Stretch) -> DocumentBlockParam:
    return {
        "type": "document",
        "title": line(passage.title or "not known"),
        "context": f"Speaker: {line(stretch.speaker or 'not known')} | Date: {line(passage.date or 'not known')}",
        "source": {
            "type": "content",
            "content": [{"type": "text", "text": line(sentence.text)} for sentence in stretch.sentences],
        },
        "citations": {"enabled": True},
    }


def _marker(number: Number) -> str:
    return f"[{number[0]}.{number[1]}]"
