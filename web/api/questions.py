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
from qa.bounds import LONGEST_HISTORY, MOST_PASSAGES, Question, checked
from qa.leaning import LONGEST_QUESTION, Exchange
from web.access.seen import seen
from web.api.body import Body
from web.leaving import BEAT, apart, while_there
from web.problems import of_error
from web.services import Services

EVENTS = "text/event-stream"


class Ask(Struct, frozen=True, forbid_unknown_fields=True):
    """A question, of which part of the archive it is asked, and by which model it is to be answered."""

    question: Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION)]
    filters: Filters = Filters()
    history: Annotated[tuple[Exchange, ...], Meta(max_length=LONGEST_HISTORY)] = ()
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


@post("/api/questions", status_code=200, dto=Body)
async def ask(
    data: JSONBody[Ask],
    request: Request[Any, Any, Any],
    services: NamedDependency[SkipValidation[Services]],
) -> Response[Answer]:
    """The answer to a question: JSON, or with `Accept: text/event-stream` its events as they happen."""
    question = data.as_question(seen(request, data.filters))
    checked(question)
    answerer = services.answerer(data.model)
    if EVENTS in request.headers.get("accept", ""):
        return cast(Response[Answer], ServerSentEvent(messages(answerer.stream(question))))
    return Response(await while_there(request, answerer.answer(question)))


async def messages(events: AsyncGenerator[Event, None]) -> AsyncGenerator[ServerSentEventMessage, None]:
    """The events as they are sent; `done` or `error` is the last. Where the reader leaves, the model is stopped.

    Where none comes for a while a comment is sent, lest somebody between takes the connection for dead.
    """
    try:
        async with aclosing(apart(events, BEAT)) as coming:
            async for event in coming:
                if event is None:
                    yield ServerSentEventMessage(data=None, comment="at work")
                else:
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
