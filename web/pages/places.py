"""Places of a transcript as an address names them: `?start=6803&end=6990`, several times for several places.

Offsets are code points, half-open. What is no place of the text is left out: an address may be old.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.transcript import Span

_MOST = 50
_LONGEST = 12
"""Digits of an offset."""


def named(starts: Iterable[str], ends: Iterable[str], length: int) -> tuple[Span, ...]:
    """The places within a text of `length`, ascending and apart; one start goes with one end, in order."""
    found = sorted(
        Span(int(start), min(int(end), length))
        for start, end, _ in zip(starts, ends, range(_MOST))
        if _is_offset(start) and _is_offset(end) and int(start) < min(int(end), length)
    )
    apart: list[Span] = []
    for span in found:
        if apart and span.start <= apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return tuple(apart)


def _is_offset(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST
