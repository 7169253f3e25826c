"""A stream on which nothing happens for a while: a sign of life that no reader takes for an event."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from index.filters import Filters
from qa.answer import Event, Recognised, UnderstoodEvent
from web.api import questions
from web.openai import completions
from web.openai.chunks import Chunks


def test_a_silent_stream_sends_comments_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "BEAT", 0.001)

    async def sent() -> list[bytes]:
        over = asyncio.Event()

        async def slow() -> AsyncGenerator[Event, None]:
            await over.wait()
            yield UnderstoodEvent(understood_as="a", filters=Filters(), recognised=Recognised())

        sent = []
        async for message in questions.messages(slow()):
            sent.append(message.encode())
            if len(sent) == 3:
                over.set()
        return sent

    *beats, last = asyncio.run(sent())
    assert last.startswith(b"event: understood\r\n")
    assert len(beats) >= 3
    assert all(line.startswith(b":") for beat in beats for line in beat.splitlines() if line)


def test_so_does_a_silent_stream_of_chunks() -> None:
    async def silence() -> AsyncGenerator[Event | None, None]:
        yield None

    async def sent() -> list[bytes]:
        chunks = Chunks("x", 0, "extractive", "http://127.0.0.1/", wants_usage=False)
        return [message.encode() async for message in completions._messages(chunks, None, silence())]

    begun, *beats, over = asyncio.run(sent())
    assert begun.startswith(b'data: {"id":"x"')
    assert over == b"data: [DONE]\r\n\r\n"
    assert len(beats) == 2
    assert all(line.startswith(b":") for beat in beats for line in beat.splitlines() if line)
