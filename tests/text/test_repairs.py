"""Fillers and dashes over which words are taken up again are told from dashes before a clause of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.repairs import without_repairs


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("no evidence of any — of any attack", "no evidence of any of any attack"),
        ("hasn't been an ATF -- a confirmed ATF director", "hasn't been an ATF a confirmed ATF director"),
        ("it is not, you know, closed", "it is not closed"),
        ("we will not raise the tax — the tax is fine", "we will not raise the tax — the tax is fine"),
        ("it will not close — rain or shine", "it will not close — rain or shine"),
    ],
)
def test_what_is_taken_up_again_goes_on(text: str, read: str) -> None:
    assert " ".join(without_repairs(text).split()) == read


@given(st.text(max_size=80) | st.lists(st.sampled_from(["any", "—", "of", "--", "the", "is", ","])).map(" ".join))
def test_no_character_moves(text: str) -> None:
    read = without_repairs(text)
    assert len(read) == len(text)
    assert all(one in (other, " ") for one, other in zip(read, text))
