"""The extractive answerer: points at the sentences of the record that answer, or declines. No model, no network."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

from msgspec import Struct

from index.ranking import distinct
from index.search import Found
from qa.models.model import Declined, Pointed
from qa.models.weighing import Candidate, Weights, candidates
from qa.question import Understood
from qa.shown import Number, ShownPassage


class ExtractiveSettings(Struct, frozen=True):
    """How sentences are weighed (`weights`), and how sure the best must be (`sureness` at least 0).

    Up to `longest` sentences are given, none of which weighs `close` less than the best. Where
    less than `about` of the question, or of a name in it, is borne out anywhere near, the record is
    not about it.
    """

    weights: Weights = Weights(
        own=3.7, near=2.4, wide=1.7, late=1.9, behind=1.0, holds=1.0, lacks=-1.0, length=-0.2, evades=-0.5
    )
    sureness: Weights = Weights(
        constant=-3.7,
        own=0.8,
        wide=0.9,
        own_rare=1.0,
        wide_rare=1.0,
        late=0.3,
        similarity=0.8,
        lacks=-2.2,
        names_near=0.6,
        names_wide=0.5,
    )
    close: float = 1.0
    longest: int = 4
    about: float = 0.5


class Extractive:
    """The default model: needs nothing but the record."""

    id = "extractive"

    def __init__(self, settings: ExtractiveSettings = ExtractiveSettings()) -> None:
        self._settings = settings

    async def points(
        self, asked: Understood, found: Found, shown: Sequence[ShownPassage]
    ) -> AsyncIterator[Pointed | Declined]:
        """The best sentences first, each with the one before where it can't stand alone."""
        weighed = candidates(asked, found, shown, self._settings.weights)
        declined = self._declined(weighed)
        if declined:
            yield declined
            return
        for numbers in self._chosen(weighed):
            yield Pointed(numbers)

    def _declined(self, weighed: Sequence[Candidate]) -> Declined | None:
        """Why the best of `weighed` is no answer, or None where it is one."""
        if not weighed:
            return _NOTHING
        best = weighed[0].features
        if not best.lacks and self._settings.sureness.of(best) >= 0:
            return None
        if best.wide < self._settings.about or best.names_wide < self._settings.about:
            return _NOTHING
        return _NO_SUCH_FACT if best.lacks else _NOT_BORNE_OUT

    def _chosen(self, weighed: Sequence[Candidate]) -> list[tuple[Number, ...]]:
        """The best, and what comes close to it and says something else."""
        close = [one for one in weighed if one.weight >= weighed[0].weight - self._settings.close]
        close = [close[at] for at in distinct([one.sentence.text for one in close], self._settings.longest)]
        taken: set[Number] = set()
        chosen = []
        for one in close:
            numbers = _standing(one)
            if taken.isdisjoint(numbers):
                chosen.append(numbers)
                taken.update(numbers)
        return chosen


_NOTHING = Declined("nothing_relevant", "Nothing in the record bears on this question.")
_NO_SUCH_FACT = Declined("unsupported", "The record speaks of this, but does not hold the kind of fact asked for.")
_NOT_BORNE_OUT = Declined("unsupported", "The record comes near this question, but does not bear out an answer.")

_LEANS = re.compile(
    r"(?:(?:and|but|so|well|now|again|also|then),?\s+)*"
    r"(?:he|she|it|they|this|that|these|those|him|her|them|which|both)\b",
    re.IGNORECASE,
)


def _standing(one: Candidate) -> tuple[Number, ...]:
    """The sentence's number, after the one it leans on: the one before it in the same turn."""
    number = one.sentence.number
    if not _LEANS.match(one.sentence.text) or number[1] < 2:
        return (number,)
    before = one.passage.sentences[number[1] - 2]
    return (before.number, number) if before.turn == one.sentence.turn else (number,)
