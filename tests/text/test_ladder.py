"""The ladder: what may differ between a quotation and the record, and what may not; and the way back to offsets."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.ladder import find, insertions, normalised, places

fragments = st.sampled_from(
    [
        *"We will not|go|the|party|party's|can't|1,200|2.20|20%|U.S.|COVID-19|-5|ß|İ|é|e\u0301|\u0301".split("|"),
        *"’|“|”|\"|'|«|»|—|--| - |–|…|...|. . .|[…]|(...)|(Laughter.)|[crosstalk]|[the]|need[ed]|[T]he".split("|"),
        *"<i>|</i>|<v Ann>|{\\an8}|<|>|{|}|[|]|(|)|♪|♪ la ♪|.|,|;|?|\u00ad|\u200b|\u00a0|\u202f|\t| |  ".split("|"),
        *"日本語です。|각|\u1100\u1161|가\u11a8|\n|\n\n|[sic]|\ufeff".split("|"),
    ]
)
texts = st.lists(fragments, max_size=16).map("".join) | st.text(max_size=60)


@given(texts)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    form = normalised(text).text
    assert normalised(form).text == form


@given(texts)
def test_every_character_of_the_normal_form_goes_back_in_order(text: str) -> None:
    form = normalised(text)
    before = 0
    for at in range(len(form.text)):
        span = form.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert before <= span.start
        before = span.start
    if form.text:
        whole = form.span(0, len(form.text))
        assert (whole.start, whole.end) == (form.span(0, 1).start, form.span(len(form.text) - 1, len(form.text)).end)


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text) if character.isalnum())


@given(st.text(st.characters(codec="utf-8", exclude_characters="<>{}[]()♪"), max_size=80))
def test_no_letter_and_no_digit_is_changed(text: str) -> None:
    kept = normalised(text).text
    assert _letters(kept) == _letters(re.sub("[\u00ad\u034f\u200b-\u200f\u2060-\u2064ʼ]", "", text))


@given(texts, st.data())
def test_what_stands_in_a_text_is_found_there_and_normalises_to_the_quotation(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quotation = text[start : data.draw(st.integers(start, len(text)))]
    wanted = normalised(quotation, insertions(quotation)).text
    for place in places(quotation, text):
        assert 0 <= place.span.start < place.span.end <= len(text)
        if "…" not in wanted:
            stands = text[place.span.start : place.span.end]
            found = normalised(stands, insertions(quotation)).text
            assert found.strip("', .…").casefold() == wanted.strip("', .…").casefold()


words = st.lists(st.sampled_from("so we went there and it was fine; 1,200 people, can't say".split()), min_size=1)


@given(words, words, words)
def test_a_run_of_whole_words_is_always_found(before: list[str], said: list[str], after: list[str]) -> None:
    text, quotation = " ".join([*before, *said, *after]), " ".join(said)
    place = find(quotation, text)
    assert place is not None
    assert text[place.span.start : place.span.end] == quotation


@given(texts, texts)
def test_nothing_is_too_strange_to_look_for(quotation: str, text: str) -> None:
    place = find(quotation, text)
    if place is not None:
        assert all(piece.start < piece.end for piece in place.pieces)
        assert all(gap.start <= gap.end for gap in place.gaps)


@pytest.mark.parametrize(
    ("text", "quotation", "stands"),
    [
        ("We can’t go—not now.", "we can't go -- not now", "We can’t go—not now"),
        ("We can't go – not now.", "can't go - not now.", "can't go – not now."),
        ("He said “no” to it.", "said 'no' to", "said “no” to"),
        ("He said ``no'' to it.", "said “no” to", "said ``no'' to"),
        ("a\u00a0long \n\n way", "a long way", "a\u00a0long \n\n way"),
        ("the co\u00adoperation", "cooperation", "co\u00adoperation"),
        ("the cafe\u0301 is shut", "café is", "cafe\u0301 is"),
        ("It is <i>very</i> hot", "is very hot", "is <i>very</i> hot"),
        ("{\\an8}It is hot", "It is hot", "It is hot"),
        ("We did. (Laughter.) We will.", "We did. We will.", "We did. (Laughter.) We will."),
        ("We did. (Laughter.) We will.", "We did. [laughter] We will.", "We did. (Laughter.) We will."),
        ("We go (Laughter.) And", "We go (laughter)", "We go"),
        ("It is (inaudible), so", "it is (inaudible),", "It is (inaudible),"),
        ("We saw (inaudible), and left", "saw, and left", "saw (inaudible), and left"),
        ("We meet [the] President", "meet [the] President", "meet [the] President"),
        ("We meet [the] President", "We meet President", "We meet [the] President"),
        ("It need[ed] work", "It need work", "It need[ed] work"),
        ("It need[ed] work", "It need[ed] work", "It need[ed] work"),
        ("He had went home", "had went [sic] home", "had went home"),
        ("And the bridge is shut", "[T]he bridge is shut", "the bridge is shut"),
        ("It costs 4.2 million. Yes.", "4.2 million,", "4.2 million"),
        ("It costs 4.2 million, yes.", "4.2 million.", "4.2 million"),
        ("In the U.S. we do", "the U.S.,", "the U.S"),
        ("Well... I mean, we go", "Well … I mean", "Well... I mean"),
        ("Quoi ? Rien", "Quoi? Rien", "Quoi ? Rien"),
        ("the President's plan", "the President", "the President"),
        ("the workers' rights", "workers’ rights", "workers' rights"),
        ("the crisis—19 people died", "19 people died", "19 people died"),
        ("日本語です。", "日本", "日本"),
        ("pay $20 million now", "20 million", "20 million"),
    ],
)  # fmt: skip
def test_what_may_differ(text: str, quotation: str, stands: str) -> None:
    place = find(quotation, text)
    assert place is not None
    assert text[place.span.start : place.span.end] == stands


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("the party went", "art"),
        ("the party went", "the part"),
        ("we can't go", "we can"),
        ("he said it's so", "s so"),
        ("it is 200 long", "20"),
        ("it is 2.20 long", "20"),
        ("it is 4.2 long", "4"),
        ("it is 4.2 long", "It is 4."),
        ("it is 1,200 long", "200"),
        ("it is 1,200 long", "1"),
        ("it is 1\u202f200 long", "200 long"),
        ("on 9/11 we", "11 we"),
        ("at 4:30 we", "at 4"),
        ("it is .5 long", "5 long"),
        ("it is 20% more", "it is 20"),
        ("it was -5 degrees", "5 degrees"),
        ("COVID-19 is", "19 is"),
        ("a 20-year plan", "a 20"),
        ("the U.S. is", "the U."),
        ("the U.S. is", "S. is"),
        ("We will go", "we Will go"),
        ("We will go", "We will go!"),
        ("Will we go?", "Will we go!"),
        ("You will go?", "You will go."),
        ("the café is", "the cafe is"),
        ("We meet the President", "meet [the] President"),
        ("We meet [the] President", "meet the President"),
        ("We did send troops", "We did [not] send troops"),
        ("We did send troops", "We did (Not at all.) send troops"),
        ("We did. We will.", "We did. (Applause.) We will."),
        ("long-term plan", "long term plan"),
        ("dont go", "don't go"),
        ("We will go", ""),
        ("We will go", "…"),
        ("We will go", "(Laughter.)"),
    ],
)
def test_what_may_not_differ(text: str, quotation: str) -> None:
    assert find(quotation, text) is None


def _pieces(quotation: str, text: str) -> list[str]:
    place = find(quotation, text)
    return [text[piece.start : piece.end] for piece in place.pieces] if place else []


def test_omissions_are_found_piece_by_piece_in_order() -> None:
    text = "We will close the bridge in April, because the piers are cracked. The work takes eleven months."
    whole = ["We will close the bridge", "because the piers are cracked", "The work takes"]
    for quotation in (
        "we will close the bridge […] because the piers are cracked … The work takes",
        "We will close the bridge, [...] because the piers are cracked. . . . The work takes ...",
        "…We will close the bridge (…) because the piers are cracked...the work takes […]",
    ):
        assert [piece.rstrip(",.") for piece in _pieces(quotation, text)] == whole
    assert not _pieces("because the piers are cracked […] We will close the bridge", text)
    assert not _pieces("We … close … April", text)
    assert not _pieces("We will open […] because the piers are cracked", text)


def test_an_omission_leaves_out_as_little_as_may_be() -> None:
    text = "We will go far. We will go home. And we will rest. And we will rest."
    assert [text[one.span.start : one.span.end] for one in places("We will go … we will rest", text)] == [
        "We will go home. And we will rest"
    ]


def test_every_place_is_given_in_order() -> None:
    text = "No. We said no, and no again."
    assert [place.span.start for place in places("no", text)] == [0, 12, 20]
