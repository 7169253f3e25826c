"""A text that was checked, cut where verdicts begin and end, so that each word shows the verdict on it.

In: the text and the verdicts, whose spans are apart or one within the other. Out: pieces in order,
each with the number of the innermost verdict it is under, and whether that verdict ends there.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from index.transcript import Span
from qa.checking import Checked, Judgement
from web.pages.harmless import harmless

SIGNS: dict[Judgement, str] = {
    "held": "✓",
    "altered": "≠",
    "misattributed": "⇄",
    "not_found": "?",
    "not_checked": "–",
}
WORDS: dict[Judgement, str] = {
    "held": "Held",
    "altered": "Altered",
    "misattributed": "Misattributed",
    "not_found": "Not found",
    "not_checked": "Not checked",
}
WRONG: tuple[Judgement, ...] = ("altered", "misattributed", "not_found")
"""What a reader has to look at."""


class MarkedPiece(Struct, frozen=True):
    """`number` counts the verdicts from 1, 0 where there is none; `ends` are those that end with this piece."""

    text: str
    number: int
    verdict: Judgement | None
    ends: tuple[int, ...]


class Count(Struct, frozen=True):
    """How many verdicts are this one."""

    verdict: Judgement
    count: int


def marked(text: str, checks: Sequence[Checked]) -> tuple[MarkedPiece, ...]:
    """`text` in pieces, harmless to show."""
    spans = [Span(one.start_char, one.end_char) for one in checks]
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end))})
    return tuple(
        _piece(text, Span(start, end), spans, checks) for start, end in zip(edges, edges[1:]) if start < end
    )


def _piece(text: str, span: Span, spans: Sequence[Span], checks: Sequence[Checked]) -> MarkedPiece:
    over = [number for number, one in enumerate(spans, 1) if one.contains(span)]
    innermost = min(over, key=lambda number: len(spans[number - 1]), default=0)
    ends = tuple(number for number in over if spans[number - 1].end == span.end)
    verdict = checks[innermost - 1].verdict if innermost else None
    return MarkedPiece(harmless(text[span.start : span.end]), innermost, verdict, ends)


def counts(checks: Sequence[Checked]) -> tuple[Count, ...]:
    """Of each verdict that was given, what is wrong first."""
    order: tuple[Judgement, ...] = (*WRONG, "held", "not_checked")
    found = (Count(verdict, sum(one.verdict == verdict for one in checks)) for verdict in order)
    return tuple(one for one in found if one.count)
