"""Plain text with labels of speakers."""

from __future__ import annotations

from index.reading.file import File
from index.reading.labelled import read_labelled
from index.reading.reading import Reading

FORMAT = "text"


def recognises(file: File) -> bool:
    """Any text may be one: whether it is shows only in reading it."""
    return bool(file.text.strip())


def read(file: File) -> Reading:
    """Raises NotATranscript where there is neither label nor time."""
    return read_labelled(file, FORMAT, markdown=False)
