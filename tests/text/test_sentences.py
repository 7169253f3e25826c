"""Sentences and asides: they cover the text, apart and in order, whatever the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.asides import asides, is_remark
from index.text.sentences import LONGEST_UNMARKED, sentences

pieces = st.sampled_from(
    ["The President spoke.", "Mr. Smith said, “No.”", "(Laughter.)", "[crosstalk]", "5 p.m. in the U.S.", "so", "and",
     "we went", "\n\n", " ", "\n", "“Why?”", "[the]", "—", "$1.5 billion", "♪ la ♪", "(inaudible)", "…", "日本語です。",
     "Ms.", "Holm", "3.[5]"]
)  # fmt: skip
texts = st.lists(pieces, max_size=30).map(" ".join) | st.text(st.characters(codec="utf-8"), max_size=120)
languages = st.sampled_from([None, "en", "de", "ja", "xx"])


@given(texts, languages, st.lists(st.integers(0, 200), max_size=5).map(sorted))
def test_they_cover_every_character_that_is_seen(text: str, language: str | None, cues: list[int]) -> None:
    found = sentences(text, language, cues)
    at = 0
    for sentence in found:
        assert at <= sentence.start < sentence.end <= len(text)
        assert text[at : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        at = sentence.end
    assert text[at:].strip() == ""


@given(texts)
def test_no_sentence_goes_beyond_a_paragraph(text: str) -> None:
    assert not any("\n\n" in text[s.start : s.end] for s in sentences(text))


@given(texts)
def test_asides_are_apart_and_in_order(text: str) -> None:
    found = asides(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(span.start < span.end for span in found)


@given(st.lists(st.sampled_from("so we went there and then they said it was fine".split()), max_size=400))
def test_speech_without_marks_is_cut(words: list[str]) -> None:
    text = " ".join(words)
    assert all(len(text[s.start : s.end].split()) <= LONGEST_UNMARKED for s in sentences(text))


def test_speech_without_marks_is_cut_where_a_cue_begins() -> None:
    text = " ".join(f"w{at}" for at in range(60))
    cue = text.index("w30")
    assert [text[s.start : s.end].split()[0] for s in sentences(text, "en", [cue])] == ["w0", "w30"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith left at 3 p.m. on Nov. 14. He sat.", ["Mr. Smith left at 3 p.m. on Nov. 14.", "He sat."]),
        ("It works. (Laughter.) Thank you.", ["It works.", "(Laughter.)", "Thank you."]),
        ("Go ahead.\n\nThank you", ["Go ahead.", "Thank you"]),
        ("It rose by 3.5 percent.  We knew.", ["It rose by 3.5 percent.", "We knew."]),
        ("[The] President spoke.", ["[The] President spoke."]),
        ("It rose by 3.[5] million. We knew.", ["It rose by 3.[5] million.", "We knew."]),
        ("It costs 52 million, Ms. Hallam said. She left.", ["It costs 52 million, Ms. Hallam said.", "She left."]),
        ("It was Ms.  ", ["It was Ms."]),
        ("He saw 3.[5]", ["He saw 3.[5]"]),
    ],
)  # fmt: skip
def test_boundaries(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in sentences(text)] == expected


@pytest.mark.parametrize(
    ("aside", "remark"),
    [("(Laughter.)", True), ("[crosstalk]", True), ("[the]", False), ("[CFPB]", False), ("(inaudible)", True)],
)
def test_a_word_put_into_the_speech_is_no_remark(aside: str, remark: bool) -> None:
    (span,) = asides(f"Well {aside} he said")
    assert f"Well {aside} he said"[span.start : span.end] == aside
    assert is_remark(aside) == remark


@pytest.mark.parametrize("text", ["(it was a long day)", "He said (and I agree) that it is so."])
def test_spoken_parentheses_are_speech(text: str) -> None:
    assert asides(text) == []


def test_a_remark_after_a_full_stop_parts_two_sentences() -> None:
    text = "The depot was sold in May. (Applause.) It fetched nine million — (laughter) — crowns."
    found = [(text[one.start : one.end], one.aside) for one in sentences(text)]
    assert found == [
        ("The depot was sold in May.", False),
        ("(Applause.)", True),
        ("It fetched nine million — (laughter) — crowns.", False),
    ]
