"""Nearby: what of the passages found for a sentence may bear it out, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from index.ranking import best_matches, late_interaction
from index.search import Found
from qa.gate import Evidence, evidence
from qa.shown import Number, ShownPassage

_SINGLE = 6
"""Sentences that are tried by themselves."""

_PAIRED = 3
"""Of them, those that are tried with what stands beside them, and two together."""


def candidates(found: Found, shown: Sequence[ShownPassage]) -> Iterator[Evidence]:
    """What may bear out the sentence that `found` was found for, the likeliest first: single sentences, those beside
    each other, then the best together; never of two turns, where one may be of another thing or another's."""
    best = _nearest_sentences(found, shown)[:_SINGLE]
    for number in best:
        yield evidence(shown, [number])
    for passage, sentence in best[:_PAIRED]:
        beside = [(passage, at) for at in (sentence - 1, sentence, sentence + 1)]
        there = [one for one in beside if 1 <= one[1] <= len(shown[passage - 1].sentences)]
        turn = _turn(shown, (passage, sentence))
        yield evidence(shown, [one for one in there if _turn(shown, one) == turn])
    for pair in combinations(best[:_PAIRED], 2):
        if _turn(shown, pair[0]) == _turn(shown, pair[1]):
            yield evidence(shown, pair)


def _turn(shown: Sequence[ShownPassage], number: Number) -> tuple[str, int]:
    passage, sentence = number
    return shown[passage - 1].ranked.stored.transcript_id, shown[passage - 1].sentences[sentence - 1].turn


def _nearest_sentences(found: Found, shown: Sequence[ShownPassage]) -> list[Number]:
    """The numbers of the sentences shown, the one that is most like what was looked for first."""
    if found.question is None:
        return []
    sentences = [(passage, sentence) for passage in shown for sentence in passage.sentences]
    tokens = [passage.ranked.stored.tokens[sentence.rows] for passage, sentence in sentences]
    late = late_interaction(found.question, best_matches(found.question, tokens))
    return [sentences[at][1].number for at in (-late).argsort(kind="stable")]
