"""`POST /api/questions`: a question in; its answer out, whole or as the events of a stream."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any, cast

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation
from litestar.response import ServerSentEvent, ServerSentEventMessage
from msgspec import Meta, Struct

from index.filters import Filters
from qa.answer import Answer, DoneEvent, DroppedEvent, Event, RetrievedEvent, SentenceEvent, Style
from qa.asking import Answerer
from qa.bounds import MOST_PASSAGES, Question
from qa.leaning import LONGEST_QUESTION, Exchange
from web.access.seen import seen
from web.problems import of_error
from web.services import Services

EVENTS = "text/event-stream"


class Ask(Struct, frozen=True, forbid_unknown_fields=True):
    """A question, of which part of the archive it is asked, and by which model it is to be answered."""

    question: Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION)]
    filters: Filters = Filters()
    history: tuple[Exchange, ...] = ()
    recognise: bool = True
    style: Style | None = None
    model: str | None = None
    k: Annotated[int, Meta(ge=1, le=MOST_PASSAGES)] = 10

    def as_question(self, filters: Filters) -> Question:
        """What the answerer takes, within `filters`."""
        return Question(
            text=self.question,
            filters=filters,
            history=self.history,
            recognise=self.recognise,
            style=self.style,
            k=self.k,
        )


@post("/api/questions", status_code=200)
async def ask(
    data: JSONBody[Ask],
    request: Request[Any, Any, Any],
    services: NamedDependency[SkipValidation[Services]],
) -> Response[Answer]:
    """The answer to a question: JSON, or with `Accept: text/event-stream` its events as they happen."""
    answerer = services.answerer(data.model)
    question = data.as_question(seen(request, data.filters))
    if EVENTS in request.headers.get("accept", ""):
        return cast(Response[Answer], ServerSentEvent(_messages(answerer, question)))
    return Response(await answerer.answer(question))


async def _messages(answerer: Answerer, question: Question) -> AsyncGenerator[ServerSentEventMessage, None]:
    """The events; `done` or `error` is the last. Where the reader leaves, the model is stopped."""
    try:
        async with aclosing(answerer.stream(question)) as events:
            async for event in events:
                yield ServerSentEventMessage(event=str(event.__struct_config__.tag), data=_data(event))
    except Exception as error:  # Whatever it is: raised here it would tear the stream without a word.
        yield ServerSentEventMessage(event="error", data=_json(of_error(error)))


def _data(event: Event) -> str:
    """What API.md promises of each event."""
    if isinstance(event, RetrievedEvent):
        return _json(event.hits)
    if isinstance(event, SentenceEvent):
        return _json({"sentence": event.sentence, "citations": event.citations})
    if isinstance(event, DroppedEvent):
        return _json(event.dropped)
    if isinstance(event, DoneEvent):
        return _json(event.answer)
    fields = msgspec.structs.asdict(event)
    return _json(fields)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
