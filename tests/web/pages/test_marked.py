"""A checked text, cut where verdicts begin and end."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.tiny import TinyEmbedder
from index.search import Search
from index.store import open_store
from qa.checked import Checked, Judgement
from qa.checking import Checker
from web.pages.marked import Shown, counts, marked, reason, shown_as


def judged(
    text: str,
    start: int,
    end: int,
    verdict: Judgement = "held",
    kind: Literal["quotation", "sentence"] = "sentence",
) -> Checked:
    return Checked(kind=kind, text=text[start:end], start_char=start, end_char=end, verdict=verdict, detail="said so")


TEXT = "He said “we begin” on Monday. Then all went home."


def test_a_quotation_within_a_sentence_is_under_its_own_verdict() -> None:
    quotation = judged(TEXT, 9, 17, "altered", "quotation")
    sentence = judged(TEXT, 0, 29, "held")
    after = judged(TEXT, 30, len(TEXT), "not_found")
    pieces = marked(TEXT, (quotation, sentence, after))
    assert [(piece.text, piece.number, piece.verdict, piece.ends) for piece in pieces] == [
        ("He said ", 2, "held", ()),
        ("“we begin”", 1, "altered", (1,)),
        (" on Monday.", 2, "held", (2,)),
        (" ", 0, None, ()),
        ("Then all went home.", 3, "not_found", (3,)),
    ]


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=12))
def test_pieces_put_together_are_the_text_and_each_verdict_ends_once(text: str, cuts: list[int]) -> None:
    edges = sorted({min(cut, len(text)) for cut in cuts})
    checks = [judged(text, start, end) for start, end in zip(edges[::2], edges[1::2])]
    pieces = marked(text, checks)
    assert sum(len(piece.text) for piece in pieces) == len(text)
    assert [number for piece in pieces for number in piece.ends] == list(range(1, len(checks) + 1))


def test_what_is_wrong_is_counted_first() -> None:
    checks = [judged(TEXT, 0, 2), judged(TEXT, 3, 5, "not_found"), judged(TEXT, 5, 6), judged(TEXT, 6, 7, "altered")]
    assert [(one.verdict, one.count) for one in counts(checks)] == [("altered", 1), ("not_found", 1), ("held", 2)]


@pytest.mark.parametrize(
    ("sentence", "shown", "why"),
    [
        (
            "The ferry carried 300,000 passengers in ninety-six days.",
            "differs",
            "“300,000” is not in the record there",
        ),
        (
            "The ferry carried 214,000 passengers to Lisbon in ninety-six days.",
            "not_found",
            "the name “Lisbon” does not stand in the cited words",
        ),
    ],
)
def test_only_what_the_record_contradicts_is_shown_as_otherwise_in_it(
    archive: Path, sentence: str, shown: Shown, why: str
) -> None:
    checker = Checker(Search(open_store(archive), TinyEmbedder))
    (one,) = asyncio.run(checker.check(sentence)).sentences
    assert [citation.quote for citation in one.citations] == ["We carried 214,000 passengers in ninety-six days."]
    assert (shown_as(one), reason(one)) == (shown, why)
