"""A stream on which nothing happens for a while: a sign of life that no reader takes for an event."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from index.filters import Filters
from qa.answer import Event, Recognised, UnderstoodEvent
from web.api import questions


def test_a_silent_stream_sends_comments_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "_BEAT", 0.001)

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
