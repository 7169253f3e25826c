"""A text that was checked, cut where verdicts begin and end, so that each word shows the verdict on it.

In: the text and the verdicts, whose spans are apart or one within the other. Out: pieces in order,
each with the number of the innermost verdict it is under, and whether that verdict ends there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from index.transcript import Span
from qa.checked import Checked, Judgement
from web.pages.harmless import harmless

Shown = Judgement | Literal["differs"]
"""A verdict as a page shows it. *differs*: a sentence that is not found, while the record says otherwise."""

SIGNS: dict[Shown, str] = {
    "held": "✓",
    "altered": "≠",
    "misattributed": "⇄",
    "differs": "≠",
    "not_found": "?",
    "not_checked": "–",
}
WORDS: dict[Shown, str] = {
    "held": "Held",
    "altered": "Altered",
    "misattributed": "Misattributed",
    "differs": "Otherwise in the record",
    "not_found": "Not found",
    "not_checked": "Not checked",
}
WRONG: tuple[Shown, ...] = ("altered", "misattributed", "differs", "not_found")
"""What a reader has to look at."""


_OPENING = frozenset("\"“„«‹‘‚'")
_CLOSING = frozenset("\"”“»›’'")


class MarkedPiece(Struct, frozen=True):
    """`number` counts the verdicts from 1, 0 where there is none; `ends` are those that end with this piece."""

    text: str
    number: int
    verdict: Shown | None
    ends: tuple[int, ...]


class Count(Struct, frozen=True):
    """How many verdicts are this one."""

    verdict: Shown
    count: int


def marked(text: str, checks: Sequence[Checked]) -> tuple[MarkedPiece, ...]:
    """`text` in pieces, harmless to show."""
    spans = [_with_marks(text, one) for one in checks]
    waiting = deque(sorted((span.start, number) for number, span in enumerate(spans, 1)))
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end))})
    pieces: list[MarkedPiece] = []
    over: list[int] = []
    for start, end in pairwise(edges):
        over = [number for number in over if spans[number - 1].end > start]
        while waiting and waiting[0][0] <= start:
            over.append(waiting.popleft()[1])
        innermost = min(over, key=lambda number: len(spans[number - 1]), default=0)
        ends = tuple(sorted(number for number in over if spans[number - 1].end == end))
        verdict = shown_as(checks[innermost - 1]) if innermost else None
        pieces.append(MarkedPiece(harmless(text[start:end]), innermost, verdict, ends))
    return tuple(pieces)


def _with_marks(text: str, one: Checked) -> Span:
    """Where it stands, a quotation with the marks around it."""
    start, end = one.start_char, one.end_char
    if one.kind == "quotation" and text[max(0, start - 1) : start] in _OPENING and text[end : end + 1] in _CLOSING:
        return Span(max(0, start - 1), min(len(text), end + 1))
    return Span(start, end)


def shown_as(one: Checked) -> Shown:
    """The verdict, told apart where the record says otherwise."""
    return "differs" if one.verdict == "not_found" and one.otherwise else one.verdict


def reason(one: Checked) -> str:
    """Why the verdict is what it is, without what the citations say."""
    return one.fault or one.detail


def counts(checks: Sequence[Checked]) -> tuple[Count, ...]:
    """Of each verdict that was given, what is wrong first."""
    order: tuple[Shown, ...] = (*WRONG, "held", "not_checked")
    found = (Count(verdict, sum(shown_as(one) == verdict for one in checks)) for verdict in order)
    return tuple(one for one in found if one.count)
