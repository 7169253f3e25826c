"""Bearing: what a drafted sentence speaks of is spoken of in what it cites.

In: the sentence and its evidence. Out: a fault, or None. A floor and no proof: so much of the
content words, in any form or near synonym, stands in the cited words, and no clause is wholly
foreign to them; nor is a direction turned round ("more" for "less"). Names, figures and dates are
other rules'; whether the whole is *meant* there, only an entailment model can tell.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.directions import directions
from qa.gate.kin import kin
from index.text.mentions import mentions
from index.text.reporting import SAYING, attributions
from qa.gate.evidence import Evidence
from qa.gate.fault import Fault
from qa.gate.verbatim import is_verbatim, without_asides
from qa.gate.words import is_content, stem

_FLOOR = 0.4
"""The least share of the content words that must stand in what is cited, from two on. Over the drafts of
eval/drafts/seen.jsonl careful paraphrases have 0.4 and more (four in five: over 0.6), swapped citations mostly under 0.3."""

_FEWEST = 2
"""Content words of a clause, all foreign, from which it is an addition."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE = re.compile(
    r"[,;:—–]\s+|\s-\s|\s(?=(?:because|although|though|while|whereas|despite|so that|in order to|after|before|unless|"
    r"since|and|but|which|who)\s)"
)
_CAUSE = re.compile(r"(?:mainly|largely|partly|only|and)?\s*(?:because|since)\b")


def fault(text: str, evidence: Evidence) -> Fault | None:
    """What of `text` is foreign to `evidence`, or turned round."""
    if is_verbatim(text, evidence):
        return None
    held = _held_by(evidence)
    words = _content(text)
    if len(words) >= _FEWEST and sum(_stands(word, held) for word in words) < _FLOOR * len(words):
        return Fault("not_entailed", "the cited words speak of something else")
    for clause in _clauses(text):
        foreign = _content(clause)
        if len(foreign) >= (1 if _CAUSE.match(clause) else _FEWEST) and not any(_stands(word, held) for word in foreign):
            return Fault("not_entailed", f"the cited words do not speak of “{clause}”")
    return _turned_round(text, evidence)


def _held_by(evidence: Evidence) -> frozenset[str]:
    return frozenset().union(*(_held(one) for one in evidence.texts))


def _clauses(text: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSE.split(text) if clause.strip()]


def _turned_round(text: str, evidence: Evidence) -> Fault | None:
    """A direction that `text` gives and the record gives the other way only."""
    said, record = directions(text), [directions(one) for one in evidence.texts]
    sides = frozenset().union(*(one.sides for one in record))
    for pair, side in said.sides:
        if (pair, 1 - side) in sides and (pair, side) not in sides and (pair, 1 - side) not in said.sides:
            return Fault("not_entailed", "the cited words give the opposite direction")
    before = frozenset().union(*(one.before for one in record))
    for pair, side, word in said.before:
        if (pair, 1 - side, word) in before and (pair, side, word) not in before:
            return Fault("not_entailed", f"before “{word}” the cited words have the opposite")
    return None


@lru_cache(maxsize=20_000)
def _content(text: str) -> tuple[str, ...]:
    """The content words of `text`, small, in order; no names, no words about who says it."""
    apart = [one.span for one in mentions(text)] + [one.span for one in attributions(text)]
    found = []
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'").removesuffix("'s")
        if not is_content(word) or word in SAYING or word in _REPORTING or word in _OF_MEASURE or "³" in word or "²" in word:
            continue
        if any(span.start <= match.start() < span.end for span in apart):
            continue
        found.append(word)
    return tuple(dict.fromkeys(found))


_REPORTING = frozenset(
    "according record transcript statement reporters reporter spoke spoken words account briefing announced reported".split()
)
_OF_MEASURE = frozenset(
    """
    day days week weeks month months year years time times hour hours minute minutes plus minus million billion trillion
    thousand hundred percent half third quarter dozen two three four five six seven eight nine ten eleven twelve
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety roughly approximately previous earlier ago
    """.split()
)
"""Words of figures and dates, which have rules of their own."""


@lru_cache(maxsize=20_000)
def _held(text: str) -> frozenset[str]:
    return frozenset(
        stem(part) for match in _WORD.finditer(without_asides(text)) for part in (match.group(), *match.group().split("-"))
    )


def _stands(word: str, held: frozenset[str]) -> bool:
    if not kin(stem(word)).isdisjoint(held) or any(_is_kin(stem(word), other) for other in held):
        return True
    return "-" in word and any(stem(part) in held for part in word.split("-"))


@lru_cache(maxsize=100_000)
def _is_kin(one: str, other: str) -> bool:
    if one[:4] != other[:4]:
        return False
    short, long = sorted((one, other), key=len)
    shared = next((at for at, (a, b) in enumerate(zip(short, long)) if a != b), len(short))
    return shared >= 5 and shared >= 0.6 * len(long) or shared == len(short) >= 4 and len(long) - shared <= 3
