"""`POST /v1/chat/completions`: a conversation in; the answer to its last question out, whole or in chunks."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from time import time
from typing import Any, cast
from uuid import uuid4

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation
from litestar.response import ServerSentEvent, ServerSentEventMessage

from qa.answer import Event
from qa.bounds import checked
from web.access.seen import seen
from web.api.body import Body
from web.leaving import BEAT, apart, while_there
from web.openai.asked import Completion
from web.openai.chunks import Chunks
from web.openai.given import ChatCompletion, completed
from web.openai.refusals import refused
from web.services import Services


@post("/chat/completions", status_code=200, include_in_schema=False, dto=Body)
async def complete(
    data: JSONBody[Completion],
    request: Request[Any, Any, Any],
    services: NamedDependency[SkipValidation[Services]],
) -> Response[ChatCompletion]:
    """The answer with its sources as the assistant's reply; with `stream` in chunks, sentence by sentence."""
    question = data.as_question(seen(request, data.filters))
    checked(question)
    answerer = services.answerer(data.model)
    base = str(request.base_url)
    id, created = f"chatcmpl-{uuid4().hex}", int(time())
    if not data.stream:
        answer = await while_there(request, answerer.answer(question))
        return Response(completed(id, created, answer, base))
    model = data.model or next(iter(services.answerers))
    chunks = Chunks(id, created, model, base, bool(data.stream_options and data.stream_options.include_usage))
    events = apart(answerer.stream(question), BEAT)
    # Who is refused before the first event is refused with a status of its own, and who leaves has left the line.
    first = await while_there(request, _next(events))
    return cast(Response[ChatCompletion], ServerSentEvent(_messages(chunks, first, events)))


async def _next(events: AsyncGenerator[Event | None, None]) -> Event | None:
    return await anext(events)


async def _messages(
    chunks: Chunks, first: Event | None, events: AsyncGenerator[Event | None, None]
) -> AsyncGenerator[ServerSentEventMessage, None]:
    """The chunks, then `[DONE]`; an error is the last, in the protocol's shape."""
    try:
        async with aclosing(events):
            yield _message(chunks.begun())
            event: Event | None = first
            while True:
                if event is None:
                    yield ServerSentEventMessage(data=None, comment="at work")
                else:
                    for chunk in chunks.of(event):
                        yield _message(chunk)
                event = await anext(events)
    except StopAsyncIteration:
        yield ServerSentEventMessage(data="[DONE]")
    except Exception as error:  # Whatever it is: raised here it would tear the stream without a word.
        yield _message(refused(error)[1])


def _message(content: object) -> ServerSentEventMessage:
    return ServerSentEventMessage(data=msgspec.json.encode(content).decode())
