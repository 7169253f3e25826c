"""Retrieval measures on values worked out by hand: words of the long transcript are numbered from 0."""

from __future__ import annotations

from math import log2

import pytest

from eval.datasets.dataset import Asked, Evidence
from eval.metrics.gold import counted, portions
from eval.metrics.retrieval import oracle, ranked, retrieval
from index.transcript import Transcript
from tests.eval.metrics.conftest import Hits, words


def asked(*parts: tuple[Evidence, ...]) -> Asked:
    return Asked(id="1", question="?", evidence=parts)


def test_the_first_hit_with_evidence_counts(record: dict[str, Transcript], hits: Hits) -> None:
    found = retrieval(hits((0, 100), (100, 100), (200, 100)), asked((words(150, 10),)), record)
    assert found["hit@1"] == 0
    assert found["hit@5"] == found["hit@10"] == 1
    assert found["MRR@10"] == 1 / 2
    assert found["nDCG@10"] == pytest.approx(1 / log2(3))
    assert found["recall@1000w"] == found["parts@1000w"] == 1


def test_of_a_hit_the_first_150_words_count(record: dict[str, Transcript], hits: Hits) -> None:
    (long,) = hits((0, 400))
    assert counted(long).place == words(0, 150)
    assert retrieval([long], asked((words(150, 10),)), record)["hit@10"] == 0
    assert retrieval([long], asked((words(149, 10),)), record)["hit@10"] == 1


def test_beyond_the_tenth_rank_nothing_counts(record: dict[str, Transcript], hits: Hits) -> None:
    late = hits(*((at * 10, 10) for at in range(11)))
    found = retrieval(late, asked((words(100, 10),)), record)
    assert (found["hit@10"], found["MRR@10"], found["nDCG@10"]) == (0, 0, 0)
    assert found["recall@1000w"] == 1


def test_nothing_found_is_nothing(record: dict[str, Transcript]) -> None:
    assert set(retrieval([], asked((words(0, 1),)), record).values()) == {0.0}


def test_without_evidence_nothing_is_said(record: dict[str, Transcript], hits: Hits) -> None:
    assert retrieval(hits((0, 10)), asked(), record) == {}


def test_of_another_transcript_nothing_counts(record: dict[str, Transcript], hits: Hits) -> None:
    elsewhere = Evidence("short", 0, 20)
    assert retrieval(hits((0, 10)), asked((elsewhere,)), record)["hit@1"] == 0


def test_ndcg_wants_all_of_it_early_and_pays_for_the_same_words_once(record: dict[str, Transcript], hits: Hits) -> None:
    gold = asked((words(0, 10),), (words(500, 10),))
    both = retrieval(hits((0, 20), (500, 20)), gold, record)
    assert both["nDCG@10"] == pytest.approx(1)
    twice = retrieval(hits((0, 20), (5, 20), (500, 20)), gold, record)
    assert twice["nDCG@10"] == pytest.approx((1 + 1 / log2(4)) / (1 + 1 / log2(3)))


def test_a_long_stretch_is_worth_as_many_hits_as_show_it(record: dict[str, Transcript]) -> None:
    assert portions(asked((words(0, 225 - 1),)), record) == [words(0, 224)]
    # 300 words are two portions: from the first word, and from the 150th to the end.
    assert portions(asked((words(0, 300),)), record) == [Evidence("long", 0, 750), Evidence("long", 750, 1499)]


def test_recall_counts_words_within_the_budget(record: dict[str, Transcript], hits: Hits) -> None:
    # Ten hits of 130 words: seven fit whole, of the eighth the first 90.
    found = retrieval(hits(*((at * 100, 130) for at in range(8))), asked((words(700, 100),)), record)
    assert found["recall@1000w"] == pytest.approx(0.9)
    half = retrieval(hits((0, 50)), asked((words(25, 50),)), record)
    assert half["recall@1000w"] == pytest.approx(0.5)


def test_parts_are_found_by_any_of_their_stretches(record: dict[str, Transcript], hits: Hits) -> None:
    gold = asked((words(0, 10), words(900, 10)), (words(500, 20),))
    found = retrieval(hits((905, 20)), gold, record)
    assert found["parts@1000w"] == 1 / 2
    assert found["recall@1000w"] == pytest.approx(5 / 40)


def test_no_ranking_shows_more_than_the_budget(record: dict[str, Transcript]) -> None:
    twice = Transcript(id="twice", turns=(record["long"].turns[0], record["long"].turns[0]))
    whole = Evidence("twice", 0, len(twice.text))
    assert oracle(asked((whole,)), {"twice": twice}) == {"recall@1000w": 1 / 2}
    assert oracle(asked((words(0, 10),)), record) == {"recall@1000w": 1}


def test_a_hit_on_two_portions_finds_one() -> None:
    found = ranked([words(0, 100)], [words(0, 10), words(50, 10)])
    assert found["nDCG@10"] == pytest.approx(1 / (1 + 1 / log2(3)))
