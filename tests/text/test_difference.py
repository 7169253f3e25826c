"""Differences: what a quotation made of the record's words, and where the record comes nearest to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.difference import _CHANGE, Near, _aligned, difference, nearest
from index.text.ladder import normalised
from index.transcript import Span

TEXT = """Well, we know that the repairs cost 4.2 million crowns. That is half a million more than we had planned,
because the piers are cracked."""

words = st.lists(st.sampled_from("the bridge will not be closed in 1,200 days’ time, “so” … (Laughter.)".split()))
texts = words.map(" ".join) | st.text(max_size=60)


@given(texts, texts)
def test_what_is_kept_and_added_is_the_quotation(quotation: str, true: str) -> None:
    runs = difference(quotation, true)
    if any(run.kind != "removed" for run in runs):
        assert "".join(run.text for run in runs if run.kind != "removed") == quotation
    assert all(run.text for run in runs)


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {run.kind for run in difference(text, text)} <= {"kept"}
    assert {run.kind for run in difference(normalised(text).text, text)} <= {"kept"}


@given(texts, texts)
def test_what_is_nearest_lies_within_and_is_near(quotation: str, text: str) -> None:
    near = nearest(quotation, text)
    if near is not None:
        assert 0 <= near.span.start < near.span.end <= len(text)
        assert near.changes <= len(normalised(quotation).text.split())


FEW = st.lists(st.sampled_from("abcdefgh"), max_size=30)


@given(FEW.filter(bool), st.lists(FEW, max_size=3), st.data())
def test_what_is_nearest_is_what_all_of_the_text_held_against_it_gives(
    ours: list[str], others: list[list[str]], data: st.DataObject
) -> None:
    changed = [word for word in ours if data.draw(st.integers(0, 3))]
    theirs = [word for part in (*others[:1], changed, *others[1:]) for word in (*part, *"xyxyxyxyxyxyxyxyxyxy")]
    cost, first, last = _aligned(ours, theirs)
    near = nearest(" ".join(ours), " ".join(theirs))
    if cost // _CHANGE > len(ours) // 2 or first == last:
        assert near is None
    else:
        assert near == Near(Span(2 * first, 2 * last - 1), cost // _CHANGE)


def test_a_quotation_of_many_pages_takes_no_hours() -> None:
    said = [f"w{n * n % 9973}" for n in range(100_000)]
    assert nearest(" ".join(sorted(said[:9_000])), " ".join(said)) is None
    assert nearest(" ".join(said[500:540]), " ".join([*said[:520], "and", *said[520:]])) is not None


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("the repairs cost 4.3 million crowns", "the repairs cost 4.2 million crowns"),
        ("that is half a billion more than we planned", "That is half a million more than we had planned"),
        ("91 million more than we had hoped", "a million more than we had planned"),
        ("that “the repairs” cost", "that the repairs cost"),
    ],
)
def test_the_nearest_words_are_whole(quotation: str, expected: str) -> None:
    near = nearest(quotation, TEXT)
    assert near is not None
    assert " ".join(TEXT[near.span.start : near.span.end].split()) == expected


def test_nothing_is_near_where_most_words_differ() -> None:
    assert nearest("the tram will cost nothing at all", TEXT) is None
    assert nearest("", TEXT) is None
    assert nearest("the repairs", "") is None


@pytest.mark.parametrize(
    ("quotation", "true", "expected"),
    [
        ("it cost 4.3 million,", "It cost 4.2 million", "it cost -4.2 +4.3 million,"),
        ("we did [not] go", "We did go.", "we did +[not] go"),
        ("we go", "We do not go", "we -do not go"),
        ("we can't go", "We can go", "we -can +can't go"),
        ("We will go!", "We will go.", "We will go +!"),
        ("We go", "We (Laughter.) go", "We go"),
    ],
)  # fmt: skip
def test_a_difference_names_the_words(quotation: str, true: str, expected: str) -> None:
    signs = {"kept": "", "added": "+", "removed": "-"}
    assert " ".join(signs[run.kind] + run.text.strip() for run in difference(quotation, true)) == expected
