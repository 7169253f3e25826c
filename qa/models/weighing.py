"""Weighing: how well each sentence that may be cited answers a question, and how sure that is.

A sentence is weighed by what of the question it bears out by itself, with its neighbours, and in
its passage (`qa.matching`); by late interaction; by its passage's rank; by whether it holds the
kind of fact asked for (`qa.kinds`). Both the weight and the sureness are linear in features
anybody can read; their coefficients are fitted by `eval.training.fit_extractive`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from index.embedding import EmbeddedQuestion
from index.ranking import best_matches_within, late_interaction
from index.search import Found
from qa.kinds import holds
from qa.matching import Stretch, Word, content_words, matches, stems
from qa.question import Understood
from qa.shown import ShownPassage, ShownSentence

Floats = NDArray[np.float32]

_BESIDE, _AROUND = 0.8, 0.6
"""What a word counts that stands in a sentence beside, or elsewhere in the passage."""

_NAMED = 0.25
"""How far a name must be borne out: a tenth of the way to another word is noise."""


class Features(Struct, frozen=True):
    """What is known of a sentence as an answer. Shares are of the question's words, weighted by idf.

    own, near, wide: borne out in the sentence, with its neighbours, with its passage.
    own_rare: as own, weighted by idf squared. late: late interaction.
    behind: how far its passage ranks behind the best. similarity: its passage's cosine.
    holds, lacks: 1 where it has, or has not, the kind of fact asked for.
    names: the least that any name or figure of the question is borne out, in its passage.
    words: how many words of the question there are to bear out. evades: 1 for "I don't have", "I'd refer you".
    """

    own: float
    near: float
    wide: float
    own_rare: float
    late: float
    behind: float
    similarity: float
    holds: float
    lacks: float
    names: float
    words: float
    evades: float


class Weights(Struct, frozen=True):
    """A coefficient for each feature that counts, and a constant."""

    constant: float = 0.0
    own: float = 0.0
    near: float = 0.0
    wide: float = 0.0
    own_rare: float = 0.0
    late: float = 0.0
    behind: float = 0.0
    similarity: float = 0.0
    holds: float = 0.0
    lacks: float = 0.0
    names: float = 0.0
    words: float = 0.0
    evades: float = 0.0

    def of(self, features: Features) -> float:
        """The weighted sum."""
        parts: list[float] = [getattr(self, name) * value for name, value in structs.asdict(features).items()]
        return self.constant + sum(parts)


def ruled_out(features: Features) -> bool:
    """Whether a sentence is no answer whatever else speaks for it.

    It lacks the kind of fact asked for, or a name or figure of the question stands nowhere near it.
    """
    return bool(features.lacks) or features.names < _NAMED


class Candidate(Struct, frozen=True, eq=False):
    """A sentence that may answer, and how well."""

    passage: ShownPassage
    sentence: ShownSentence
    features: Features
    weight: float


def candidates(asked: Understood, found: Found, shown: Sequence[ShownPassage], weights: Weights) -> list[Candidate]:
    """Every sentence of `shown` that may answer, best first."""
    question = found.question
    words = content_words(asked.text, question, asked.speakers, asked.surnames) if question is not None else []
    if question is None or not words:
        return []
    best = max(passage.ranked.score for passage in shown)
    weighed = [
        Candidate(passage, sentence, features, weights.of(features))
        for passage in shown
        for sentence, features in _Passage(asked, question, words, passage, best).weighed()
    ]
    return sorted(weighed, key=lambda one: -one.weight)


class _Passage:
    """One passage held against a question."""

    def __init__(
        self, asked: Understood, question: EmbeddedQuestion, words: Sequence[Word], passage: ShownPassage, best: float
    ) -> None:
        self._asked = asked
        self._passage = passage
        self._idf = np.array([word.weight for word in words], dtype=np.float32)
        self._proper = np.array([word.proper for word in words], dtype=bool)
        self._behind = passage.ranked.score - best
        stored, day = passage.ranked.stored, passage.transcript.date
        cosines = best_matches_within(question, stored.tokens, [one.rows for one in passage.sentences])
        self._late = late_interaction(question, cosines[1:])
        printed = stems(f"{passage.transcript.title or ''} {stored.passage.text}")
        said = [printed, *map(self._said, passage.sentences)]
        self._whole, *self._own = matches(words, [Stretch(one, row, day) for one, row in zip(said, cosines)])

    def weighed(self) -> Iterator[tuple[ShownSentence, Features]]:
        """The sentences that may answer, with their features."""
        for at, sentence in enumerate(self._passage.sentences):
            if _may_answer(self._passage, sentence):
                yield sentence, self._features(at, sentence)

    def _features(self, at: int, sentence: ShownSentence) -> Features:
        own, near = self._own[at], self._near(at)
        wide = np.maximum(near, _AROUND * self._whole)
        fact = holds(self._asked.asks, sentence.text, self._asked.text) if not self._asked.wants_speaker else None
        return Features(
            own=_share(own, self._idf),
            near=_share(near, self._idf),
            wide=_share(wide, self._idf),
            own_rare=_share(own, self._idf**2),
            late=float(self._late[at]),
            behind=self._behind,
            similarity=self._passage.ranked.similarity,
            holds=float(fact is True),
            lacks=float(fact is False),
            names=float(self._whole[self._proper].min(initial=1.0)),
            words=len(own),
            evades=float(bool(_EVADES.search(sentence.text))),
        )

    def _said(self, sentence: ShownSentence) -> frozenset[str]:
        """The stems of a sentence; "I" stands for its speaker."""
        turn = self._passage.turn_of(sentence)
        who = f"{turn.label} {self._passage.transcript.names.get(turn.label, '')}" if turn.label else ""
        return stems(f"{who} {sentence.text}" if _FIRST_PERSON.search(sentence.text) else sentence.text)

    def _near(self, at: int) -> Floats:
        """Borne out in the sentence, or less so in the two before or the one after it in the same turn."""
        sentences = self._passage.sentences
        beside = [
            self._own[other]
            for other in range(max(0, at - 2), min(len(sentences), at + 2))
            if other != at and sentences[other].turn == sentences[at].turn
        ]
        return np.asarray(np.maximum.reduce([self._own[at], *(np.float32(_BESIDE) * one for one in beside)]))


def _share(borne: Floats, weights: Floats) -> float:
    return float(borne @ weights / weights.sum())


def _may_answer(passage: ShownPassage, sentence: ShownSentence) -> bool:
    """Not a question, and not the words of nobody where the transcript names its speakers."""
    if _QUESTION.search(sentence.text) or len(sentence.text.split()) < _FEWEST_WORDS:
        return False
    return passage.turn_of(sentence).speaker is not None or not passage.transcript.speakers


_FEWEST_WORDS = 3
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_QUESTION = re.compile(r"\?[\"'”’)\]]*$")
_EVADES = re.compile(
    r"\bI (?:don['’]t|do not|can['’]t|cannot|haven['’]t|won['’]t)\b|\brefer you\b|\bnot aware\b"
    r"|\bno (?:new )?updates?\b|\bany(?:thing)? (?:more|further|update)\b|\bdon['’]t have\b",
    re.IGNORECASE,
)
