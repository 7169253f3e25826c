"""Emphasis: the words of a passage that a query looked for, in any of their forms.

In: a query and text of the record. Out: the text in pieces, harmless to show, those marked that
hold one of the query's words by its stem. What every sentence has ("the", "of") is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from index.text.function_words import FUNCTION_WORDS
from qa.matching import stems
from web.pages.harmless import harmless

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Stretch(Struct, frozen=True):
    """A stretch of text, and whether it is one of the words looked for."""

    text: str
    marked: bool


def looked_for(query: str) -> frozenset[str]:
    """The stems of the words of `query`; of all of them where none says anything by itself."""
    words = [found.group() for found in _WORD.finditer(query)]
    telling = [word for word in words if word.casefold() not in FUNCTION_WORDS]
    return stems(" ".join(telling or words))


def emphasised(text: str, wanted: frozenset[str]) -> tuple[Stretch, ...]:
    """`text`, with the words whose stems are `wanted` marked; marked words that only a space parts are one."""
    stretches: list[Stretch] = []
    at = 0
    for start, end in _runs(text, wanted):
        if start > at:
            stretches.append(Stretch(harmless(text[at:start]), False))
        stretches.append(Stretch(harmless(text[start:end]), True))
        at = end
    if at < len(text):
        stretches.append(Stretch(harmless(text[at:]), False))
    return tuple(stretches)


def _runs(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    begun: tuple[int, int] | None = None
    for found in _WORD.finditer(text):
        if stems(found.group()).isdisjoint(wanted):
            continue
        if begun and text[begun[1] : found.start()] == " ":
            begun = begun[0], found.end()
            continue
        if begun:
            yield begun
        begun = found.span()
    if begun:
        yield begun
