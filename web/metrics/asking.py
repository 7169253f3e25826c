"""An answerer that is measured: what becomes of each question, whoever asks it and by whichever protocol."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from time import perf_counter
from typing import Protocol

from qa.answer import Answer, DoneEvent, DroppedEvent, Event, SentenceEvent
from qa.bounds import Question
from web.metrics.metrics import Metrics


class Asked(Protocol):
    """What can be asked, as `qa.asking.Answerer` can."""

    async def answer(self, question: Question) -> Answer: ...

    def stream(self, question: Question) -> AsyncGenerator[Event, None]: ...


class Measured:
    """`answerer`, whose model has the id `model` here, with `metrics` told of what it does."""

    def __init__(self, answerer: Asked, model: str, metrics: Metrics) -> None:
        self._answerer = answerer
        self._model = model
        self._metrics = metrics

    async def answer(self, question: Question) -> Answer:
        """The whole answer to `question`, as the answerer gives it."""
        async with aclosing(self.stream(question)) as events:
            async for event in events:
                if isinstance(event, DoneEvent):
                    return event.answer
        raise AssertionError("a stream ends with its answer")

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """The events of the answer, as the answerer gives them."""
        began = perf_counter()
        waiting = True
        outcome = "stopped"
        try:
            async with aclosing(self._answerer.stream(question)) as events:
                async for event in events:
                    if isinstance(event, SentenceEvent) and waiting:
                        waiting = False
                        self._metrics.first_sentence_seconds.labels(self._model).observe(perf_counter() - began)
                    if isinstance(event, DoneEvent):
                        outcome = event.answer.status
                        self._metrics.answer_seconds.labels(self._model).observe(perf_counter() - began)
                    self._count(event)
                    yield event
        except Exception:
            outcome = "failed"
            raise
        finally:
            self._metrics.questions.labels(self._model, outcome).inc()

    def _count(self, event: Event) -> None:
        if isinstance(event, DroppedEvent):
            self._metrics.dropped.labels(self._model, event.dropped.reason).inc()
        elif isinstance(event, DoneEvent):
            answer = event.answer
            if answer.sentences:
                self._metrics.verified.labels(self._model, answer.style).inc(len(answer.sentences))
            if answer.abstention:
                self._metrics.abstentions.labels(self._model, answer.abstention.reason).inc()
            for stage, milliseconds in answer.timings.items():
                self._metrics.stage_seconds.labels(stage).observe(milliseconds / 1e3)
