"""A reply made into a draft: however it is cut into pieces, the same comes out, and nothing half-written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qa.models.drafting import Drafting

part = st.sampled_from(
    ["The bridge ", "closes in May ", "[1.2]", "[1.2][3.1]", "[1.2, 3.1]", ". ", "\n", "[", "]", "NO ANSWER", "“", "**"]
)
replies = st.builds(
    lambda thoughts, parts: thoughts + "".join(parts),
    st.sampled_from(["", "<think>[1.1] NO ANSWER</think>", " <think>a</think>\n", "<think>never over"]),
    st.lists(part, max_size=12),
)


def drafted(pieces: list[str], cut: bool) -> tuple[str, bool]:
    drafting = Drafting()
    given = [drafting.add(piece) for piece in pieces]
    rest = drafting.end(cut)
    return "".join(given) + rest, drafting.declined


@given(replies, st.lists(st.integers(1, 9)), st.booleans())
def test_how_it_is_cut_into_pieces_makes_no_difference(reply: str, sizes: list[int], cut: bool) -> None:
    pieces, rest = [], reply
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]
    assert drafted([*pieces, rest], cut) == drafted([reply], cut) == drafted(list(reply), cut)


@given(replies)
def test_a_reply_that_is_cut_ends_in_a_marker_or_is_nothing(reply: str) -> None:
    draft, _ = drafted([reply], cut=True)
    assert not draft or draft.endswith("]")


@given(replies, st.booleans())
def test_a_draft_is_a_stretch_of_the_reply(reply: str, cut: bool) -> None:
    assert drafted([reply], cut)[0] in reply


def test_what_follows_the_last_marker_waits_for_the_end() -> None:
    drafting = Drafting()
    assert drafting.add("It closes on April 12 [1.2]. It opens") == "It closes on April 12 [1.2]"
    assert drafting.add(" in May [1.") == ""
    assert drafting.add("3].") == ". It opens in May [1.3]"
    assert drafting.end() == "."


def test_no_answer_after_an_answer_is_left_out() -> None:
    assert drafted(["It closes on April 12 [1.2].\n\nNO ANSWER to the rest."], cut=False) == (
        "It closes on April 12 [1.2].\n\n",
        False,
    )


def test_no_answer_behind_words_that_cite_nothing_is_no_answer() -> None:
    assert drafted(["The record does not say. NO ANSWER"], cut=False) == ("", True)
