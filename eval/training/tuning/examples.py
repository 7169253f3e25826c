"""What is trained on: pairs of all kinds in the order they are seen, each with wrong passages.

In: the sources, a seed and how many are wanted. Out: that many `Example`s, no pair twice before every
pair was seen. Wrong passages share the question's words: BM25 ranks them highest (Karpukhin et al.
2020). For a meeting's pair all are of its meeting, for what is asked there makes sense in no other;
for any other half are of its own source.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from eval.training.tuning.briefing_pairs import briefing_pairs
from eval.training.tuning.meeting_pairs import meeting_pairs
from eval.training.tuning.pairs import Pair
from eval.training.tuning.sentence_pairs import sentence_pairs
from eval.training.tuning.sources import Cut, Sources
from index.passages import CountTokens

HARDEST = 12
"""Wrong passages of which those of an example are drawn."""

SPARE = 30
"""More that are looked at, for some of the best answer."""


class Example(Struct, frozen=True):
    """A pair and the wrong passages that are shown with it."""

    pair: Pair
    wrong: tuple[Cut, ...]


def pairs(given: Sources, count: CountTokens, seed: int) -> list[Pair]:
    """Of meetings, of briefings, and half as many of sentences alone."""
    found: list[Pair] = []
    for source in given.each:
        found += meeting_pairs(given, source) if source.meeting else briefing_pairs(source, count)
    found += sentence_pairs(given, np.random.default_rng(seed), wanted=len(found) // 2)
    return list({(pair.question, pair.passage.text): pair for pair in found}.values())


def examples(given: Sources, found: list[Pair], wanted: int, wrong: int, seed: int) -> list[Example]:
    """The first `wanted` of the pairs `found` in random order, again and again, with `wrong` passages each."""
    draw = np.random.default_rng([seed, 1])
    order: list[int] = []
    while len(order) < wanted:
        order += draw.permutation(len(found)).tolist()
    made = []
    for at in order[:wanted]:
        hard = _hardest(given, found[at])
        chosen = draw.choice(len(hard), min(wrong, len(hard)), replace=False)
        made.append(Example(found[at], tuple(hard[one] for one in chosen)))
    return made


def _hardest(given: Sources, pair: Pair) -> list[Cut]:
    source = given.each[pair.passage.where.source]
    near = _wrong(given, pair, source.own)
    far = [] if source.meeting else _wrong(given, pair, None)
    return list(dict.fromkeys([*near[: HARDEST if source.meeting else HARDEST // 2], *far]))[:HARDEST]


def _wrong(given: Sources, pair: Pair, among: np.ndarray | None) -> list[Cut]:
    found = (given.cuts[at] for at, _ in given.best(pair.question, HARDEST + SPARE, among))
    return [cut for cut in found if not pair.right(cut.where)]
