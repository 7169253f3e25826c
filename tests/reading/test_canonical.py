"""The JSON form: what goes out comes in again, and a wrong field is named."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InvalidTranscript, Unreadable
from index.reading import read
from index.reading.canonical import decode, encode
from index.reading.nobody import speaker_of
from index.transcript import Outside, Speaker, Transcript, Turn

texts = st.text(st.characters(codec="utf-8"), max_size=60)
filled = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
seconds = st.floats(0, 1e6, allow_nan=False)


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    text = draw(texts)
    label = draw(st.none() | filled | st.sampled_from(["Q", "UNIDENTIFIED MALE", "SYSTEM", "MS. PSAKI"]))
    start = draw(st.none() | seconds)
    end = draw(st.none() | seconds.map(lambda s: s + (start or 0)))
    offsets = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    marks = tuple((at, draw(seconds)) for at in offsets)
    return Turn(text, label=label, speaker=speaker_of(label), start=start, end=end, marks=marks)


transcripts = st.builds(
    Transcript,
    turns=st.lists(turns(), min_size=1, max_size=6).map(tuple),
    id=st.none() | st.from_regex(r"[A-Za-z0-9._-]{1,20}", fullmatch=True),
    title=st.none() | filled,
    date=st.none() | st.dates().map(lambda day: day.isoformat()),
    collection=st.none() | filled,
    language=st.none() | st.sampled_from(["en", "de", "pt-BR"]),
    speakers=st.lists(
        st.builds(Speaker, label=filled, name=st.none() | filled), max_size=3, unique_by=lambda s: s.label
    ).map(tuple),
    outside=st.lists(st.builds(Outside, text=texts, where=texts), max_size=2).map(tuple),
)


@given(transcripts)
def test_what_is_encoded_is_decoded_the_same(transcript: Transcript) -> None:
    assert decode(encode(transcript)) == transcript
    assert decode(msgspec.json.encode(encode(transcript))) == transcript


@given(transcripts)
def test_every_turn_stands_at_its_span(transcript: Transcript) -> None:
    for turn, span in zip(transcript.turns, transcript.spans):
        assert transcript.text[span.start : span.end] == turn.text


@given(transcripts)
def test_an_exported_file_is_read_as_it_was(transcript: Transcript) -> None:
    reading = read(msgspec.json.encode(encode(transcript)), "exported.json")
    assert reading.transcript == transcript
    assert reading.format == "json"


def test_speaker_alone_is_the_label() -> None:
    transcript = decode({"turns": [{"speaker": "KELLY", "text": "Hi."}, {"speaker": "SYSTEM", "text": "[applause]"}]})
    assert [(turn.label, turn.speaker) for turn in transcript.turns] == [("KELLY", "KELLY"), ("SYSTEM", None)]


def test_empty_is_absent_but_an_empty_text_is_a_text() -> None:
    transcript = decode({"id": "", "title": None, "turns": [{"text": "", "label": "", "start": None, "marks": []}]})
    assert transcript == Transcript(turns=(Turn(""),))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"turns": []}, "turns"),
        ({"turns": [{"label": "A"}]}, "turns[0]"),
        ({"turns": [{"text": "x", "label": "A", "speaker": "Ann"}]}, "turns[0].speaker"),
        ({"turns": [{"text": "x", "start": -1}]}, "turns[0].start"),
        ({"turns": [{"text": "x", "start": 5, "end": 4}]}, "turns[0].end"),
        ({"turns": [{"text": "x", "marks": [[2, 0.0]]}]}, "turns[0].marks[0]"),
        ({"turns": [{"text": "xyz", "marks": [[2, 0.0], [1, 0.0]]}]}, "turns[0].marks[1]"),
        ({"turns": [{"text": 3}]}, "turns[0].text"),
        ({"id": "no/slash"}, "id"),
        ({"date": "14 November"}, "date"),
        ({"speekers": []}, "speekers"),
        ({"turns": [{"text": "\ud800"}]}, "surrogate"),
        ({"speakers": [{"label": "A", "name": "Ann"}, {"label": "A", "name": "Bob"}]}, "speakers[1].name"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidTranscript, match=re.escape(field)):
        decode({"turns": [{"text": "Hi."}], **change})


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"turns": 3}', b"[" * 100_000, b'"turns"', b"\xff{}"])
def test_what_is_no_transcript_is_invalid(data: bytes) -> None:
    with pytest.raises(InvalidTranscript):
        decode(data)


def test_broken_json_names_its_line() -> None:
    with pytest.raises(Unreadable) as caught:
        read(b'{"turns": [\n{"text": "a"},\n{"text": }\n]}', "broken.json")
    assert caught.value.line == 3
