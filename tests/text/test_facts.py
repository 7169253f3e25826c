"""Which kind of fact a sentence holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.facts import Kind, spans


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("figure", "About 37.5 million adults, but just one fifth of them use one.", ["37.5 million", "one fifth"]),
        ("figure", "It was 100 percent destroyed in March of this year.", ["100 percent"]),
        ("figure", "We sent $1.2 billion to thirty-one towns.", ["$1.2 billion", "thirty-one"]),
        ("figure", "The President has not spent a moment on it.", []),
        ("figure", "COVID-19, COVID-\u206019 and two F-35s cost $15-20 each.", ["two", "$15", "20"]),
        ("moment", "It was destroyed in March of this year.", ["in March", "this year"]),
        ("moment", "following the July 7th assassination", ["July 7th"]),
        ("moment", "They said so two weeks ago.", ["two weeks ago"]),
        ("moment", "It will be done.", []),
        ("place", "our presence at Tanf, in southern Syria", ["Tanf", "Syria"]),
        ("name", "My colleague, Karine Jean-Pierre, is next.", ["Karine Jean-Pierre"]),
        ("name", "Well, I think so.", []),
    ],
)
def test_finds_what_is_there(kind: Kind, text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in spans(kind, text)] == found


@given(st.sampled_from(["figure", "moment", "name", "place"]), st.text(max_size=300))
def test_any_text_gives_spans_within_it(kind: Kind, text: str) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in spans(kind, text))
