"""Matching: how much of a question a stretch of the record bears out, word by word.

In: a question's content words with their token vectors, and stretches of the record with theirs.
Out: for each stretch and word a match between 0 and 1: 1 where the word itself stands there (by
stem), else how near its best token comes (late interaction, taken word by word). Words that
name a period are borne out by a transcript of that time too.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import Stemmer
from msgspec import Struct
from numpy.typing import NDArray

from index.embedding import EmbeddedQuestion
from index.text.dates import Period, periods
from index.text.facts import is_in_a_name
from index.transcript import Span

Floats = NDArray[np.float32]

_FAR, _NEAR = 0.45, 0.8
"""Cosines at which a token says nothing, and the same: about where tokens of words that don't stand in a
sentence and tokens of words that do part company."""

_AS_GOOD = 0.9
"""What the nearest other word counts against the word itself."""

_AFTERWARDS = timedelta(days=35)
"""How long after a period it is still spoken of as of now."""

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’](?!s\b)[^\W_]+)?")
_EMPTY = frozenset(
    """
    a about above according actually after all also am an and any anybody anyone anything are as at be became
    become been before being below between both but by can could did do does doing done down during each
    either else ever every few first for from further gave get give given go going gone got had happen
    happened has have having he her here hers him his how i if in into is it its itself just last let like
    made make many may me might more most much must my no nobody none nor not now of off on once one only or
    other our out over own past put said same say saying says see seen she should since so some somebody
    someone such take taken tell than that the their them then there these they thing things think this those
    through to told too took toward under until up upon us use used very was way we were what when where
    whether which while who whom whose why will with within without would yes you your per s t re ve ll d m
    """.split()
)
_ASKING = frozenset(
    """
    share fraction percent percentage portion proportion number amount total large big long old far reason
    date year day person people kind sort type name named called many much attribute cite mention place city
    country
    """.split()
)
_ASKING_WEIGHT = 0.3

_TELLING = 3.5
"""The idf from which a name tells something in an archive: "White House" does not in a White House's."""


class Word(Struct, frozen=True, eq=False):
    """A content word of the question, or a person it names, who is one word however many the name has.

    `stems`: any of them bears it out. `weight`: its idf. `rows`: its tokens. `proper`: printed with
    a capital or a digit, a name or a figure for which little else can stand. `period`: the time
    it names together with the words beside it. `person`: it names somebody who speaks.
    `figure`: it begins with a digit and is of no date and no name ("COVID-19").
    """

    stems: frozenset[str]
    weight: float
    rows: tuple[int, ...]
    proper: bool
    period: Period | None
    person: bool = False
    figure: bool = False


class Stretch(Struct, frozen=True, eq=False):
    """A stretch of the record: the stems in it, the best cosine each question token finds, its transcript's date."""

    stems: frozenset[str]
    cosines: Floats
    date: str | None


def content_words(
    text: str, question: EmbeddedQuestion, apart: Sequence[str] = (), surnames: Collection[str] = ()
) -> list[Word]:
    """The words of `text` that say what it is about; those of the names in `apart` left out.

    `surnames` are of people whom the record may call by any part of their names.
    """
    left_out = {stem for name in apart for stem in stems(name)}
    named = periods(text)
    places, weights = question.spans.tolist(), question.weights.tolist()
    found = []
    for span in _words_and_people(text, surnames):
        word = text[span.start : span.end]
        if word.casefold() in _EMPTY or not stems(word).isdisjoint(left_out):
            continue
        rows = tuple(row for row, (start, end) in enumerate(places) if start < span.end and end > span.start)
        if not rows:
            continue
        asking = word.casefold() in _ASKING
        weight = max(weights[row] for row in rows) * (_ASKING_WEIGHT if asking else 1.0)
        period = next((one for one in named if one.span.contains(span)), None)
        printed = any(c.isdigit() for c in word) or (word[0].isupper() and span.start > 0)
        proper = printed and not asking and period is None and weight >= _TELLING
        figure = word[0].isdigit() and period is None and not is_in_a_name(text, span.start)
        found.append(Word(stems(word), weight, rows, proper, period, _is_person(word, surnames), figure))
    return found


def _words_and_people(text: str, surnames: Collection[str]) -> list[Span]:
    """The words of `text` in order, but a surname and the words with capitals before it as one."""
    people = []
    folded = text.casefold()
    for surname in (one for one in surnames if one.casefold() in folded):
        for found in re.finditer(rf"(?:\b[A-ZÀ-Þ][\w.'’]+ ){{0,3}}\b(?i:{re.escape(surname)})\b", text):
            people.append(_without_asking(text, Span(*found.span())))
    people = [one for one in people if not any(other != one and other.contains(one) for other in people)]
    words = (Span(*found.span()) for found in _WORD.finditer(text))
    return sorted({*people, *(word for word in words if not any(one.overlaps(word) for one in people))})


def _without_asking(text: str, name: Span) -> Span:
    """`name` without the word before it that begins the question: "Did Psaki" is Psaki."""
    first = _WORD.match(text, name.start, name.end)
    asks = first is not None and first.end() < name.end and first.group().casefold() in _EMPTY
    return Span(first.end() + 1, name.end) if first and asks else name


def _is_person(name: str, surnames: Collection[str]) -> bool:
    """Whether `name` ends with the surname of somebody who speaks."""
    folded = name.casefold()
    return any(folded == one or folded.endswith(f" {one}") for one in surnames)


def stems(text: str) -> frozenset[str]:
    """The stems of the words of `text`."""
    return frozenset(map(_stem, _WORD.findall(text)))


def matches(words: Sequence[Word], stretches: Sequence[Stretch]) -> Floats:
    """How well each stretch bears out each of `words`, 0 to 1: [stretches, words]."""
    if not stretches:
        return np.zeros((0, len(words)), dtype=np.float32)
    cosines = np.array([one.cosines for one in stretches])
    near = (cosines @ _means(words, cosines.shape[1]) - _FAR) / (_NEAR - _FAR)
    found = np.asarray(_AS_GOOD * near.clip(0, 1), dtype=np.float32)
    there = frozenset[str]().union(*(one.stems for one in stretches))
    for at, word in enumerate(words):
        bearing = word.stems | _namesakes(word, there) if word.proper else word.stems
        found[[not bearing.isdisjoint(stretch.stems) for stretch in stretches], at] = 1.0
        if word.period:
            found[[_spoken_of(word.period, stretch.date) for stretch in stretches], at] = 1.0
    return found


def _means(words: Sequence[Word], tokens: int) -> Floats:
    """What makes of each token's cosine the mean of each word's: [tokens, words]."""
    means = np.zeros((tokens, len(words)), dtype=np.float32)
    for at, word in enumerate(words):
        means[list(word.rows), at] = 1 / len(word.rows)
    return means


def _namesakes(word: Word, there: Collection[str]) -> frozenset[str]:
    """Those of `there` of one name with a stem of `word`: Japan and Japanese, America and American begin alike."""
    heads = {one[:_HEAD] for one in word.stems}
    near = [other for other in there if other[:_HEAD] in heads]
    return frozenset(other for other in near if any(_of_one_name(one, other) for one in word.stems))


_HEAD = 4
"""Letters that two forms of one name have in common at least."""


def _spoken_of(period: Period, day: str | None) -> bool:
    """Whether a transcript of `day` may speak of `period` without naming it."""
    return day is not None and period.since <= day <= (date.fromisoformat(period.until) + _AFTERWARDS).isoformat()


def _of_one_name(one: str, other: str) -> bool:
    """Whether one is the other's beginning."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return len(short) >= _HEAD and len(long) - len(short) <= 4 and long.startswith(short)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    with _lock:
        return str(_stemmer.stemWord(word.casefold().replace(",", "")))


# A Stemmer keeps state between calls and is not safe to share without a lock.
_lock = threading.Lock()
_stemmer = Stemmer.Stemmer("english")
