"""The extractive answerer: points at the sentences of the record that answer, or declines. No model, no network.

Each sentence that may be cited is weighed by how much of the question it bears out by itself and
in its context (`qa.matching`), and by whether it holds the kind of fact asked for. It declines
where a name or figure of the question is borne out nowhere near, where too little else is, or
where no sentence near holds the kind of fact.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.ranking import best_matches, late_interaction
from index.search import Found
from index.text.facts import Kind, spans
from qa.matching import Word, content_words, matches, stems
from qa.models.model import Declined, Pointed
from qa.question import Asks, Understood
from qa.shown import ShownPassage, ShownSentence

Floats = NDArray[np.float32]


class ExtractiveSettings(Struct, frozen=True):
    """How sentences are weighed and when none is good enough; chosen on questions (docs/quality.md)."""

    own: float = 0.45
    context: float = 0.35
    late: float = 0.2
    passage: float = 0.02
    fact: float = 0.15
    beside: float = 0.8
    enough: float = 0.5
    proper: float = 0.5
    close: float = 0.85
    longest: int = 4


class Candidate(Struct, frozen=True, eq=False):
    """A sentence weighed. `own` and `near` are matches word by word, in it and with its context."""

    passage: ShownPassage
    sentence: ShownSentence
    own: Floats
    near: Floats
    holds_fact: bool
    covered: float
    score: float


class Extractive:
    """The default model: needs nothing but the record."""

    id = "extractive"

    def __init__(self, settings: ExtractiveSettings | None = None) -> None:
        self._settings = settings or ExtractiveSettings()

    async def points(
        self, asked: Understood, found: Found, shown: Sequence[ShownPassage]
    ) -> AsyncIterator[Pointed | Declined]:
        """The best sentences first, each with the one before where it can't stand alone."""
        candidates = self.weighed(asked, found, shown)
        declined = self.declined(asked, found, candidates)
        if declined:
            yield declined
            return
        for one in self.chosen(candidates):
            yield Pointed(_standing(one))

    def weighed(self, asked: Understood, found: Found, shown: Sequence[ShownPassage]) -> list[Candidate]:
        """Every sentence that may answer, best first."""
        question = found.question
        if question is None:
            return []
        words = content_words(asked.text, question, asked.speakers)
        weights = np.array([word.weight for word in words], dtype=np.float32)
        if not words:
            return []
        candidates = []
        for passage in shown:
            sentences = list(passage.sentences)
            cosines = best_matches(question, [passage.ranked.stored.tokens[one.rows] for one in sentences])
            late = late_interaction(question, cosines)
            own = [matches(words, row, stems(one.text)) for one, row in zip(sentences, cosines)]
            for at, one in enumerate(sentences):
                if not _may_answer(passage, one):
                    continue
                beside = [own[i] for i in range(max(0, at - 2), min(len(own), at + 2)) if i != at]
                near = np.maximum(own[at], self._settings.beside * np.max(beside, axis=0)) if beside else own[at]
                holds = _holds(asked, one.text, words)
                covered = float(near @ weights / weights.sum())
                score = (
                    self._settings.own * float(own[at] @ weights / weights.sum())
                    + self._settings.context * covered
                    + self._settings.late * float(late[at])
                    + self._settings.passage * passage.ranked.score
                    + self._settings.fact * holds
                )
                candidates.append(Candidate(passage, one, own[at], near, holds, covered, score))
        return sorted(candidates, key=lambda one: -one.score)

    def declined(self, asked: Understood, found: Found, candidates: Sequence[Candidate]) -> Declined | None:
        if not candidates or candidates[0].covered < self._settings.enough:
            return Declined("nothing_relevant", "Nothing in the record bears on this question.")
        if not candidates[0].holds_fact:
            return Declined("unsupported", "The record speaks of this, but does not hold the kind of fact asked for.")
        return None

    def chosen(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The best, and those close to it."""
        least = candidates[0].score * self._settings.close
        return [one for one in candidates[: self._settings.longest] if one.score >= least]


def _may_answer(passage: ShownPassage, sentence: ShownSentence) -> bool:
    """Not a question, and not the words of nobody where the transcript names its speakers."""
    if sentence.text.rstrip("”\"' ").endswith("?") or len(sentence.text.split()) < 3:
        return False
    named = any(turn.speaker for turn in passage.transcript.turns)
    return not named or passage.turn_of(sentence).speaker is not None


_NEEDS: dict[Asks, tuple[Kind, ...]] = {
    "how_many": ("figure",),
    "when": ("moment",),
    "who": ("name",),
    "where": ("place", "name"),
}
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|that['’]s why|which is why|reason|caused?|driven by|"
    r"in order to|so that|since|"
    r"out of (?:an )?abundance|impact of|thanks to|given|to (?:make sure|ensure|allow|give|protect|prevent))\b",
    re.IGNORECASE,
)


def _holds(asked: Understood, text: str, words: Sequence[Word]) -> bool:
    """Whether `text` holds a fact of the kind asked for that the question does not hold itself."""
    if asked.wants_speaker:
        return True
    if asked.asks == "why":
        return bool(_REASON.search(text))
    needs = _NEEDS.get(asked.asks)
    if needs is None:
        return True
    given = {word.stem for word in words} | stems(asked.text)
    return any(not stems(text[span.start : span.end]) <= given for kind in needs for span in spans(kind, text))


_LEANS = re.compile(
    r"^(?:(?:and|but|so|well|now|again|also|then)[,]?\s+)*(?:he|she|it|they|this|that|these|those|him|her|them|which|there|both)\b(?!\s+(?:is|are|was|were)\s+(?:a|an|about|approximately|nothing|no)\b)",
    re.IGNORECASE,
)


def _standing(one: Candidate) -> tuple[tuple[int, int], ...]:
    """The sentence's number, with the one before it where it leans on that."""
    number = one.sentence.number
    if not _LEANS.match(one.sentence.text) or number[1] < 2:
        return (number,)
    before = one.passage.sentences[number[1] - 2]
    return (before.number, number) if before.turn == one.sentence.turn else (number,)
