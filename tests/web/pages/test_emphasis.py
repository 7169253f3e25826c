"""The words of a passage that a query looked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.pages.emphasis import emphasised, looked_for


def marks(text: str, query: str) -> list[str]:
    return [one.text for one in emphasised(text, looked_for(query)) if one.marked]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("piers", "The pier stands; pioneers came to the Pier.", ["pier", "Pier"]),
        ("the colonial pipeline", "The Colonial Pipeline, the pipeline.", ["Colonial Pipeline", "pipeline"]),
        ("the", "The pier of the bridge", ["The", "the"]),
        ("pier?", "PIERS", ["PIERS"]),
        ("", "nothing", []),
    ],
)
def test_words_are_marked_in_any_form_but_not_those_every_sentence_has(query: str, text: str, found: list[str]) -> None:
    assert marks(text, query) == found


@given(st.text(max_size=80), st.text(max_size=20))
def test_nothing_of_the_text_is_lost(text: str, query: str) -> None:
    assert sum(len(one.text) for one in emphasised(text, looked_for(query))) == len(text)
