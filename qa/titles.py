"""Titles: which transcripts a phrase such as "the council hearing" or "the press call on Ethiopia" means.

In: the summaries of the archive and a question. Out: each phrase that names one to three transcripts
by words of their titles or ids, with what kind of thing they are as its head ("hearing", "debate").
What a title says the talk was *about* does not make it that: a call on the G7 summit is a call.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from index.store import Summary
from index.transcript import Span
from qa.matching import stems

MOST_MEANT = 3
"""Transcripts a phrase may mean and still be taken to name them."""

KINDS = frozenset(
    """
    address announcement appearance assembly board briefing broadcast call ceremony committee conference debate
    discussion episode event forum gaggle groundbreaking hearing inquest inquiry interview keynote launch lecture
    meeting ministerial panel podcast presentation presser programme questioning rally reading remarks seminar
    session sitting speech statement summit symposium talk testimony townhall webinar workshop pressekonferenz sitzung
    anhörung rede gespräch
    """.split()
)
"""What a transcript may be of."""

_PLACE = re.compile(
    r"\b(?:in|at|during|from|on|before|according\s+to)\s+(?:the|that|this|his|her|their|its)\s+", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TOPIC = re.compile(
    r"(?<=\w)[\s-]+(?:on(?!\W+the\W+record)|about|regarding|concerning|previewing|following|aboard|en\W+route|zur?|zum|über|"
    r"to\W+(?:discuss|address|preview))\W.*|:.*",
    re.IGNORECASE | re.DOTALL,
)
_SMALL = frozenset("the a an of on in at by for with and to from about de la".split())
_LONGEST = 12
"""Words of a phrase that are looked at."""
_BOUND = re.compile(r"[,;:?!\n]|\.\s")


class Named(Struct, frozen=True):
    """A phrase, the word before it included, and the ids of the transcripts it means."""

    span: Span
    transcripts: tuple[str, ...]


class _Index(Struct, frozen=True, eq=False):
    """By stem, the places in the archive of the transcripts that bear it: anywhere in title or id, or as what it is."""

    anywhere: dict[str, frozenset[int]]
    kind: dict[str, frozenset[int]]


def titles_named(text: str, summaries: tuple[Summary, ...]) -> list[Named]:
    """The phrases of `text` that mean transcripts, in order."""
    return list(_named(text, summaries)) if summaries else []


def bodies(summaries: tuple[Summary, ...]) -> frozenset[str]:
    """Whom titles name as holding the talk, in small letters: "white house", "press secretary"."""
    return _bodies(summaries)


def _named(text: str, summaries: tuple[Summary, ...]) -> Iterator[Named]:
    index = _index(summaries)
    for found in _PLACE.finditer(text):
        bound = _BOUND.search(text, found.end())
        words = list(_WORD.finditer(text, found.end(), bound.start() if bound else len(text)))[:_LONGEST]
        best = max(_fitting(words, index), default=None, key=lambda one: one[0])
        if best is not None:
            ids = tuple(summaries[at].id for at in sorted(best[1]))
            yield Named(Span(found.start(), best[0]), ids)


def _fitting(words: list[re.Match[str]], index: _Index) -> Iterator[tuple[int, frozenset[int]]]:
    """The ends of the phrases that fit few transcripts in all their words, and those transcripts."""
    fit: frozenset[int] | None = None
    headed: frozenset[int] = frozenset()
    for word in words:
        if word.group().casefold() in _SMALL:
            continue
        bearing = _bearing(word.group(), index.anywhere)
        fit = bearing if fit is None else fit & bearing
        if not fit:
            return
        if not headed and word.group().casefold() in KINDS:
            headed = _bearing(word.group(), index.kind)
        if headed and 1 <= len(fit & headed) <= MOST_MEANT:
            yield word.end(), fit & headed


def _bearing(word: str, table: dict[str, frozenset[int]]) -> frozenset[int]:
    found = [table.get(stem, frozenset()) for stem in stems(word)]
    return frozenset.intersection(*found) if found else frozenset()


@lru_cache(maxsize=8)
def _index(summaries: tuple[Summary, ...]) -> _Index:
    anywhere: dict[str, set[int]] = defaultdict(set)
    kind: dict[str, set[int]] = defaultdict(set)
    for at, summary in enumerate(summaries):
        for printed in (summary.title or "", _spaced(summary.id)):
            for stem in stems(printed):
                anywhere[stem].add(at)
            for stem in stems(_TOPIC.sub("", printed)):
                kind[stem].add(at)
    return _Index(_frozen(anywhere), _frozen(kind))


def _frozen(table: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    return {stem: frozenset(found) for stem, found in table.items()}


def _spaced(id: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", id))


@lru_cache(maxsize=8)
def _bodies(summaries: tuple[Summary, ...]) -> frozenset[str]:
    found: set[str] = set()
    for summary in summaries:
        held_by = _TOPIC.sub("", summary.title or "").casefold().split()
        found.update(" ".join(held_by[at : at + length]).strip(",") for length in (2, 3) for at in range(len(held_by)))
    return frozenset(found)
