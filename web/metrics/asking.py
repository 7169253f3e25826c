"""An answerer that is measured: what becomes of each question, whoever asks it and by whichever protocol."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from time import perf_counter
from typing import Protocol

from qa.answer import Answer, DoneEvent, Dropped, DroppedEvent, Event, SentenceEvent
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
        with self._measuring() as seen:
            answer = await self._answerer.answer(question)
            for dropped in answer.dropped:
                seen.dropped(dropped)
            if answer.sentences:
                seen.sentence()
            seen.done(answer)
        return answer

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """The events of the answer, as the answerer gives them."""
        with self._measuring() as seen:
            async with aclosing(self._answerer.stream(question)) as events:
                async for event in events:
                    if isinstance(event, SentenceEvent):
                        seen.sentence()
                    elif isinstance(event, DroppedEvent):
                        seen.dropped(event.dropped)
                    elif isinstance(event, DoneEvent):
                        seen.done(event.answer)
                    yield event

    @contextmanager
    def _measuring(self) -> Iterator[_Seen]:
        seen = _Seen(self._model, self._metrics)
        try:
            yield seen
        except Exception:
            seen.outcome = "failed"
            raise
        finally:
            self._metrics.questions.labels(self._model, seen.outcome).inc()


class _Seen:
    """What was seen of one question, told to the metrics at once."""

    def __init__(self, model: str, metrics: Metrics) -> None:
        self._model = model
        self._metrics = metrics
        self._began = perf_counter()
        self._waiting = True
        self.outcome = "stopped"

    def sentence(self) -> None:
        if self._waiting:
            self._waiting = False
            self._metrics.first_sentence_seconds.labels(self._model).observe(self._spent())

    def dropped(self, dropped: Dropped) -> None:
        self._metrics.dropped.labels(self._model, dropped.reason).inc()

    def done(self, answer: Answer) -> None:
        self.outcome = answer.status
        self._metrics.answer_seconds.labels(self._model).observe(self._spent())
        if answer.sentences:
            self._metrics.verified.labels(self._model, answer.style).inc(len(answer.sentences))
        if answer.abstention:
            self._metrics.abstentions.labels(self._model, answer.abstention.reason).inc()
        for stage, milliseconds in answer.timings.items():
            self._metrics.stage_seconds.labels(stage).observe(milliseconds / 1e3)

    def _spent(self) -> float:
        return perf_counter() - self._began
