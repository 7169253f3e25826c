"""Text of the record on a page: nothing in it steers the display, and every offset stays what it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pages.harmless import harmless

STEERING = "\x00\x1b\x7f\x85\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\ud800"


@given(st.text(st.characters(exclude_categories=()) | st.sampled_from(STEERING)))
def test_nothing_that_steers_is_left_and_no_offset_moves(text: str) -> None:
    shown = harmless(text)
    assert len(shown) == len(text)
    assert not set(STEERING) & set(shown)
    assert harmless(shown) == shown
    shown.encode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("100\u202e200", "100�200"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb", "a␍\nb"),
        ("Zoë الميناء 👩‍🚀", "Zoë الميناء 👩‍🚀"),
    ],
)
def test_what_a_reader_sees(text: str, shown: str) -> None:
    assert harmless(text) == shown
