"""A transcript as the pages show it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.summarising import summarised
from index.transcript import Span, Speaker, Transcript, Turn
from web.pages.places import named
from web.pages.reading import Shown, direction, shown

PAIRS = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=4)
TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\u202e\x00\n👩 "), max_size=30)


def of(*turns: Turn, media: str | None = None) -> Transcript:
    return Transcript(id="t", turns=turns, speakers=(Speaker("MS. VARLEY", "Edith Varley"),), media=media)


def shown_of(transcript: Transcript, *places: Span, around: int | None = None) -> Shown:
    return shown(summarised(transcript), transcript, places, around=around)


@given(
    st.lists(TEXTS, min_size=1, max_size=6), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=4)
)
def test_pieces_put_together_are_the_turns_and_the_marked_ones_the_places(
    texts: list[str], asked: list[tuple[int, int]]
) -> None:
    transcript = of(*map(Turn, texts))
    places = named([str(a) for a, _ in asked], [str(b) for _, b in asked], len(transcript.text))
    covered: set[int] = set()
    for turn in shown_of(transcript, *places).turns:
        at = turn.start_char
        for piece in turn.pieces:
            if piece.place:
                place = places[piece.place - 1]
                assert place.start <= at
                assert at + len(piece.text) <= place.end
                covered.update(range(at, at + len(piece.text)))
            at += len(piece.text)
        assert at == turn.end_char
    spoken = {at for span in transcript.spans for at in range(span.start, span.end)}
    assert covered == spoken & {at for place in places for at in range(place.start, place.end)}


def test_a_turn_says_who_speaks_when_and_where_to_hear_it() -> None:
    transcript = of(
        Turn("We begin.", "MS. VARLEY", "MS. VARLEY", start=12.5),
        Turn("Why?", "Q", None, start=14.0),
        Turn(""),
        media="https://town.example/hearing.mp3#t=3",
    )
    first, second = shown_of(transcript).turns
    assert (first.label, first.named, first.name) == ("MS. VARLEY", True, "Edith Varley")
    assert first.play == "https://town.example/hearing.mp3#t=12.5"
    assert (second.label, second.named, second.name) == ("Q", False, None)


@pytest.mark.parametrize(
    ("media", "kind"),
    [
        ("https://town.example/hearing.mp3", "audio"),
        ("https://town.example/hearing.MP4?size=2", "video"),
        ("https://town.example/watch?v=1", "page"),
        ("javascript:alert(1)//x.mp3", None),
        ("file:///etc/passwd.mp3", None),
        ("https://", None),
        ("http://[broken/x.mp3", None),
    ],
)
def test_only_what_a_browser_may_follow_is_a_recording(media: str, kind: str | None) -> None:
    recording = shown_of(of(Turn("We begin."), media=media)).recording
    assert (recording.kind if recording else None) == kind


def test_beside_an_answer_the_turns_around_the_place_are_shown() -> None:
    transcript = of(*(Turn(f"turn {number} " + "word " * 100) for number in range(40)))
    place = transcript.spans[20]
    part = shown_of(transcript, Span(place.start + 5, place.start + 9), around=250)
    assert [turn.number for turn in part.turns] == [18, 19, 20, 21, 22, 23, 24]
    assert part.earlier
    assert part.later
    whole = shown_of(transcript, around=10_000)
    assert len(whole.turns) == 40
    assert not whole.earlier
    assert not whole.later


@pytest.mark.parametrize(("stated", "taken"), [("de-AT", "de-AT"), ("German", None), ('de"x', None), (None, None)])
def test_only_a_language_that_a_browser_knows_is_told_to_it(stated: str | None, taken: str | None) -> None:
    transcript = Transcript(id="t", turns=(Turn("We begin."),), language=stated)
    assert shown_of(transcript).language == taken


@pytest.mark.parametrize(("language", "way"), [("ar", "rtl"), ("he-IL", "rtl"), ("de", "auto"), (None, "auto")])
def test_languages_written_from_the_right(language: str | None, way: str) -> None:
    assert direction(language) == way
