"""Words that a reader once lost, or made up: each stays where it was said."""

from __future__ import annotations

import json

import pytest

from index.errors import NotATranscript, Unreadable
from index.reading import read
from index.reading.reading import Reading


def texts(reading: Reading) -> list[str]:
    return [turn.text for turn in reading.transcript.turns]


def outside(reading: Reading) -> list[str]:
    return [entry.text for entry in reading.transcript.outside]


def test_an_answer_that_is_a_time_is_an_answer() -> None:
    printed = "Q   When?\n\nMS. PSAKI:  3:00 P.M.\n\nIt will be in the East Room.\n\nQ   Thanks.\n\n1:12 P.M. EST\n"
    reading = read(printed.encode(), "a.txt")
    assert texts(reading) == ["When?", "3:00 P.M.\n\nIt will be in the East Room.", "Thanks."]
    assert (outside(reading), reading.warnings) == (["1:12 P.M. EST"], ())


def test_a_time_below_a_lone_label_is_its_answer() -> None:
    reading = read(b"MR. LEE:\n\n3:00 P.M.\n\nQ: Good.\n\nMR. LEE: Yes.\n", "a.txt")
    assert texts(reading) == ["3:00 P.M.", "Good.", "Yes."]


def test_speech_goes_on_below_a_time_in_it() -> None:
    reading = read(b"MR. LEE: It began at\n\n9:30 A.M.\n\nand ended soon after that.\n\nQ: Good.\n", "a.txt")
    assert texts(reading) == ["It began at\n\n9:30 A.M.\n\nand ended soon after that.", "Good."]
    assert outside(reading) == []


def test_words_below_the_printed_end_are_reported() -> None:
    reading = read(b"MR. LEE: Good day.\n\nQ: Good.\n\nEND  1:12 P.M.\n\nEST\n\nA correction to this.\n", "a.txt")
    assert texts(reading) == ["Good day.", "Good."]
    assert outside(reading) == ["END  1:12 P.M.", "EST", "A correction to this."]
    assert reading.warnings == ("line 9: words below the closing time are left out",)


def test_a_last_word_that_asks_to_sign_up_is_said() -> None:
    last = "Sign up for health care at once, that is my message."
    assert texts(read(f"MR. LEE: Hello there.\n\nQ: Thank you.\n\n{last}\n".encode(), "a.txt"))[-1].endswith(last)


@pytest.mark.parametrize("line", ["Subscribe", "Sign up for our newsletter", "Share this:", "Follow us on Twitter."])
def test_a_last_line_of_the_site_is_not_said(line: str) -> None:
    reading = read(f"MR. LEE: Hello there.\n\nQ: Thank you.\n\n{line}\n".encode(), "a.txt")
    assert (texts(reading), outside(reading)) == (["Hello there.", "Thank you."], [line])


SRT = "1\n00:00:01,000 --> 00:00:02,000{0}\n{1}\n2\n00:00:02,000 --> 00:00:03,000\nText two goes.\n"


def test_the_number_of_a_cue_is_not_said_without_a_blank_line_above() -> None:
    assert texts(read(SRT.format("", "In 1999\n7").encode(), "a.srt")) == ["In 1999 7 Text two goes."]


def test_text_on_the_time_line_of_srt_is_said() -> None:
    assert texts(read(SRT.format(" Text one goes.", "").encode(), "a.srt")) == ["Text one goes. Text two goes."]


@pytest.mark.parametrize("settings", [" X1:40 X2:600 Y1:20 Y2:50", " position:50.00%,middle  align:middle", " A:end "])
def test_settings_on_the_time_line_are_not_said(settings: str) -> None:
    assert texts(read(SRT.format(settings, "Go.").encode(), "a.srt")) == ["Go. Text two goes."]
    vtt = f"WEBVTT\n\n00:01.000 --> 00:02.000{settings}\nGo.\n"
    assert (texts(read(vtt.encode(), "a.vtt")), outside(read(vtt.encode(), "a.vtt"))) == (["Go."], [])


def test_text_on_the_time_line_of_webvtt_is_reported() -> None:
    reading = read(b"WEBVTT\n\n00:01.000 --> 00:02.000 Text one goes.\nGo on.\n", "a.vtt")
    assert (texts(reading), outside(reading)) == (["Go on."], ["Text one goes."])
    assert reading.warnings == ("line 3: text on the time line is left out",)


def test_a_stamp_beyond_all_hours_is_broken() -> None:
    printed = f"WEBVTT\n\n{'9' * 400}:00:01.000 --> 00:02.000\nGo.\n\n00:03.000 --> 00:04.000\nOn.\n"
    reading = read(printed.encode(), "a.vtt")
    assert (texts(reading), outside(reading)) == (["On."], ["Go."])


def test_voices_of_webvtt_are_voices_in_srt() -> None:
    turns = read(SRT.format("", "<v Bob>Hello</v>\n<v><i/><I>there</i></v>").encode(), "a.srt").transcript.turns
    assert [(turn.label, turn.text) for turn in turns] == [("Bob", "Hello"), (None, "there Text two goes.")]


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("We had 5 < 6 and 7 > 3 cases.", "We had 5 < 6 and 7 > 3 cases."),
        ("He was <inaudible> and <Laughter> rose.", "He was <inaudible> and <Laughter> rose."),
        ("<c.loud>A</c> <b>b</b> <lang en>c</lang> <font color='red'>d</font></>", "A b c d"),
    ],
)
def test_only_tags_are_taken_from_webvtt(payload: str, said: str) -> None:
    assert texts(read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{payload}\n".encode(), "a.vtt")) == [said]


@pytest.mark.parametrize("segments", [[], [{"start": 0, "end": 1, "text": " "}]])
def test_whisper_without_a_word_in_its_segments_is_read_from_its_text(segments: list[object]) -> None:
    reading = read(json.dumps({"text": "All that was said here", "segments": segments}).encode(), "a.json")
    assert (reading.format, texts(reading)) == ("json-whisper", ["All that was said here"])
    assert reading.warnings == ("no segment says a word: `text` is read, without times",)


def test_words_of_whisper_that_are_in_no_segment_are_reported() -> None:
    said = [{"start": 0, "end": 1, "text": " All that"}, {"start": 1, "end": 2, "text": " was said."}]
    whole = read(json.dumps({"text": "All that was said.", "segments": said}).encode(), "a.json")
    more = read(json.dumps({"text": "All that was said, and more.", "segments": said}).encode(), "a.json")
    assert (texts(whole), whole.warnings) == (["All that was said."], ())
    assert more.warnings == ("2 words of `text` are in no segment and left out",)


@pytest.mark.parametrize("opening", ['["Applause"] start', '{"Music"}', "[[Laughter]]", "[]"])
def test_a_text_that_begins_in_brackets_is_a_text(opening: str) -> None:
    reading = read(f"{opening}\n\nBOB: Hello there.\n\nADAM: Good day.\n\nBOB: Yes.\n".encode(), "a.txt")
    assert (reading.format, texts(reading)) == ("text", ["Hello there.", "Good day.", "Yes."])


def test_broken_json_is_still_broken() -> None:
    with pytest.raises(Unreadable):
        read(b'{"segments": [{"text": "BOB: Hello"},\n', "a.txt")
    with pytest.raises(NotATranscript):
        read(b'["a", "b"]', "a.txt")
