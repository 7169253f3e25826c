"""Places that an address names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.transcript import Span
from web.pages.places import named

OFFSETS = st.lists(st.integers(0, 300).map(str) | st.text(max_size=4), max_size=8)


@given(OFFSETS, OFFSETS, st.integers(0, 200))
def test_places_are_within_the_text_ascending_and_apart(starts: list[str], ends: list[str], length: int) -> None:
    found = named(starts, ends, length)
    assert all(0 <= one.start < one.end <= length for one in found)
    assert all(one.end < other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("starts", "ends", "places"),
    [
        (["3"], ["7"], [Span(3, 7)]),
        (["30", "3"], ["40", "7"], [Span(3, 7), Span(30, 40)]),
        (["3", "5"], ["7", "9"], [Span(3, 9)]),
        (["90"], ["500"], [Span(90, 100)]),
        (["100"], ["101"], []),
        (["-1", "x", "٣", "7", "1" * 500], ["3", "4", "5", "3", "2" * 500], []),
        (["3"], [], []),
    ],
)
def test_what_is_no_place_is_left_out(starts: list[str], ends: list[str], places: list[Span]) -> None:
    assert list(named(starts, ends, 100)) == places
