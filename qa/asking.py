"""Asking: a question in, the events of its answer out. The page, the endpoint and the command line all come here.

The model only writes a draft; the gate says which of its sentences the record bears out, and
quotes, speakers, dates and times are copied out of the record. `answer()` consumes `stream()`,
so there is one path.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from time import perf_counter
from typing import Protocol
from uuid import uuid4

from msgspec import Struct, structs

from index.filters import Filters
from index.hit import Hit, hit
from index.ranking import best_matches, late_interaction
from index.search import Found, Search
from index.store import View, Voice
from qa.abstaining import (
    no_such_day,
    nothing_from_the_time,
    nothing_left,
    nothing_of_the_time,
    nothing_to_search,
    of_speakers,
)
from qa.answer import (
    Abstention,
    AbstentionReason,
    Answer,
    Citation,
    DoneEvent,
    Event,
    Recognised,
    RetrievedEvent,
    Searched,
    Style,
    UnderstoodEvent,
    with_markers,
)
from qa.beyond import speaking_of
from qa.bounds import Question, checked
from qa.citing import cite
from qa.drawn import Drawn
from qa.fact_time import telling_of
from qa.gate import Verdict
from qa.hearing import Entailment, Hearing
from qa.ledger import Entry, Outcome
from qa.models import Declined, Model, Request
from qa.nearness import is_near
from qa.noting import notes
from qa.question import Understood, follow_up, keeps, understand
from qa.shown import ShownPassage, show
from qa.speakers import people_meant
from qa.threads import in_one, in_thread

__all__ = ["Answerer", "Question"]

_NEAREST = 3
_OF_A_TIME = 3
"""Times as many passages are looked up where some are of another time than is asked for."""


class Keeper(Protocol):
    """What keeps count of what models write."""

    def record(self, model: str, style: Style, entry: Entry) -> None: ...


class Answerer:
    """Answers questions from one archive with one model. Safe for concurrent questions."""

    def __init__(
        self,
        search: Search,
        model: Model,
        version: str,
        *,
        ledger: Keeper | None = None,
        entailment: Entailment | None = None,
    ) -> None:
        self._search = search
        self._model = model
        self._version = version
        self._ledger = ledger
        self._entailment = entailment

    async def answer(self, question: Question) -> Answer:
        """The whole answer to `question`. QuestionRefused where it is out of bounds; ModelError."""
        answering = self._answered(question)
        return await (in_one(answering) if self._computes else answering)

    @property
    def _computes(self) -> bool:
        """Whether an answer waits for nothing outside this process."""
        return self._entailment is None and getattr(self._model, "computes", False)

    async def _answered(self, question: Question) -> Answer:
        async with aclosing(self.stream(question)) as events:
            async for event in events:
                if isinstance(event, DoneEvent):
                    return event.answer
        raise AssertionError("a stream ends with its answer")

    async def stream(self, question: Question) -> AsyncGenerator[Event, None]:
        """The events of the answer: what was understood, the passages, each sentence, what was dropped, the whole.

        ModelError may end it after some sentences; what was verified before stands.
        """
        text = checked(question)
        clock = _Clock()
        view = await in_thread(self._search.view)
        asked = await self._understood(question, text, view)
        recognised = _recognised(asked, question.filters)
        filters = _narrowed(question.filters, recognised)
        yield UnderstoodEvent(understood_as=asked.text, filters=question.filters, recognised=recognised)
        clock.lap("understand")
        found, hits, shown = await in_thread(self._found, asked, filters, question.k, view)
        yield RetrievedEvent(hits=hits)
        said = await in_thread(notes, asked, question.filters, filters, found, view)
        asking = _Asking(question, asked, recognised, found, shown, self._style(question), said)
        drawn = Drawn(view)
        hearing = Hearing(self._model, Request(asked, found, shown, asking.style), self._entailment)
        named = bool(recognised.speakers)
        declined = (
            no_such_day(view, asked.impossible)
            or nothing_to_search(view, found, filters, named)
            or nothing_of_the_time(view, found, asked.beyond)
            or nothing_from_the_time(found, asked.fact_time)
        )
        clock.start()
        if declined is None:
            async with aclosing(self._heard(hearing, asking.style)) as verdicts:
                async for verdict in verdicts:
                    yield drawn.add(verdict)
            declined = of_speakers(hearing.declined or nothing_left(drawn.dropped), filters, named)
        clock.lap("generate")
        yield DoneEvent(answer=self._whole(asking, drawn, declined, hearing, clock.timings(found, hearing)))

    def _style(self, question: Question) -> Style:
        """The style asked for, where the model has it, else the model's own."""
        wanted = question.style
        return wanted if wanted and wanted in self._model.styles else self._model.style

    def _found(
        self, asked: Understood, filters: Filters, k: int, view: View
    ) -> tuple[Found, tuple[Hit, ...], list[ShownPassage]]:
        """The passages, as users see them and as a model is shown them: one piece of work for a thread."""
        found = self._search.find(asked.text, filters, _OF_A_TIME * k if asked.fact_time else k, view)
        if asked.fact_time:
            of_then = telling_of(asked.fact_time, found.passages, view)
            found = structs.replace(found, passages=of_then[:k])
        if asked.beyond:
            found = structs.replace(found, passages=speaking_of(asked.beyond, found.passages, view))
        return found, tuple(hit(found.view, one) for one in found.passages), _shown(found, filters)

    async def _understood(self, question: Question, text: str, view: View) -> Understood:
        """The question made to stand alone, by the model where it has words of its own, else by rules."""
        alone = text
        if question.history:
            voices = view.voices()
            alone = await in_thread(follow_up, text, question.history, voices)
            rewritten = await self._model.rewrite(text, question.history)
            if rewritten and keeps(rewritten, text, question.history):
                alone = rewritten
        return await in_thread(_as_taken, alone, view, question.recognise)

    async def _heard(self, hearing: Hearing, style: Style) -> AsyncGenerator[Verdict, None]:
        """The verdicts on a model's draft, which are entered into the ledger whatever comes between."""
        outcome: Outcome = "failed"
        try:
            async with aclosing(hearing.verdicts()) as verdicts:
                async for verdict in verdicts:
                    yield verdict
            outcome = "answered" if hearing.verified else "abstained"
        finally:
            if self._ledger:
                await in_thread(self._ledger.record, self._model.id, style, hearing.entry(outcome))

    def _whole(
        self,
        asking: _Asking,
        drawn: Drawn,
        declined: Declined | None,
        hearing: Hearing,
        timings: dict[str, float],
    ) -> Answer:
        sentences = tuple(drawn.sentences)
        abstention = None
        if not sentences and declined:
            nearest = tuple(_nearest(asking, declined.reason))
            message = " ".join((declined.message, *asking.notes))
            abstention = Abstention(reason=declined.reason, message=message, nearest=nearest)
        return Answer(
            id=uuid4().hex,
            asked_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            question=asking.question.text,
            understood_as=asking.asked.text,
            filters=asking.question.filters,
            recognised=asking.recognised,
            status="answered" if sentences else "abstained",
            text=with_markers(sentences),
            sentences=sentences,
            citations=tuple(drawn.citations),
            dropped=tuple(drawn.dropped),
            abstention=abstention,
            searched=Searched.within(asking.found.scope),
            model=self._model.id,
            style=asking.style,
            timings=timings,
            usage=hearing.usage,
            version=self._version,
            generation=asking.found.view.generation,
            notes=asking.notes if sentences else (),
            sureness=hearing.sureness,
        )


class _Asking(Struct, frozen=True, eq=False):
    """All that is known of a question before the model is asked."""

    question: Question
    asked: Understood
    recognised: Recognised
    found: Found
    shown: Sequence[ShownPassage]
    style: Style
    notes: tuple[str, ...]


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._spent: dict[str, float] = {}
        self.start()

    def start(self) -> None:
        self._since = perf_counter()

    def lap(self, stage: str) -> None:
        """What has passed since the last lap or start was `stage`."""
        now = perf_counter()
        self._spent[stage] = (now - self._since) * 1e3
        self._since = now

    def timings(self, found: Found, hearing: Hearing) -> dict[str, float]:
        """All stages; what was spent in the gate is taken off generating."""
        checked_in = hearing.checking * 1e3
        whole = {
            "understand": self._spent["understand"],
            **found.timings,
            "generate": self._spent["generate"] - checked_in,
            "check": checked_in,
        }
        return {stage: round(spent, 3) for stage, spent in whole.items()}


def _as_taken(text: str, view: View, recognise: bool) -> Understood:
    """The question as understood; a word that is almost a speaker's name is a name unless the record has that word."""
    asked = understand(text, view.voices(), view.summaries(), recognise)
    unknown = tuple(one for one in asked.strangers if not _stands(one, view))
    return structs.replace(asked, speakers=asked.speakers + unknown) if unknown else asked


def _stands(word: str, view: View) -> bool:
    """Whether the record has `word` so spelt, as far as the passages tell that have it in any form."""
    ids = view.lexical(word, _LOOKED_AT, view.scope(Filters()), every=True).ids
    spelt = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    return any(spelt.search(one.passage.text) for one in view.passages(ids.tolist()))


_LOOKED_AT = 20


def _recognised(asked: Understood, given: Filters) -> Recognised:
    """What the question itself asks for, as far as the caller has not said so by filters."""
    dated = given.since or given.until
    return Recognised(
        speakers=() if given.speakers else asked.speakers,
        transcripts=() if given.transcripts else asked.transcripts,
        since=None if dated else asked.since,
        until=None if dated else asked.until,
    )


def _narrowed(filters: Filters, recognised: Recognised) -> Filters:
    return structs.replace(
        filters,
        speakers=filters.speakers or recognised.speakers,
        transcripts=filters.transcripts or recognised.transcripts,
        since=filters.since or recognised.since,
        until=filters.until or recognised.until,
    )


def _shown(found: Found, filters: Filters) -> list[ShownPassage]:
    transcripts = [found.view.transcript(one.stored.transcript_id) for one in found.passages]
    return show(found.passages, transcripts, _allowed(found.view, filters))


def _allowed(view: View, filters: Filters) -> list[Voice] | None:
    return people_meant(filters.speakers, view.voices()) if filters.speakers else None


def _nearest(asking: _Asking, reason: AbstentionReason) -> list[Citation]:
    """What comes nearest to an answer: of each of the best passages the sentence that fits the question best, where
    it speaks of what is asked."""
    found = asking.found
    nearest: list[Citation] = []
    for passage in asking.shown:
        if passage.sentences and found.question is not None and len(nearest) < _NEAREST:
            tokens = [passage.ranked.stored.tokens[sentence.rows] for sentence in passage.sentences]
            late = late_interaction(found.question, best_matches(found.question, tokens))
            span = passage.sentences[int(late.argmax())].span
            stored = passage.ranked.stored
            text = found.view.transcript(stored.transcript_id).text[span.start : span.end]
            if not is_near(text, asking.asked.text, asking.recognised.speakers, reason):
                continue
            nearest.append(cite(found.view, stored.transcript_id, span, stored.id, len(nearest) + 1))
    return nearest
