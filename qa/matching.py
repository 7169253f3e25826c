"""Matching: how much of a question the words of the record bear out, word by word.

In: a question's content words with their token vectors, and stretches of the record with theirs.
Out: for each stretch and word a match between 0 and 1: 1 where the word itself stands there (by
stem), else how near its best token comes (late interaction, taken word by word).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import Stemmer
from msgspec import Struct
from numpy.typing import NDArray

from index.embedding import EmbeddedQuestion
from index.transcript import Span

Floats = NDArray[np.float32]

_FAR, _NEAR = 0.35, 0.75
"""Cosines at and below which a token says nothing, and at and above which it says the same."""

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
    whether which while who whom whose why will with within without would yes you your according per s t re ve
    ll d m
    """.split()
)
_ASKING = frozenset(
    """
    share fraction percent percentage portion proportion number amount total large big long old far reason date
    year day person people kind sort type name named many much
    """.split()
)


class Word(Struct, frozen=True, eq=False):
    """A content word of the question: its stem, how much it weighs, and its token rows."""

    text: str
    stem: str
    weight: float
    span: Span
    rows: tuple[int, ...]
    proper: bool
    """Printed with a capital or a digit: a name or a figure, which nothing else can stand for."""


def content_words(text: str, question: EmbeddedQuestion, apart: Sequence[str] = ()) -> list[Word]:
    """The words of `text` that say what it is about; those of the names in `apart` left out."""
    left_out = {stem for name in apart for stem in stems(name)}
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        folded, stem = word.casefold(), _stem(word)
        if folded in _EMPTY or stem in left_out:
            continue
        span = Span(*match.span())
        rows = tuple(np.flatnonzero((question.spans[:, 0] < span.end) & (question.spans[:, 1] > span.start)).tolist())
        if not rows:
            continue
        weight = float(question.weights[list(rows)].max())
        proper = any(c.isdigit() for c in word) or (word[0].isupper() and match.start() > 0)
        asking = folded in _ASKING
        found.append(Word(folded, stem, weight * (0.3 if asking else 1.0), span, rows, proper and not asking))
    return found


def stems(text: str) -> frozenset[str]:
    """The stems of the words of `text`."""
    return frozenset(_stem(found.group()) for found in _WORD.finditer(text))


def matches(words: Sequence[Word], cosines: Floats, present: frozenset[str]) -> Floats:
    """For each of `words` how well a stretch bears it out, 0 to 1.

    cosines: the best cosine each question token finds in the stretch [question tokens].
    present: the stems that stand in it.
    """
    found = np.empty(len(words), dtype=np.float32)
    for at, word in enumerate(words):
        if word.stem in present:
            found[at] = 1.0
            continue
        near = float(np.mean([cosines[row] for row in word.rows]))
        found[at] = 0.9 * min(1.0, max(0.0, (near - _FAR) / (_NEAR - _FAR)))
    return found


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    with _lock:
        return str(_stemmer.stemWord(word.casefold().replace(",", "")))


# A Stemmer keeps state between calls and is not safe to share without a lock.
_lock = threading.Lock()
_stemmer = Stemmer.Stemmer("english")
