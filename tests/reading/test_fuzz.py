"""Damaged files: whatever the bytes, a reader gives a sound transcript or a declared error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import OnrecordError, UnsupportedFormat
from index.reading import FORMATS, read
from index.reading.canonical import decode, encode
from index.reading.report import report

SAMPLES = sorted(path for path in (Path(__file__).parents[2] / "samples").iterdir() if path.name != "README.md")
MORE = {
    "rollup.vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\na<00:00.500><c> b</c>\n\n00:01.000 --> 00:02.000\na b\nc\n\n"
    b"00:02.000 --> 00:03.000\nc\nd &amp; <v Bob.x>e\n",
    "aws.json": b'{"results": {"language_code": "en-US", "transcripts": [{"transcript": "Hi."}], "items": [{"type": '
    b'"pronunciation", "start_time": "0.1", "alternatives": [{"content": "Hi"}], "speaker_label": "spk_0"}, '
    b'{"type": "punctuation", "alternatives": [{"content": "."}]}]}}',
    "calls.json": b'{"JobName": "x", "Transcript": [{"Content": "Hi you.", "ParticipantRole": "AGENT", '
    b'"BeginOffsetMillis": 40, "EndOffsetMillis": 90, "Items": [{"Content": "Hi", "BeginOffsetMillis": 40}]}]}',
    "youtube.json": b'[{"text": "hello\\nthere", "start": 0.5, "duration": 1.5}, {"text": ">> hi", "start": 2, '
    b'"duration": 1}]',
    "events.json": b'{"events": [{"tStartMs": 100, "dDurationMs": 20, "segs": [{"utf8": "a"}, {"utf8": " b", '
    b'"tOffsetMs": 10}]}]}',
    "podcast.json": b'{"version": "1.0.0", "segments": [{"speaker": "Ann", "startTime": 0.5, "body": "I"}]}',
}
WHOLE = [(path.name, path.read_bytes()[:6000]) for path in SAMPLES] + list(MORE.items())
BITS = [
    *(b"\n", b"\r", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"-->", b"<v ", b"</v>", b"<", b"{", b"}", b"[", b"]"),
    *(b'"', b":"),
    *(b"Q   ", b"MR. A: ", b"**", b"\\", b"`", b"---\n", b"00:00:00.000 --> 00:00:01.000\n"),
    *(b"null", b"1e999", b"-1"),
    *(b"\xed\xa0\x80", b"\\ud800", b"true", b"[0:42]", b"&#xD800;", b"9:54 P.M. EST\n", b"  ", b"\xc2\xa0", b"9" * 400),
]

anything = st.binary(max_size=400) | st.lists(st.sampled_from(BITS), max_size=40).map(b"".join)
damage = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["cut", "put", "twice"]), st.sampled_from(BITS), st.integers(1, 300)),
    max_size=8,
)


def sound(data: bytes, name: str, format: str | None = None) -> None:
    """Read `data`; what is read must be a transcript that can be exported and taken in again."""
    try:
        reading = read(data, name, format=format)
    except OnrecordError:
        return
    transcript = reading.transcript
    assert transcript.turns
    assert decode(encode(transcript)) == transcript
    assert transcript.digest.startswith("sha256:")
    assert report(reading, id="x", path=name).turns == len(transcript.turns)


@settings(max_examples=600)
@given(whole=st.sampled_from(WHOLE), harm=damage)
def test_damaged_files(whole: tuple[str, bytes], harm: list[tuple[float, str, bytes, int]]) -> None:
    name, data = whole
    for place, kind, bit, length in harm:
        at = int(place * len(data))
        piece = data[at : at + length]
        data = data[:at] + (bit if kind == "put" else piece * 2 if kind == "twice" else b"") + (
            data[at:] if kind == "put" else data[at + length :]
        )
    sound(data, name)


@settings(max_examples=300)
@given(data=anything, format=st.none() | st.sampled_from(FORMATS))
def test_any_bytes(data: bytes, format: str | None) -> None:
    sound(data, "x", format)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", [name for name, _ in WHOLE])
def test_a_format_forced_on_another(name: str, format: str) -> None:
    sound(dict(WHOLE)[name], name, format)


def test_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(UnsupportedFormat, match="webvtt"):
        read(b"MS. PSAKI: Hi.\n", "a.txt", format="vhs")
