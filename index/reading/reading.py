"""What reading a file gives: the transcript, and what a reader saw and was unsure of."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from index.reading.file import File
from index.transcript import Transcript


class Reading(Struct, frozen=True, kw_only=True):
    """A transcript as read from a file.

    `format` is the name of the reader ("text", "webvtt", "json-whisper", …), `encoding` the one
    the bytes were decoded by, `warnings` what the reader was unsure of or left out, each naming
    its line where it has one.
    """

    transcript: Transcript
    format: str
    encoding: str
    warnings: tuple[str, ...] = ()


class Reader(Protocol):
    """One format; each is a module of this package."""

    FORMAT: str

    def recognises(self, file: File) -> bool:
        """Whether the content (the name is a hint at most) is of this format, well-formed or not."""

    def read(self, file: File) -> Reading:
        """The transcript. Raises NotATranscript, Unreadable or InvalidTranscript."""
