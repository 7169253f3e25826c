"""Bytes -> Transcript and what a reader saw: one file a format, chosen by content.

`read` is the only way in. The name of a file is a hint; what it holds decides.
"""

from __future__ import annotations

from index.errors import NotATranscript, UnsupportedFormat
from index.reading import (
    canonical,
    json_aws,
    json_podcast,
    json_whisper,
    json_youtube,
    markdown,
    refused,
    srt,
    text,
    webvtt,
)
from index.reading.file import opened
from index.reading.reading import Reader, Reading

READERS: tuple[Reader, ...] = (
    webvtt,
    canonical,
    json_whisper,
    json_aws,
    json_podcast,
    json_youtube,
    srt,
    markdown,
    text,
)
"""In the order they are asked; the first that recognises a file reads it."""

FORMATS: tuple[str, ...] = tuple(reader.FORMAT for reader in READERS)


def read(data: bytes, name: str, *, format: str | None = None) -> Reading:
    """Read the transcript in `data`, the bytes of a file called `name`; `format` names a reader to use.

    Raises NotATranscript (skip the file), UnsupportedFormat (a format, or a `format`, nobody here
    reads), Unreadable (a known format that is broken, with the line), InvalidTranscript (a JSON
    transcript whose fields contradict each other).
    """
    refused.refuse_signature(data)
    file = opened(data, name)
    if format is not None:
        return _named(format).read(file)
    refused.refuse_text(file)
    for reader in READERS:
        if file.is_json and reader is markdown:
            raise NotATranscript("JSON, but in none of the forms that hold a transcript")
        if reader.recognises(file):
            return reader.read(file)
    raise NotATranscript("no reader recognises it")  # The reader of plain text takes any text.


def _named(format: str) -> Reader:
    for reader in READERS:
        if format == reader.FORMAT:
            return reader
    raise UnsupportedFormat(f"no reader is called {format!r}; there are {', '.join(FORMATS)}")
