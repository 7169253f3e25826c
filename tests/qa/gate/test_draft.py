"""Drafts as models write them, whole and in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.gate.draft import LONGEST_LINE, Drafted, DraftReader


def read(*pieces: str) -> list[Drafted]:
    reader = DraftReader()
    return [drafted for piece in pieces for drafted in reader.feed(piece)] + reader.end()


@pytest.mark.parametrize(
    ("draft", "sentences"),
    [
        ("X is so [1.1]. Y is so. [1.2]", [("X is so.", [(1, 1)]), ("Y is so.", [(1, 2)])]),
        ("[1.1] X is so. [1.2] Y is so.", [("X is so.", [(1, 1)]), ("Y is so.", [(1, 2)])]),
        ("[1.1] X is so.\n[1.2] Y is so.", [("X is so.", [(1, 1)]), ("Y is so.", [(1, 2)])]),
        ("X is so.\n[1.1]\nY is so.\n[1.2]", [("X is so.", [(1, 1)]), ("Y is so.", [(1, 2)])]),
        ("X [1.1] and Y [1.2] are so.", [("X and Y are so.", [(1, 1), (1, 2)])]),
        ("X is so. Y is so [1.2].", [("X is so.", []), ("Y is so.", [(1, 2)])]),
        ("Here is the answer:\n\n* X is so [1.1]\n* Y is so [1.2]", [("X is so", [(1, 1)]), ("Y is so", [(1, 2)])]),
        ("1. X is so [1.1]\n2) Y is so [1.2]", [("X is so", [(1, 1)]), ("Y is so", [(1, 2)])]),
        ("## Answer\n**Answer:** X is **so** [1.1].", [("X is so.", [(1, 1)])]),
        ("```markdown\nX is so [1.1].\n```", [("X is so.", [(1, 1)])]),
        ("> X is so [1.1].", [("X is so.", [(1, 1)])]),
        ("Mr. Rell left at 3 p.m. for the U.S. [1.1].", [("Mr. Rell left at 3 p.m. for the U.S.", [(1, 1)])]),
        ("She said: “It is so. It was so.” [1.1–1.2]", [("She said: “It is so. It was so.”", [(1, 1), (1, 2)])]),
        ('He: "It is. It was." [1.1] Then X [1.2].', [('He: "It is. It was."', [(1, 1)]), ("Then X.", [(1, 2)])]),
        ("Sie sagte: „Es ist so. Es war so.“ [1.1]", [("Sie sagte: „Es ist so. Es war so.“", [(1, 1)])]),
        ("[1.1]\n[2.3]", [("", [(1, 1)]), ("", [(2, 3)])]),
        ("[1.1, 2.3]", [("", [(1, 1), (2, 3)])]),
        ("1.1\n2.3\n", [("", [(1, 1)]), ("", [(2, 3)])]),
        ("", []),
        ("\n \n```\n", []),
    ],
)
def test_sentences_and_what_they_rest_on(draft: str, sentences: list[tuple[str, list[tuple[int, int]]]]) -> None:
    assert [(one.text, list(one.numbers)) for one in read(draft)] == sentences


numbers = st.tuples(st.integers(1, 9), st.integers(1, 9))
words = st.sampled_from("the bridge Mr. Rell costs 4.2 million crowns U.S. on Nov. 14 (again) it's e.g. closed".split())
sentence = st.tuples(st.lists(words, min_size=3, max_size=8).map(" ".join), st.lists(numbers, min_size=1, max_size=3))


@st.composite
def drafts(draw: st.DrawFn) -> tuple[str, list[tuple[str, list[tuple[int, int]]]]]:
    given_sentences = draw(st.lists(sentence, min_size=1, max_size=4))
    before = draw(st.booleans())
    line = draw(st.sampled_from(["\n", "\n\n", "\n- "]))
    written = []
    for text, cited in given_sentences:
        marks = "".join(f"[{passage}.{number}]" for passage, number in cited)
        written.append(f"The {text} house {marks}." if before else f"The {text} house. {marks}")
    return "- " * (line == "\n- ") + line.join(written), given_sentences


@given(drafts(), st.data())
def test_pieces_make_the_same_sentences_as_the_whole(
    made: tuple[str, list[tuple[str, list[tuple[int, int]]]]], data: st.DataObject
) -> None:
    draft, sentences = made
    whole = read(draft)
    assert [number for one in whole for number in one.numbers] == [
        number for _, cited in sentences for number in dict.fromkeys(cited)
    ] or len(whole) != len(sentences)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(draft)), max_size=8)))
    pieces = [draft[start:end] for start, end in zip([0, *cuts], [*cuts, len(draft)])]
    assert read(*pieces) == whole
    assert read(*draft) == whole


@given(st.text(max_size=200))
def test_any_text_is_read_and_no_letter_invented(text: str) -> None:
    for one in read(*text):
        assert one.text or one.numbers
        assert set("".join(one.text.split())) <= set(text)


def test_a_sentence_comes_as_soon_as_the_next_has_begun() -> None:
    reader = DraftReader()
    assert reader.feed("X is so [1.1]. The bridge was then") == [Drafted("X is so.", ((1, 1),))]


def test_an_endless_line_is_left() -> None:
    assert sum(len(one.text) for one in read(*["word " * 1000] * 20)) <= LONGEST_LINE
