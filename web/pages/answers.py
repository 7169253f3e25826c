"""A shared answer: as it was given, with what became of each of its quotes since."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from index.text.difference import Run, difference
from qa.answer import Answer, Citation, Sentence
from qa.receipts import CitationToday, State
from web.api.answers import shared
from web.pages.templates import page
from web.pages.wording import day
from web.services import Services

SIGNS: dict[State, str] = {"holds": "✓", "moved": "→", "changed": "≠", "removed": "✕"}
WORDS: dict[State, str] = {
    "holds": "Holds today",
    "moved": "Holds today, at another place",
    "changed": "Changed since",
    "removed": "No longer in the archive",
}
REASONS = {
    "no_citation": "it points at nothing in the record",
    "unknown_citation": "it points at a sentence that it was not shown",
    "quotation_not_found": "what it quotes does not stand there word for word",
    "number_not_in_source": "a number in it does not stand in what it cites",
    "date_not_in_source": "a date in it does not stand in what it cites",
    "name_not_in_source": "a name in it does not stand in what it cites",
    "wrong_speaker": "it gives the words to somebody else",
    "negation": "it denies what the record affirms, or the other way round",
    "lost_antecedent": "it leans on a sentence that was left out",
    "not_entailed": "what it cites does not bear it out",
}
"""Why a sentence of a model was left out; static/outcome.js says the same."""


Joint = Literal["on", "omission", "anew"]
"""How a sentence follows the one before: at once, with a sentence of the record left out, or apart from it."""


class Said(Struct, frozen=True):
    """A sentence of the answer, and how it follows the one before; the first of a paragraph is `anew`."""

    sentence: Sentence
    joint: Joint


class Paragraph(Struct, frozen=True):
    """Sentences in a row: quotes of one voice in one transcript, the `voice`, or a model's prose."""

    voice: Citation | None
    sentences: tuple[Said, ...]


_SPACE = 4
"""Characters of white space between two sentences of a paragraph, at most."""


class Source(Struct, frozen=True):
    """A citation, what became of it, where it leads today, and how the words there differ from the quote."""

    citation: Citation
    today: CitationToday
    url: str | None
    difference: tuple[Run, ...]


@get("/answers/{id:str}", media_type=MediaType.HTML, include_in_schema=False)
async def answer_page(
    id: FromPath[str], request: Request[Any, Any, Any], services: NamedDependency[SkipValidation[Services]]
) -> str:
    """The page."""

    def made() -> str:
        found = shared(services, id)
        sources = tuple(map(_source, found.answer.citations, found.citations))
        return page(
            request,
            "answer.html",
            answer=found.answer,
            asked=_when(found.answer.asked_at),
            paragraphs=paragraphs(found.answer),
            sources=sources,
            changed=sum(one.today.state == "changed" for one in sources),
            removed=sum(one.today.state == "removed" for one in sources),
            signs=SIGNS,
            words=WORDS,
            reasons=REASONS,
            within=within(found.answer),
        )

    return await asyncio.to_thread(made)


@get("/answers/{id:str}/export", include_in_schema=False)
async def export_answer(id: FromPath[str], services: NamedDependency[SkipValidation[Services]]) -> Response[bytes]:
    """The answer as it was, as a file that `onrecord verify` takes."""

    def made() -> bytes:
        return msgspec.json.format(msgspec.json.encode(shared(services, id).answer), indent=1)

    kept = await asyncio.to_thread(made)
    disposition = f'attachment; filename="answer-{id}.json"'
    return Response(kept, media_type=MediaType.JSON, headers={"Content-Disposition": disposition})


def within(answer: Answer) -> str:
    """The part of the archive that was asked, as static/filters.js says it; empty where it was all of it."""
    asked, found = answer.filters, answer.recognised
    since, until = found.since or asked.since, found.until or asked.until
    days = [("on", since)] if since and since == until else [("not before", since), ("not after", until)]
    parts = [
        *(f"said by {name}" for name in dict.fromkeys((*asked.speakers, *found.speakers))),
        *(f"in {id}" for id in dict.fromkeys((*asked.transcripts, *found.transcripts))),
        *(f"collection {name}" for name in asked.collections),
        *(f"{how} {day(date)}" for how, date in days if date),
    ]
    return ", ".join(parts)


def paragraphs(answer: Answer) -> tuple[Paragraph, ...]:
    """The answer's sentences, those together that one voice says or a model writes in a row."""
    cited = {one.number: one for one in answer.citations}
    made: list[tuple[Citation | None, list[Said]]] = []
    last: Citation | None = None
    for sentence in answer.sentences:
        quoted = _quoted(sentence, cited)
        goes_on = bool(made) and (quoted is None) == (last is None) and (quoted is None or _one_voice(last, quoted))
        if not goes_on:
            made.append((quoted, []))
        made[-1][1].append(Said(sentence, joint(last, quoted) if goes_on else "anew"))
        last = quoted
    return tuple(Paragraph(voice, tuple(said)) for voice, said in made)


def _quoted(sentence: Sentence, cited: dict[int, Citation]) -> Citation | None:
    """The citation whose quote the sentence is, to the letter."""
    if sentence.kind != "quote" or len(sentence.citations) != 1:
        return None
    one = cited.get(sentence.citations[0])
    return one if one and one.quote == sentence.text else None


def _one_voice(one: Citation | None, other: Citation) -> bool:
    return one is not None and (one.transcript_id, one.label, one.name) == (
        other.transcript_id,
        other.label,
        other.name,
    )


def joint(one: Citation | None, other: Citation | None) -> Joint:
    """How one quote follows another of its voice; of a model's prose, at once.

    Only neighbours in one turn are run together: elsewhere a question may lie between, or what comes
    second was said first, and a mark of omission would make one statement of two. static/citation.js does the same.
    """
    if one is None or other is None:
        return "on"
    between = other.start_char - one.end_char
    if not one.after or between < 0:
        return "anew"
    if between <= _SPACE and other.quote.startswith(one.after):
        return "on"
    return "omission" if one.after == other.before and between <= len(one.after) + 2 * _SPACE else "anew"


def _source(citation: Citation, today: CitationToday) -> Source:
    if today.start_char is None:
        gone = today.state == "removed"
        return Source(citation, today, None if gone else f"/transcripts/{today.transcript_id}", ())
    url = f"/transcripts/{today.transcript_id}#c{today.start_char}-{today.end_char}"
    runs: Sequence[Run] = difference(today.now, citation.quote) if today.state == "changed" and today.now else ()
    return Source(citation, today, url, tuple(runs))


def _when(asked_at: str) -> str:
    """`27 November 2026, 14:02 UTC`."""
    try:
        at = datetime.fromisoformat(asked_at)
    except ValueError:
        return asked_at
    return f"{day(at.date().isoformat())}, {at:%H:%M} UTC"


ROUTES: tuple[ControllerRouterHandler, ...] = (answer_page, export_answer)
