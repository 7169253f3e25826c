"""Captions: what rolls up is read once, what is said again is kept."""

from __future__ import annotations

import pytest

from index.reading import read


def captions(*cues: str) -> bytes:
    """WebVTT of adjoining cues of a second each."""
    shown = [f"00:{at:02}.000 --> 00:{at + 1:02}.000\n{cue}\n" for at, cue in enumerate(cues)]
    return ("WEBVTT\n\n" + "\n".join(shown)).encode()


def test_another_voice_says_the_same_again() -> None:
    oath = ["<v Roberts>I, Joe, do solemnly swear", "<v Biden>I, Joe, do solemnly swear"]
    turns = read(captions(*oath, *oath), "oath.vtt").transcript.turns
    assert [(turn.label, turn.text) for turn in turns] == 2 * [
        ("Roberts", "I, Joe, do solemnly swear"),
        ("Biden", "I, Joe, do solemnly swear"),
    ]


@pytest.mark.parametrize(
    "cues",
    [
        ["- Aye.", "- Aye.", "- Aye.", "- Aye."],
        ["Four more years!"] * 3,
    ],
)
def test_a_cue_like_the_one_before_is_said_again(cues: list[str]) -> None:
    turns = read(captions(*cues), "cues.vtt").transcript.turns
    said = " ".join(cue.removeprefix("- ") for cue in cues)
    assert " ".join(turn.text for turn in turns) == said


def test_what_rolls_up_is_read_once() -> None:
    cues = [">> One two", ">> One two", ">> One two\nthree four", "three four", "three four\nfive six"]
    turns = read(captions(*cues), "cues.vtt").transcript.turns
    assert [turn.text for turn in turns] == ["One two three four five six"]


def test_a_dash_before_a_full_stop_begins_no_voice() -> None:
    turns = read(captions("<i>So</i> why?\n—.", "Because."), "cues.vtt").transcript.turns
    assert [turn.text for turn in turns] == ["So why? —. Because."]
