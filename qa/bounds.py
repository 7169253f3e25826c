"""Bounds: what of a question is refused before anything is looked up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from index.filters import Filters
from qa.answer import Style
from qa.errors import QuestionRefused
from qa.leaning import LONGEST_QUESTION, Exchange

LONGEST_HISTORY = 50
"""Exchanges that a question may follow."""

LONGEST_ANSWER = 20_000
"""Characters of an answer in the history."""

MOST_PASSAGES = 50
"""Passages an answer may be drawn from."""

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Question(Struct, frozen=True, kw_only=True):
    """What is asked: of which part of the archive, over how many passages, after what.

    `recognise`: speakers, dates and titles the question asks for become filters. `style` None is
    the model's own.
    """

    text: str
    filters: Filters = Filters()
    history: tuple[Exchange, ...] = ()
    recognise: bool = True
    style: Style | None = None
    k: int = 10


def checked(question: Question) -> str:
    """The question's text with its white space folded; QuestionRefused where anything is out of bounds."""
    checked_text("question", question.text, LONGEST_QUESTION)
    if len(question.history) > LONGEST_HISTORY:
        sent = len(question.history)
        raise QuestionRefused(f"history: {sent} exchanges are too many; send the last {LONGEST_HISTORY}")
    for exchange in question.history:
        checked_text("history", exchange.question, LONGEST_QUESTION)
        checked_text("history", exchange.answer, LONGEST_ANSWER)
    checked_filters(question.filters)
    if not 1 <= question.k <= MOST_PASSAGES:
        raise QuestionRefused(f"k: {question.k} passages; ask for 1 to {MOST_PASSAGES}")
    asked = " ".join(question.text.split())
    if not asked:
        raise QuestionRefused("question: it is empty; ask in words")
    return asked


def checked_text(field: str, text: str, longest: int) -> None:
    """QuestionRefused where `text` is too long or no text."""
    if len(text) > longest:
        raise QuestionRefused(f"{field}: {len(text):,} characters are too many; {longest:,} or fewer are taken")
    _is_text(field, (text,))


def checked_filters(filters: Filters) -> None:
    """QuestionRefused where a filter is no text or no date, or a span of time ends before it begins."""
    _is_text("filters", (*filters.speakers, *filters.transcripts, *filters.collections))
    for field, day in (("since", filters.since), ("until", filters.until)):
        if day is not None and not _is_date(day):
            raise QuestionRefused(f"{field}: {day!r} is no date; write it as 2019-11-14")
    if filters.since and filters.until and filters.since > filters.until:
        raise QuestionRefused(f"since: {filters.since} is later than {filters.until}, until when was asked for")


def _is_text(field: str, given: Sequence[str]) -> None:
    if any(_LONE_SURROGATE.search(one) for one in given):
        raise QuestionRefused(f"{field}: it holds bytes that are no text; write it in UTF-8")


def _is_date(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
