"""A text that was checked, cut where verdicts begin and end, so that each word shows the verdict on it.

In: the text and the verdicts, whose spans are apart or one within the other. Out: pieces in order,
each with the number of the innermost verdict it is under, and whether that verdict ends there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

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
    waiting = deque(sorted((one.start_char, number) for number, one in enumerate(checks, 1)))
    edges = sorted({0, len(text), *(edge for one in checks for edge in (one.start_char, one.end_char))})
    pieces: list[MarkedPiece] = []
    over: list[int] = []
    for start, end in pairwise(edges):
        over = [number for number in over if checks[number - 1].end_char > start]
        while waiting and waiting[0][0] <= start:
            over.append(waiting.popleft()[1])
        pieces.append(_piece(text[start:end], end, over, checks))
    return tuple(pieces)


def _piece(text: str, end: int, over: Sequence[int], checks: Sequence[Checked]) -> MarkedPiece:
    """The piece `text` up to `end`, under the verdicts numbered `over`."""
    innermost = min(over, key=lambda number: len(checks[number - 1].text), default=0)
    ends = tuple(sorted(number for number in over if checks[number - 1].end_char == end))
    verdict = checks[innermost - 1].verdict if innermost else None
    return MarkedPiece(harmless(text), innermost, verdict, ends)


def counts(checks: Sequence[Checked]) -> tuple[Count, ...]:
    """Of each verdict that was given, what is wrong first."""
    order: tuple[Judgement, ...] = (*WRONG, "held", "not_checked")
    found = (Count(verdict, sum(one.verdict == verdict for one in checks)) for verdict in order)
    return tuple(one for one in found if one.count)
