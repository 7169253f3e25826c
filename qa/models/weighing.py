"""Weighing: how well each sentence that may be cited answers a question, and how sure that is.

A sentence is weighed by what of the question it bears out by itself, with its neighbours, and in
its passage (`qa.matching`); by late interaction; by its passage's rank; by whether it holds the
kind of fact asked for (`qa.kinds`). Both the weight and the sureness are linear in features
anybody can read; their coefficients are fitted by `eval.training.fit_extractive`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

import numpy as np
from msgspec import Struct, structs
from numpy.typing import ArrayLike, NDArray

from index.embedding import EmbeddedQuestion
from index.ranking import best_matches, best_matches_within, late_interaction
from index.search import Found
from index.text.sentences import is_question
from qa.fact_time import FIGURES, may_tell
from qa.kinds import counts, holds, to_count
from qa.matching import Stretch, Word, content_words, matches, stems
from qa.question import Understood
from qa.shown import ShownPassage, ShownSentence

Floats = NDArray[np.float32]
Table = NDArray[np.float64]
Flags = NDArray[np.bool_]

_BESIDE, _AROUND = 0.8, 0.6
"""What a word counts that stands in a sentence beside, or elsewhere in the passage."""

_NAMED = 0.25
"""How far a name must be borne out: a tenth of the way to another word is noise."""

_SPOKEN_OF = 0.5
"""How far the person of whom it is asked whether must be: other people's names come nearer than other words."""


class Features(Struct, frozen=True):
    """What is known of a sentence as an answer. Shares are of the question's words, weighted by idf.

    own, near, wide: borne out in the sentence, with its neighbours, with its passage.
    own_rare: as own, weighted by idf squared. late: late interaction.
    behind: how far its passage ranks behind the best. similarity: its passage's cosine.
    holds, lacks: 1 where it has, or has not, the kind of fact asked for.
    counts: 1 where it has the number of the very thing that is to be counted.
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
    counts: float
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
    counts: float = 0.0
    names: float = 0.0
    words: float = 0.0
    evades: float = 0.0

    def of(self, features: Features) -> float:
        """The weighted sum."""
        return float(self.of_each(np.array([structs.astuple(features)]))[0])

    def of_each(self, table: Table) -> Table:
        """The weighted sum of each row of `table`, whose columns are the fields of Features in their order."""
        constant, *coefficients = structs.astuple(self)
        return np.asarray(constant + table @ np.array(coefficients))


def ruled_out(features: Features) -> bool:
    """Whether a sentence is no answer whatever else speaks for it.

    It lacks the kind of fact asked for, or says it of something else; or a name or figure of the question
    stands nowhere near it.
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
    sentences = _Sentences(asked, question, words, shown)
    table = sentences.table()
    weighed = weights.of_each(table)
    return [
        Candidate(*sentences.at(row), Features(*table[row].tolist()), float(weighed[row]))
        for row in np.argsort(-weighed, kind="stable")
        if _may_answer(*sentences.at(row))
    ]


class _Sentences:
    """The sentences of all passages, held against a question at once: one row each."""

    def __init__(
        self, asked: Understood, question: EmbeddedQuestion, words: Sequence[Word], shown: Sequence[ShownPassage]
    ) -> None:
        self._asked = asked
        self._shown = shown
        self._sentences = [one for passage in shown for one in passage.sentences]
        self._passage = np.repeat(np.arange(len(shown)), [len(passage.sentences) for passage in shown])
        self._idf = np.array([word.weight for word in words], dtype=np.float32)
        self._proper = np.array([word.proper for word in words], dtype=bool)
        self._to_count = to_count(asked.text)
        self._counted = np.array([not word.stems.isdisjoint(self._to_count) for word in words], dtype=bool)
        self._of_somebody = asked.asks == "whether" and words[0].person
        self._said_of = np.array([word.figure and asked.wants_speaker for word in words], dtype=bool)
        tokens = [passage.ranked.stored.tokens for passage in shown]
        cosines = best_matches_within(question, tokens, [[one.rows for one in of.sentences] for of in shown])
        self._late = late_interaction(question, cosines)
        days = [passage.transcript.date for passage in shown]
        spoken = [[stems(one.text) for one in passage.sentences] for passage in shown]
        aside = _PARENTHETIC if self._of_somebody else None
        said = [_said(*self.at(row), one, aside) for row, one in enumerate(chain.from_iterable(spoken))]
        self._own = matches(words, list(map(Stretch, said, cosines, (days[at] for at in self._passage))))
        printed = map(Stretch, map(_printed, shown, spoken), best_matches(question, tokens), days)
        self._whole = matches(words, list(printed))[self._passage]

    def at(self, row: int) -> tuple[ShownPassage, ShownSentence]:
        """The sentence of a row, and its passage."""
        return self._shown[self._passage[row]], self._sentences[row]

    def table(self) -> Table:
        """Their features, the columns in the order of Features' fields."""
        near = self._near()
        ranked = [passage.ranked for passage in self._shown]
        score = np.array([one.score for one in ranked])
        similarity = np.array([one.similarity for one in ranked])
        facts = [self._fact(*self.at(row)) for row in range(len(self._sentences))]
        columns: dict[str, ArrayLike] = {
            "own": _shares(self._own, self._idf),
            "near": _shares(near, self._idf),
            "wide": _shares(np.maximum(near, _AROUND * self._whole), self._idf),
            "own_rare": _shares(self._own, self._idf**2),
            "late": self._late,
            "behind": (score - score.max())[self._passage],
            "similarity": similarity[self._passage],
            "holds": [fact is True for fact in facts],
            "lacks": np.array([fact is False for fact in facts], dtype=bool) | self._of_others(near),
            "counts": [bool(self._to_count) and counts(self._to_count, one.text) for one in self._sentences],
            "names": self._whole[:, self._proper].min(axis=1, initial=1.0),
            "words": np.full(len(facts), len(self._idf)),
            "evades": [bool(_EVADES.search(one.text)) for one in self._sentences],
        }
        return np.array([columns[name] for name in Features.__struct_fields__], dtype=np.float64).T

    def _near(self) -> Floats:
        """Borne out in the sentence, or less so in the two before or the one after it in the same turn."""
        place = np.array([(at, one.turn) for at, one in zip(self._passage, self._sentences)]).reshape(-1, 2)
        near = self._own.copy()
        for ahead in (-2, -1, 1):
            here, there = _pairs(len(near), ahead)
            beside = (place[here] == place[there]).all(axis=1, keepdims=True)
            near[here] = np.maximum(near[here], np.where(beside, np.float32(_BESIDE) * self._own[there], 0))
        return near

    def _of_others(self, near: Floats) -> Flags:
        """Whether neither a sentence nor one beside it speaks of what is to be counted, or of whom it is asked; or who
        said a figure is asked, and the sentence has another."""
        if self._said_of.any():
            return np.asarray(self._own[:, self._said_of].min(axis=1) < 1)
        if self._counted.any():
            return np.asarray(near[:, self._counted].max(axis=1) < _NAMED)
        return np.asarray(near[:, 0] < (_SPOKEN_OF if self._of_somebody else 0.0))

    def _fact(self, passage: ShownPassage, sentence: ShownSentence) -> bool | None:
        """Whether it holds the kind of fact asked for, and of the time asked for; None where any text does."""
        asked = self._asked
        time = asked.fact_time if asked.asks in FIGURES else None
        if time and not may_tell(time, passage.transcript, sentence.span):
            return False
        return None if asked.wants_speaker else holds(asked.asks, sentence.text, asked.text)


def _pairs(rows: int, ahead: int) -> tuple[slice, slice]:
    """Rows, and those `ahead` of them."""
    return slice(max(0, -ahead), rows - max(0, ahead)), slice(max(0, ahead), rows - max(0, -ahead))


def _printed(passage: ShownPassage, spoken: Sequence[frozenset[str]]) -> frozenset[str]:
    """The stems of a passage and its title; `spoken` are those of the sentences shown."""
    title = stems(passage.transcript.title or "")
    whole = passage.ranked.stored.passage
    if len(spoken) < len(whole.sentences):
        return title | stems(whole.text)
    labels = {passage.turn_of(one).label or "" for one in passage.sentences}
    return title.union(*spoken, *map(stems, labels))


def _said(
    passage: ShownPassage, sentence: ShownSentence, spoken: frozenset[str], aside: re.Pattern[str] | None
) -> frozenset[str]:
    """The stems of a sentence, which are `spoken`; "I" stands for its speaker, but not where `aside` matches."""
    label = passage.turn_of(sentence).label
    if not label or not _FIRST_PERSON.search(aside.sub("", sentence.text) if aside else sentence.text):
        return spoken
    return spoken | stems(f"{label} {passage.transcript.names.get(label, '')}")


def _shares(borne: Floats, weights: Floats) -> Floats:
    return np.asarray(borne @ weights / weights.sum())


def _may_answer(passage: ShownPassage, sentence: ShownSentence) -> bool:
    """Not a question, and not the words of nobody where the transcript names its speakers."""
    if is_question(sentence.text) or len(sentence.text.split()) < _FEWEST_WORDS:
        return False
    return passage.turn_of(sentence).speaker is not None or not passage.transcript.speakers


_FEWEST_WORDS = 3
_PARENTHETIC = re.compile(
    r"\bI (?:(?:just|also|would|will|can|do|should|want to|['’]d|['’]ll) )*"
    r"(?:think|believe|mean|know|guess|suppose|hope|say|note|add|understand|tell you)\b"
)
"""Says nothing of who says it."""
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|mine|myself)\b")
_EVADES = re.compile(
    r"\bI (?:don['’]t|do not|can['’]t|cannot|haven['’]t|won['’]t)\b|\brefer you\b|\bnot aware\b"
    r"|\bno (?:new )?updates?\b|\bany(?:thing)? (?:more|further|update)\b|\bdon['’]t have\b",
    re.IGNORECASE,
)
