"""Quotations cut out of what denies them, or has them under an "if"; and those that are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.gate.quotations import fault
from tests.qa.gate.spoken import HOSTILE, MAYOR, said

RECORD = (
    "I never promised that the bridge would stay open whatever happened. It has never been a toll road or a private "
    "road; it's always been a county road. It's inaccurate that we close the school. If the county pays, we open the "
    "ferry in May. The idea that we sell the mill is not true. I don't have an update, but we expect a decision this "
    "week. I don't think it's not safe to cross. It is not wrong to say that the piers are cracked. We ask whether "
    "the depot can be sold. Nobody told us about that, and the council will vote on the tower. "
    "It's no surprise that the mill is old. We don't see the levy as a new tax."
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Varley said “the bridge would stay open whatever happened.”", "never"),
        ("Varley called it “a toll road”.", "never"),
        ("Varley called it “a private road”.", "never"),
        ("Varley called it “a new tax”.", "don't"),
        ("Varley said: “we close the school.”", "inaccurate"),
        ("Varley said “the county pays”.", "If"),
        ("Varley said that “we sell the mill”.", "not true"),
        ("Varley said “it's not safe to cross.”", "don't"),
        ("Varley said “the depot can be sold”.", "whether"),
    ],
)
def test_what_the_record_denies_around_it_is_not_quoted(text: str, word: str) -> None:
    found = fault(text, said((MAYOR, RECORD)))
    assert found is not None
    assert found.reason == "negation"
    assert f"“{word}” stands" in found.detail


@pytest.mark.parametrize(
    "text",
    [
        "Varley said: “I never promised that the bridge would stay open whatever happened.”",
        "Varley said that she never promised “the bridge would stay open whatever happened”.",
        "Varley denied that “the bridge would stay open whatever happened”.",
        "Varley said it had “never been a toll road”.",
        "Varley said it was “always been a county road”.",
        "Varley said it was inaccurate that “we close the school”.",
        "If “the county pays”, the ferry opens, said Varley.",
        "Varley said: “we open the ferry in May”.",
        "That “we sell the mill” is not true, said Varley.",
        "Varley said “we expect a decision this week”.",
        "Varley said that “the piers are cracked”.",
        "Varley said that “the mill is old”.",
        "Varley asked whether “the depot can be sold”.",
        "Varley said “the council will vote on the tower”.",
    ],
)
def test_what_it_says_is_quoted_as_it_says_it(text: str) -> None:
    assert fault(text, said((MAYOR, RECORD))) is None


@given(HOSTILE, st.integers(0, 60), st.integers(1, 60))
def test_nothing_raises(text: str, at: int, length: int) -> None:
    fault(f"Varley said “{text[at : at + length]}” there.", said((MAYOR, f"So. {text}")))
