"""Retrieval: how early the hits of a question show its evidence, and how much of it.

In: the hits, best first, and a question with evidence. Out: measures by name. Ranks are measured
by ir-measures (MacAvaney, Macdonald & Ounis 2022) over portions of the evidence in the place of
documents: a hit finds the first portion it touches that none before it touched, so that two hits
on the same words gain once. Of a hit the first 150 words count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.datasets.dataset import Asked, Evidence
from eval.metrics.gold import Words, counted, held, overlap, portions, stretches, words_of
from index.errors import OnrecordError
from index.hit import Hit
from index.transcript import Transcript

BUDGET = 1000
"""Words within which the evidence is looked for."""

HIT_AT = (1, 5, 10)


class LibraryMissing(OnrecordError):
    """What measures ranks is not installed."""


def retrieval(hits: Sequence[Hit], asked: Asked, record: Mapping[str, Transcript]) -> dict[str, float]:
    """All measures of `hits`; none where no evidence is known. LibraryMissing."""
    if not asked.evidence:
        return {}
    shown = [counted(hit) for hit in hits]
    within = [one.place for one in budgeted(shown, BUDGET)]
    return {
        **ranked([one.place for one in shown], portions(asked, record)),
        f"recall@{BUDGET}w": _recall(within, stretches(asked), record),
        f"parts@{BUDGET}w": _parts(within, asked),
    }


def ranked(places: Sequence[Evidence], gold: Sequence[Evidence]) -> dict[str, float]:
    """hit@k, MRR@10 and nDCG@10 of `places`, best first, where to find `gold` is wanted."""
    try:
        from ir_measures import RR, Qrel, ScoredDoc, Success, iter_calc, nDCG
    except ImportError as missing:
        raise LibraryMissing("ranks are measured by ir-measures; `pip install ir-measures` brings it") from missing
    wanted = {RR @ 10: "MRR@10", nDCG @ 10: "nDCG@10"} | {Success @ k: f"hit@{k}" for k in HIT_AT}
    names = [f"gold {at}" for at in range(len(gold))]
    run = [ScoredDoc("", name, -float(at)) for at, name in enumerate(_found(places, gold))]
    if not run:
        return dict.fromkeys(wanted.values(), 0.0)
    calculated = iter_calc(list(wanted), [Qrel("", name, 1) for name in names], run)
    return {wanted[one.measure]: float(one.value) for one in calculated}


def _found(places: Sequence[Evidence], gold: Sequence[Evidence]) -> list[str]:
    """For each place the name of the portion that it finds first, else a name that no portion has."""
    left = dict(enumerate(gold))
    names = []
    for rank, place in enumerate(places):
        at = next((at for at, portion in left.items() if overlap(place, portion)), None)
        names.append(f"other {rank}" if at is None else f"gold {at}")
        left.pop(-1 if at is None else at, None)
    return names


def budgeted(shown: Sequence[Words], budget: int) -> list[Words]:
    """The first of `shown` that together have up to `budget` words; the last of them is cut where it is reached."""
    kept: list[Words] = []
    for one in shown:
        if budget <= 0:
            break
        if len(one.starts) > budget:
            one = Words(Evidence(one.place.transcript, one.place.start, one.starts[budget]), one.starts[:budget])
        kept.append(one)
        budget -= len(one.starts)
    return kept


def _recall(within: Sequence[Evidence], gold: Sequence[Evidence], record: Mapping[str, Transcript]) -> float:
    """Share of the words of all evidence that is shown."""
    words = [words_of(one, record) for one in gold]
    return sum(held(one, within) for one in words) / max(1, sum(len(one.starts) for one in words))


def _parts(within: Sequence[Evidence], asked: Asked) -> float:
    """Share of the parts of the question of which any evidence is shown, be it in part."""
    shown = [any(overlap(place, one) for one in part for place in within) for part in asked.evidence]
    return sum(shown) / len(shown)


def oracle(asked: Asked, record: Mapping[str, Transcript]) -> dict[str, float]:
    """What the best of rankings could reach: only so many words of long evidence fit into the budget."""
    if not asked.evidence:
        return {}
    words = sum(len(words_of(one, record).starts) for one in stretches(asked))
    return {f"recall@{BUDGET}w": min(1.0, BUDGET / max(1, words))}
