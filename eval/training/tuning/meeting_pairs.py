"""Pairs of a QMSum meeting: its queries, the sentences of their answers, its topics.

The annotated spans are wide (22 turns in the middle). The passages of a span that share most words
with the annotator's answer stand for it, as in distant supervision (Karpukhin et al. 2020). A sentence
of an answer is a statement of what was said in other words, as a fact-checker's claim is.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from eval.training.tuning.meeting import Spans
from eval.training.tuning.pairs import Pair
from eval.training.tuning.sources import Cut, Source, Sources, Stretch
from index.text.sentences import sentences

ANSWERING, TELLING = 3, 2
"""Passages that stand for a query's and for a topic's span."""

NEAR = 0.6
"""Share of the best passage's score that a further one needs."""

FEWEST = 6
"""Words of a sentence that tells enough to be looked for."""


def meeting_pairs(given: Sources, source: Source) -> Iterator[Pair]:
    """None where nothing was annotated."""
    if not source.meeting:
        return
    for asked in source.meeting.specific_query_list:
        gold = _gold(source, asked.spans)
        for cut in _best(given, source, gold, f"{asked.query} {asked.answer}", ANSWERING):
            yield Pair("query", asked.query, cut, gold)
        for sentence in _sentences(asked.answer):
            for cut in _best(given, source, gold, sentence, 1):
                yield Pair("answer's sentence", sentence, cut, gold)
    for told in source.meeting.topic_list:
        gold = _gold(source, told.spans)
        for cut in _best(given, source, gold, told.topic, TELLING):
            yield Pair("topic", told.topic, cut, gold)


def _gold(source: Source, spans: Spans) -> tuple[Stretch, ...]:
    return tuple(Stretch(source.number, first, last) for first, last in spans)


def _best(given: Sources, source: Source, gold: tuple[Stretch, ...], text: str, most: int) -> list[Cut]:
    inside = [at for at in source.own if any(given.cuts[at].where.overlaps(one) for one in gold)]
    found = given.best(text, most, np.array(inside, np.int64))
    return [given.cuts[at] for at, score in found if score >= NEAR * found[0][1]]


def _sentences(answer: str) -> list[str]:
    found = [answer[one.start : one.end].strip() for one in sentences(answer, "en")]
    return [sentence for sentence in found if len(sentence.split()) >= FEWEST]
