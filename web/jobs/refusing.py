"""Files that no reader takes, told before they stand in line or when their turn has come."""

from __future__ import annotations

import json
from pathlib import Path

from index.errors import InvalidTranscript, NotATranscript, ReadingError, Unreadable, UnsupportedFormat
from index.reading import FORMATS, read
from index.reading.canonical import decode
from index.reading.reading import Reading
from index.reading.refused import refuse_signature
from index.transcript import Transcript

AT_ONCE = 2_000_000
"""Bytes of a file that is read whole before a request is answered: most of a second."""


def look(file: Path, name: str, format: str | None) -> None:
    """ReadingError where the file at `file`, called `name`, can be told at once to hold no transcript."""
    data = file.read_bytes()
    if len(data) > AT_ONCE:
        refuse_signature(data)
        return
    try:
        read_file(data, name, format)
    except InvalidTranscript as error:
        raise Unreadable(str(error)) from None


def look_at_posted(file: Path) -> None:
    """InvalidTranscript where the JSON at `file` can be told at once to be no transcript.

    To read a large one holds up every other thread: that is left to the process that stores it.
    """
    if file.stat().st_size <= AT_ONCE:
        read_posted(file.read_bytes())


def read_posted(data: bytes) -> Transcript:
    """The transcript in the JSON `data`. InvalidTranscript, also where a field is given twice: which of the two was
    meant is not for us to say."""
    transcript = decode(data)
    json.loads(data, object_pairs_hook=_once)
    return transcript


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    document: dict[str, object] = {}
    for name, value in pairs:
        if name in document:
            raise InvalidTranscript(f"{name}: it is given twice")
        document[name] = value
    return document


def read_file(data: bytes, name: str, format: str | None) -> Reading:
    """What is read from `data`. ReadingError, InvalidTranscript."""
    if not data.strip():
        raise Unreadable("the file is empty")
    return read(data, name, format=format)


def said(error: ReadingError) -> str:
    """Of a file that nobody here reads also what is read."""
    if isinstance(error, NotATranscript | UnsupportedFormat):
        return f"{error}; the formats that are read here: {', '.join(FORMATS)}"
    return str(error)
