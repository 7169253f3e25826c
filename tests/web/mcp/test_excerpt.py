"""A stretch of a transcript: whatever the turns are, all of them come in the end, in order, and none is too long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.store import Summary
from index.transcript import Transcript, Turn
from web.mcp.excerpt import excerpt

TURNS = st.lists(st.text(alphabet="ab é😀.", max_size=60), max_size=12)


@given(TURNS, st.integers(1, 40))
def test_stretch_after_stretch_gives_every_character_of_every_turn_once(texts: list[str], characters: int) -> None:
    transcript = Transcript(turns=tuple(Turn(text=text) for text in texts))
    read: list[tuple[int, str]] = []
    at: int | None = 0
    while at is not None:
        given = excerpt(SUMMARY, transcript, at, characters)
        assert given.start_char == at
        assert given.end_char - given.start_char <= characters
        assert given.next_char is None or given.next_char > at
        assert all(transcript.text[turn.start_char : turn.end_char] == turn.text for turn in given.turns)
        read += [(turn.start_char, turn.text) for turn in given.turns]
        at = given.next_char
    assert "".join(text for _, text in read) == "".join(texts)
    assert [start for start, _ in read] == sorted(start for start, _ in read)


@given(TURNS)
def test_where_it_can_a_stretch_ends_with_a_turn(texts: list[str]) -> None:
    transcript = Transcript(turns=tuple(Turn(text=text) for text in texts))
    given = excerpt(SUMMARY, transcript, 0, 100)
    assert given.end_char in {span.end for span in transcript.spans} | {0}


def test_beyond_the_end_there_is_nothing() -> None:
    transcript = Transcript(turns=(Turn(text="Good evening."),))
    given = excerpt(SUMMARY, transcript, 9_999, 200)
    assert (given.start_char, given.turns, given.next_char) == (13, (), None)


SUMMARY = Summary(
    id="x",
    title=None,
    date=None,
    collection=None,
    source=None,
    media=None,
    language=None,
    turns=0,
    words=0,
    speakers=(),
)
