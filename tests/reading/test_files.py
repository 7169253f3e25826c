"""Bytes that are hard or no transcript at all: a clean answer, in bounded time."""

from __future__ import annotations

import pytest

from index.errors import NotATranscript, ReadingError, Unreadable, UnsupportedFormat
from index.reading import read
from index.reading.report import report


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....word/document.xml", "DOCX"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x1f\x8b\x08\x00", "GZIP"),
        (b"[Script Info]\nTitle: x\n", "SubStation"),
    ],
)
def test_names_a_format_it_does_not_read(data: bytes, format: str) -> None:
    with pytest.raises(UnsupportedFormat, match=format):
        read(data, "a.txt")


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\x89PNG\r\n\x1a\n\x00", bytes(range(256)) * 20, b"\xef\xbb\xbf"])
def test_skips_what_holds_no_text(data: bytes) -> None:
    with pytest.raises(NotATranscript):
        read(data, "a.txt")


def test_lines_of_json_are_no_transcript() -> None:
    with pytest.raises(NotATranscript, match="JSON Lines"):
        read(b'{"question": "a"}\n{"question": "b"}\n', "questions.jsonl")


@pytest.mark.parametrize("piece", ["a", "word ", "[", "`a``", "A: ", "&amp;", "<v ", "12:", "- ", "\\["])
@pytest.mark.parametrize("start", ["", "**A:** hi\n\n**A:** ", "WEBVTT\n\n00:00.000 --> 00:01.000\n"])
@pytest.mark.timeout(60)
def test_a_line_without_end_is_read_or_refused(start: str, piece: str) -> None:
    data = (start + piece * (3_000_000 // len(piece))).encode()
    try:
        reading = read(data, "a.md")
    except ReadingError:
        return
    assert sum(len(turn.text) for turn in reading.transcript.turns) > 0


@pytest.mark.timeout(120)
def test_a_line_of_200_megabytes() -> None:
    with pytest.raises(NotATranscript):
        read(b"word " * 40_000_000, "a.txt")


def test_a_caption_file_without_a_cue_is_unreadable() -> None:
    for data, name in ((b"some text", "a.srt"), (b"some text", "a.vtt"), (b"WEBVTT\n\n0:00 --> 1\nx\n", "a.vtt")):
        with pytest.raises(Unreadable) as caught:
            read(data, name)
        assert caught.value.line is not None


def test_rolled_up_words_are_said_once_and_a_repeated_cry_twice() -> None:
    shown = enumerate(["a\nb", "b\nc", "c\nd", "d\ne"])
    rolling = "WEBVTT\n\n" + "\n\n".join(f"00:0{at}.000 --> 00:0{at + 1}.000\n{lines}" for at, lines in shown)
    assert [turn.text for turn in read(rolling.encode(), "a.vtt").transcript.turns] == ["a b c d e"]
    cries = "WEBVTT\n\n" + "\n\n".join(f"00:0{at}.000 --> 00:0{at}.800\nOrder!" for at in range(4))
    assert [turn.text for turn in read(cries.encode(), "a.vtt").transcript.turns] == ["Order! Order! Order! Order!"]


def test_a_report_says_what_was_seen() -> None:
    seen = report(read(b"Talk by Jen Psaki\n\nMS. PSAKI: Two words.\n\nQ   Why?\n", "a.txt"), id="x", path="in/a.txt")
    assert (seen.id, seen.path, seen.format, seen.encoding) == ("x", "in/a.txt", "text", "utf-8")
    assert (seen.turns, seen.words, seen.unattributed_words) == (2, 3, 1)
    assert [(s.label, s.name, s.turns, s.words) for s in seen.speakers] == [("MS. PSAKI", "Jen Psaki", 1, 2)]
    assert [entry.where for entry in seen.outside] == ["line 1"]
