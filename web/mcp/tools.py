"""The tools, in one table: what each is for, what it takes and gives, and how it is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from math import inf
from typing import Any

from litestar.connection import ASGIConnection
from msgspec import Struct

from index.filters import Filters
from index.store import LocalStore
from qa.answer import Answer, DoneEvent, SentenceEvent
from qa.bounds import Question, checked
from qa.checked import Checks
from web.access.seen import seen
from web.api.search import Hits, found_in_line
from web.leaving import apart
from web.mcp.arguments import Ask, Check, GetTranscript, Search
from web.mcp.excerpt import Excerpt, excerpt
from web.mcp.reading import checks_text, excerpt_text, hits_text
from web.plain import answer_text
from web.services import Services


class Caller(Struct, frozen=True):
    """Who calls, over what: `base` is the server's address, `progress` tells the caller how far it is."""

    services: Services
    connection: ASGIConnection[Any, Any, Any, Any]
    base: str
    progress: Callable[[float, str], Awaitable[None]]

    def seen(self, filters: Filters) -> Filters:
        """`filters`, within what the caller may see."""
        return seen(self.connection, filters)


class Result(Struct, frozen=True):
    """What a tool found: as data of the type that it gives, and as text to read."""

    data: Struct
    text: str


class Tool(Struct, frozen=True):
    """`description` is what an assistant chooses by; `call` may raise what any handler of a request may."""

    name: str
    title: str
    description: str
    takes: type[Struct]
    gives: type[Struct]
    call: Callable[[Any, Caller], Awaitable[Result]]


async def ask(asked: Ask, caller: Caller) -> Result:
    question = Question(text=asked.question, filters=caller.seen(asked.filters))
    checked(question)
    answerer = caller.services.answerer(asked.model)
    shown = 0
    async with aclosing(apart(answerer.stream(question), beat=inf)) as events:
        async for event in events:
            if isinstance(event, SentenceEvent):
                shown += 1
                await caller.progress(shown, event.sentence.text)
            elif isinstance(event, DoneEvent):
                return Result(event.answer, answer_text(event.answer, caller.base))
    raise AssertionError("a stream ends with its answer")


async def search(wanted: Search, caller: Caller) -> Result:
    found = await found_in_line(caller.services, wanted.query, caller.seen(wanted.filters), wanted.k)
    return Result(found, hits_text(found))


async def check(given: Check, caller: Caller) -> Result:
    checks = await caller.services.check(given.text, caller.seen(given.filters), caller.connection)
    return Result(checks, checks_text(checks, caller.base))


async def get_transcript(wanted: GetTranscript, caller: Caller) -> Result:
    given = await asyncio.to_thread(_excerpt, caller.services.store, wanted)
    return Result(given, excerpt_text(given))


def _excerpt(store: LocalStore, wanted: GetTranscript) -> Excerpt:
    view = store.view()
    return excerpt(view.summary(wanted.id), view.transcript(wanted.id), wanted.from_char, wanted.characters)


TOOLS = (
    Tool(
        name="ask",
        title="Ask the record",
        description="Answers a question from the archive's transcripts of what people said, and from nothing else. "
        "Every sentence of the answer is verified before it is given: it is the record's own words, or what a model "
        "wrote and the quotes it cites bear out (numbers, dates, names, negations, who said it). Each citation has "
        "the quote word for word, its speaker, date, place and address; give them along with the answer, and quote "
        "only what stands there. Where the record bears out no answer, it says so, why, how much was searched and "
        "what comes nearest, which is no answer. A question that names a speaker, a day or a transcript is answered "
        "from that part of the archive.",
        takes=Ask,
        gives=Answer,
        call=ask,
    ),
    Tool(
        name="search",
        title="Search the record",
        description="Finds the passages of the transcripts that fit a query best, by its words and by its meaning. "
        "A passage is about 150 words as they stand in the record, with who speaks in each stretch of it; whether it "
        "answers anything is not verified. For a verified answer use `ask`.",
        takes=Search,
        gives=Hits,
        call=search,
    ),
    Tool(
        name="check",
        title="Check a text against the record",
        description="Holds a text that somebody wrote against the transcripts: each quotation and each other "
        "sentence is `held`, `altered` (with the difference, word by word, and the true words), `misattributed` (with "
        "who really said it), `not_found` or `not_checked`, with the places of the record. Quotations are held only "
        "where they stand in the record word for word. That something is not found does not make it untrue.",
        takes=Check,
        gives=Checks,
        call=check,
    ),
    Tool(
        name="get_transcript",
        title="Read a transcript",
        description="Gives a transcript turn by turn, with who speaks and when, a stretch at a time: from "
        "`from_char` on about `characters` of its text. `next_char` says where to go on; null is the end. Offsets "
        "are those of citations and hits, so what stands around a quote can be read.",
        takes=GetTranscript,
        gives=Excerpt,
        call=get_transcript,
    ),
)
