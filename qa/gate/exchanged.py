"""Exchanged facts: of two figures or dates that the record holds, each told of what the other is of.

In: a sentence, its facts and those of the cited words with which of them bears out which. Out: two facts
that changed places, or None. Each must share more words and facts of its clause with the record's clause
of the other than with any of its own: "41 on 2 July and 47 on the 16th" where the record has them the
other way. Where clauses do not tell the two apart nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from index.text.dates import dates
from index.text.mentions import mentions
from index.text.numbers import numbers
from index.text.reporting import attributions
from index.transcript import Span
from qa.gate.words import content_stems, stem


class Fact(Struct, frozen=True):
    """Where a fact stands in its text and which facts of the draft, by index, it bears out."""

    span: Span
    bears: frozenset[int]


def exchanged(
    text: str, stated: Sequence[Span], kinds: Sequence[str], record: Sequence[tuple[str, Sequence[Fact]]]
) -> Span | None:
    """The first of `stated` that changed places with another of its kind; "" is of any kind."""
    if len(stated) < 2:
        return None
    clauses = [clause_of(text, span) for span in stated]
    told = [(fact.bears, clause_of(words, fact.span)) for words, facts in record for fact in facts if fact.bears]
    for one, other in combinations(range(len(stated)), 2):
        alike = kinds[one] == kinds[other] or "" in (kinds[one], kinds[other])
        if not alike or any({one, other} <= bears for bears, _ in told):
            continue
        own, strange = _nearness(clauses[one], told, one), _nearness(clauses[one], told, other)
        others_own, others_strange = _nearness(clauses[other], told, other), _nearness(clauses[other], told, one)
        if strange > own and others_strange > others_own:
            return stated[one]
    return None


def _nearness(clause: frozenset[str], told: Sequence[tuple[frozenset[int], frozenset[str]]], fact: int) -> int:
    return max((len(clause & words) for bears, words in told if fact in bears), default=-1)


_BREAK = re.compile(
    r"[.;:!?](?=\s|\Z)|,(?=\s)|\s[–—-]+\s|—|\b(?:and|but|while|whereas|although|though|which|(?<=,\s)who|against|compared|versus|because|so)\b",
    re.IGNORECASE,
)


def names_around(text: str, span: Span) -> frozenset[str]:
    """The stems of the words of the names in the clause around `span`, but those of whoever says it."""
    by = [one.span for one in attributions(text)]
    bounds = Span(*_bounds(text, span))
    named = (one for one in mentions(text) if one.span.overlaps(bounds) and not any(map(one.span.overlaps, by)))
    return frozenset(stem(word.text) for one in named for word in one.words)


def _bounds(text: str, span: Span) -> tuple[int, int]:
    start = max((found.end() for found in _BREAK.finditer(text, 0, span.start)), default=0)
    following = _BREAK.search(text, span.end)
    return start, following.start() if following else len(text)


def clause_of(text: str, span: Span) -> frozenset[str]:
    """The content words of the clause around `span`, and the other figures and dates in it."""
    start, end = _bounds(text, span)
    around = text[start : span.start] + " " * len(span) + text[span.end : end]
    return content_stems(around) | frozenset(_facts(around))


def _facts(text: str) -> Iterator[str]:
    for day in dates(text):
        for name in ("year", "month", "day", "weekday"):
            if (value := getattr(day, name)) is not None:
                yield f"{name} {value}"
    for number in numbers(text):
        yield f"{number.unit.measure} {number.value * number.unit.factor}"
