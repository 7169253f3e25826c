"""Markers as models write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.gate.markers import bare_numbers, markers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("So it is [3.2].", [(3, 2)]),
        ("So it is. [3.2][4.1]", [(3, 2), (4, 1)]),
        ("So it is [3.2] [4.1].", [(3, 2), (4, 1)]),
        ("So it is [3.2, 4.1; 5.6 and 7.1].", [(3, 2), (4, 1), (5, 6), (7, 1)]),
        ("So it is [3.2–3.4].", [(3, 2), (3, 3), (3, 4)]),
        ("So it is [3.2-4].", [(3, 2), (3, 3), (3, 4)]),
        ("So it is [ 3.2 to 3.3 ].", [(3, 2), (3, 3)]),
        ("So it is 【3.2】.", [(3, 2)]),
        ("So it is [sentence 3.2].", [(3, 2)]),
        ("So it is [3.4-3.2].", [(0, 0)]),
        ("So it is [3.2-4.1].", [(3, 2), (4, 1)]),
        ("So it is [3.1-3.900].", [(0, 0)]),
        ("So it is [3].", [(0, 0)]),
        ("[The] mayor […] of [2021] said so [sic].", []),
        ("It rose by 3.2 (3.2) percent.", []),
    ],
)
def test_the_numbers_of_brackets(text: str, numbers: list[tuple[int, int]]) -> None:
    assert [number for one in markers(text) for number in one.numbers] == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("3.2\n4.1", [(3, 2), (4, 1)]), ("- 3.2, 4.1", [(3, 2), (4, 1)]), ("It rose by 3.2", []), ("3.2 percent", [])],
)
def test_bare_numbers_stand_alone_on_their_line(text: str, numbers: list[tuple[int, int]]) -> None:
    assert bare_numbers(text) == numbers


@given(st.text(alphabet="[]【】0123456789.,-–; ando", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for one in markers(text):
        assert one.numbers
        assert text[one.span.start] in "[【"
    bare_numbers(text)
