"""Asking: a question in, the events of its answer out. The page, the endpoint and the command line all come here.

The model only points; the quotes, speakers, dates and times are copied out of the record here.
`answer()` consumes `stream()`, so there is one path.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from time import perf_counter
from uuid import uuid4

from msgspec import Struct, structs

from index.filters import Filters
from index.hit import Hit, hit
from index.ranking import best_matches, late_interaction
from index.search import Found, Search
from index.store import View, Voice
from qa.abstaining import nothing_to_search, of_speakers
from qa.answer import (
    Abstention,
    Answer,
    Citation,
    DoneEvent,
    Event,
    Recognised,
    RetrievedEvent,
    Searched,
    Sentence,
    SentenceEvent,
    UnderstoodEvent,
    Usage,
    with_markers,
)
from qa.citing import cite, widened
from qa.errors import QuestionRefused
from qa.models import Declined, Model, Pointed
from qa.question import understand
from qa.shown import ShownPassage, show
from qa.speakers import people_meant

LONGEST_QUESTION = 2_000
"""Characters of a question."""

MOST_PASSAGES = 50
"""Passages an answer may be drawn from."""

_NEAREST = 3
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Question(Struct, frozen=True, kw_only=True):
    """What is asked: of which part of the archive, and over how many passages.

    `recognise`: a speaker the question asks for becomes a filter.
    """

    text: str
    filters: Filters = Filters()
    recognise: bool = True
    k: int = 10


class Answerer:
    """Answers questions from one archive with one model. Safe for concurrent questions."""

    def __init__(self, search: Search, model: Model, version: str) -> None:
        self._search = search
        self._model = model
        self._version = version

    async def answer(self, question: Question) -> Answer:
        """The whole answer to `question`; QuestionRefused where it is out of bounds."""
        async for event in self.stream(question):
            if isinstance(event, DoneEvent):
                return event.answer
        raise AssertionError("a stream ends with its answer")

    async def stream(self, question: Question) -> AsyncIterator[Event]:
        """The events of the answer: what was understood, the passages, each sentence, the whole."""
        text = _checked(question)
        began = perf_counter()
        view = await asyncio.to_thread(self._search.view)
        asked = await asyncio.to_thread(understand, text, view.voices(), question.recognise)
        recognised = Recognised(speakers=() if question.filters.speakers else asked.speakers)
        filters = _narrowed(question.filters, recognised)
        yield UnderstoodEvent(understood_as=text, filters=question.filters, recognised=recognised)
        understood = perf_counter()
        found = await asyncio.to_thread(self._search.find, text, filters, question.k, view)
        yield RetrievedEvent(hits=await asyncio.to_thread(_hits, found))
        drawn = _Drawn(view)
        generating = perf_counter()
        declined = nothing_to_search(view, found, filters)
        shown = await asyncio.to_thread(_shown, found, filters)
        if declined is None:
            async for said in self._model.points(asked, found, shown):
                if isinstance(said, Declined):
                    declined = of_speakers(said, filters, bool(recognised.speakers))
                else:
                    yield drawn.add(said, shown)
        timings = {
            "understand": (understood - began) * 1e3,
            **found.timings,
            "generate": (perf_counter() - generating) * 1e3,
            "check": 0.0,
        }
        yield DoneEvent(answer=self._whole(text, question, recognised, found, shown, drawn, declined, timings))

    def _whole(
        self,
        text: str,
        question: Question,
        recognised: Recognised,
        found: Found,
        shown: Sequence[ShownPassage],
        drawn: _Drawn,
        declined: Declined | None,
        timings: dict[str, float],
    ) -> Answer:
        sentences = tuple(drawn.sentences)
        abstention = None
        if not sentences:
            said = declined or Declined("unsupported", "No sentence of the record answers this question.")
            abstention = Abstention(reason=said.reason, message=said.message, nearest=tuple(_nearest(found, shown)))
        return Answer(
            id=uuid4().hex,
            asked_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            question=question.text,
            understood_as=text,
            filters=question.filters,
            recognised=recognised,
            status="answered" if sentences else "abstained",
            text=with_markers(sentences),
            sentences=sentences,
            citations=tuple(drawn.citations),
            dropped=(),
            abstention=abstention,
            searched=Searched.within(found.scope),
            model=self._model.id,
            style="quotes",
            timings={stage: round(spent, 3) for stage, spent in timings.items()},
            usage=Usage(),
            version=self._version,
            generation=found.view.generation,
        )


class _Drawn:
    """The sentences drawn from the record so far."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []

    def add(self, pointed: Pointed, shown: Sequence[ShownPassage]) -> SentenceEvent:
        passage = shown[pointed.number[0] - 1]
        span = passage.sentences[pointed.number[1] - 1].span
        if pointed.leans:
            span = widened(passage.transcript, span)
        stored = passage.ranked.stored
        citation = cite(self._view, stored.transcript_id, span, stored.id, len(self.citations) + 1)
        sentence = Sentence(text=citation.quote, citations=(citation.number,), kind="quote")
        self.sentences.append(sentence)
        self.citations.append(citation)
        return SentenceEvent(sentence=sentence, citations=(citation,))


def _checked(question: Question) -> str:
    """The question's text with its white space folded; QuestionRefused where anything is out of bounds."""
    text, filters = question.text, question.filters
    if len(text) > LONGEST_QUESTION:
        raise QuestionRefused(
            f"question: {len(text):,} characters are too many; ask in {LONGEST_QUESTION:,} or fewer"
        )
    for field, given in (("question", (text,)), ("filters", (*filters.speakers, *filters.transcripts))):
        if any(_LONE_SURROGATE.search(one) for one in given):
            raise QuestionRefused(f"{field}: it holds bytes that are no text; write it in UTF-8")
    if not 1 <= question.k <= MOST_PASSAGES:
        raise QuestionRefused(f"k: {question.k} passages; ask for 1 to {MOST_PASSAGES}")
    for field, day in (("since", filters.since), ("until", filters.until)):
        if day is not None and not _is_date(day):
            raise QuestionRefused(f"{field}: {day!r} is no date; write it as 2019-11-14")
    asked = " ".join(text.split())
    if not asked:
        raise QuestionRefused("question: it is empty; ask in words")
    return asked


def _is_date(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _narrowed(filters: Filters, recognised: Recognised) -> Filters:
    return structs.replace(filters, speakers=recognised.speakers) if recognised.speakers else filters


def _hits(found: Found) -> tuple[Hit, ...]:
    return tuple(hit(found.view, one) for one in found.passages)


def _shown(found: Found, filters: Filters) -> list[ShownPassage]:
    transcripts = [found.view.transcript(one.stored.transcript_id) for one in found.passages]
    return show(found.passages, transcripts, _allowed(found.view, filters))


def _allowed(view: View, filters: Filters) -> list[Voice] | None:
    return people_meant(filters.speakers, view.voices()) if filters.speakers else None


def _nearest(found: Found, shown: Sequence[ShownPassage]) -> list[Citation]:
    """What comes nearest to an answer: of each of the best passages the sentence that fits the question best."""
    nearest: list[Citation] = []
    for passage in shown:
        if passage.sentences and found.question is not None and len(nearest) < _NEAREST:
            tokens = [passage.ranked.stored.tokens[sentence.rows] for sentence in passage.sentences]
            late = late_interaction(found.question, best_matches(found.question, tokens))
            span = passage.sentences[int(late.argmax())].span
            stored = passage.ranked.stored
            nearest.append(cite(found.view, stored.transcript_id, span, stored.id, len(nearest) + 1))
    return nearest
