"""Leave-one-out: questions that the record answers, made into ones that it does not.

In: a dataset. Out: each question asked of the transcripts that do not hold its answer, where to decline is
right; and, with the reason, the questions for which that makes no sense.

What holds the answer is left out: transcripts with evidence (or, where no place is known, the one that
the question is asked of), and every other with a stretch of `STRETCH` words that has the question's words, for
there the same may be said once more. Words count by how few transcripts have them (log N/n), so that those in all
count nothing, and a stretch has them with `SHARE` of what all of them count together.

A question is passed over by rule where nothing in it tells one transcript from another: each of its words stands
in at least half of them ("Who were the participants of the meeting?"), so that any would answer it. Likewise
where more than half of the transcripts would have to be left out.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct, structs

from eval.datasets.dataset import Asked, Dataset
from index.transcript import Transcript
from qa.matching import stems

STRETCH = 60
"""Words within which a thing is said."""

SHARE = 0.8
"""Of the weight of a question's words."""

ROUNDING = 1e-9


class Withheld(Struct, frozen=True):
    """A question asked of what is left of the archive (its filters say so), and the ids of what is left out."""

    asked: Asked
    without: tuple[str, ...]


class PassedOver(Struct, frozen=True):
    """A question for which leaving its answer out makes no sense, and why."""

    asked: Asked
    reason: str


class LeaveOneOut(Struct, frozen=True):
    """Every question of the dataset is in one of the two."""

    withheld: tuple[Withheld, ...]
    passed_over: tuple[PassedOver, ...]


def leave_one_out(dataset: Dataset) -> LeaveOneOut:
    """The questions of `dataset` with their answers left out."""
    words = _Words(dataset.transcripts)
    judged = [_judged(one, words) for one in dataset.asked]
    return LeaveOneOut(
        tuple(one for one in judged if isinstance(one, Withheld)),
        tuple(one for one in judged if isinstance(one, PassedOver)),
    )


def _judged(asked: Asked, words: _Words) -> Withheld | PassedOver:
    marked = {place.transcript for part in asked.evidence for place in part} or set(asked.filters.transcripts)
    if asked.answerable is False:
        return PassedOver(asked, "the record has no answer to it as it is")
    if not marked:
        return PassedOver(asked, "nobody has said where its answer stands")
    text = asked.spelled_out or asked.question
    if not words.tell_apart(text):
        return PassedOver(asked, "any transcript would answer it: each of its words stands in at least half of them")
    without = tuple(id for id in words.ids if id in marked or words.shared(text, id) >= SHARE - ROUNDING)
    if len(without) * 2 > len(words.ids):
        return PassedOver(asked, "more than half of the transcripts may hold its answer")
    left = tuple(id for id in words.ids if id not in without)
    filters = structs.replace(asked.filters, transcripts=left)
    return Withheld(
        structs.replace(asked, filters=filters, answerable=False, answers=(), evidence=()),
        without,
    )


class _Words:
    """Where each word, by its stem, stands in each transcript."""

    def __init__(self, transcripts: tuple[Transcript, ...]) -> None:
        self._places = {str(one.id): _places(one.text) for one in transcripts}
        self._having = Counter(stem for places in self._places.values() for stem in places)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._places)

    def tell_apart(self, text: str) -> bool:
        """Whether a word of `text` stands in less than half of the transcripts."""
        return any(self._having[stem] * 2 < len(self._places) for stem in stems(text))

    def shared(self, text: str, id: str) -> float:
        """The greatest share of the weight of the words of `text` that one stretch of a transcript has."""
        weights = {stem: self._weight(stem) for stem in stems(text) if self._having[stem]}
        whole = sum(weights.values())
        return max(_held(weights, self._places[id]), default=0.0) / whole if whole else 0.0

    def _weight(self, stem: str) -> float:
        return math.log(len(self._places) / self._having[stem])


def _places(text: str) -> dict[str, list[int]]:
    """Stem -> the words of `text`, counted from 0, that have it."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(text.split()):
        for stem in stems(word):
            places[stem].append(at)
    return dict(places)


def _held(weights: Mapping[str, float], places: Mapping[str, list[int]]) -> Iterator[float]:
    """The weight of the words within each stretch that ends with one of them."""
    standing = sorted((at, stem) for stem, weight in weights.items() if weight for at in places.get(stem, ()))
    last: dict[str, int] = {}
    for at, stem in standing:
        last[stem] = at
        yield sum(weights[one] for one, before in last.items() if at - before < STRETCH)
