"""Markers: the numbers by which a draft cites, as models really write them.

In: a text. Out: each run of markers, where it stands and the numbers it names. `[3.2]`,
`[3.2][4.1]`, `[3.2, 4.1]`, `[3.2; 4.1 and 5.1]`, `[3.2–3.4]`, `[3.2-4]`, `【3.2】`. A bracket that
holds anything else (`[the]`, `[…]`) is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from index.transcript import Span
from qa.shown import Number

_NUMBER = r"(?:\d{1,4}\.\d{1,4})"
_RANGE = rf"{_NUMBER}(?:\s*(?:[-‐‑‒–—]|to)\s*(?:{_NUMBER}|\d{{1,4}}(?!\.?\d)))?"
_LIST = rf"(?:passages?|sentences?|see|source)?:?\s*(?:{_RANGE})(?:\s*(?:[,;&]|\band\b|,\s*and\b)\s*(?:{_RANGE}))*"
_WHOLE_PASSAGE = r"\d{1,2}(?:\s*[,;]\s*\d{1,2})*"
_MARKER = re.compile(rf"[\[【]\s*(?P<list>{_LIST}|{_WHOLE_PASSAGE})\s*[\]】]", re.IGNORECASE)
_RUN = re.compile(rf"(?:{_MARKER.pattern.replace('?P<list>', '?:')}[ \t]*)+", re.IGNORECASE)
_PART = re.compile(r"(\d{1,4})(?:\.(\d{1,4}))?(?:\s*(?:[-‐‑‒–—]|to)\s*(?:(\d{1,4})\.)?(\d{1,4}))?", re.IGNORECASE)
_BARE = re.compile(rf"^[ \t]*(?:[-*•]\s*)?({_RANGE}(?:[ \t]*[,;][ \t]*{_RANGE})*)[ \t]*[.,;]?[ \t]*$", re.MULTILINE)

MOST_IN_A_RANGE = 20
"""Sentences that one range may cite; a longer one cites what is not shown."""

_NOWHERE: Number = (0, 0)
"""Stands for a citation that can't be of a shown sentence."""


class Markers(Struct, frozen=True):
    """A run of markers with nothing between them; a number that names no single sentence is (0, 0)."""

    span: Span
    numbers: tuple[Number, ...]


def markers(text: str) -> list[Markers]:
    """The runs of bracketed markers in `text`, in order."""
    return [Markers(Span(*found.span()), tuple(_numbers(found.group()))) for found in _RUN.finditer(text)]


def bare_numbers(text: str) -> list[Number]:
    """The numbers on lines that hold nothing else, bracketed or not."""
    return [number for found in _BARE.finditer(text) for number in _listed(found[1])]


def _numbers(run: str) -> Iterator[Number]:
    for found in _MARKER.finditer(run):
        yield from _listed(found["list"])


def _listed(text: str) -> Iterator[Number]:
    for passage, sentence, other, last in _PART.findall(text):
        if not sentence:
            yield _NOWHERE
        elif not last:
            yield int(passage), int(sentence)
        else:
            yield from _ranged(int(passage), int(sentence), int(other or passage), int(last))


def _ranged(passage: int, first: int, other: int, last: int) -> Iterator[Number]:
    if other != passage or not first <= last < first + MOST_IN_A_RANGE:
        yield from ((passage, first), (other, last)) if other != passage else (_NOWHERE,)
    else:
        yield from ((passage, sentence) for sentence in range(first, last + 1))
