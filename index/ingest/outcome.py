"""What became of each file: the document that `ingest --json` prints, and progress on the way."""

from __future__ import annotations

from msgspec import Struct, field

from index.reading.report import Report


class Duplicate(Struct, frozen=True):
    """The same speech is stored as transcript `of`."""

    path: str
    of: str


class Skipped(Struct, frozen=True):
    """No transcript, or not asked for."""

    path: str
    reason: str


class Failed(Struct, frozen=True, omit_defaults=True):
    """A file that could not be read or stored; `line` where the error has a place in it."""

    path: str
    error: str
    line: int | None = None


class IngestReport(Struct):
    """What became of each file, in the order in which it was settled."""

    added: list[Report] = field(default_factory=list)
    updated: list[Report] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


class Progress(Struct, frozen=True):
    """How far it is: files settled and their bytes, of all; passages and words embedded; the file at hand."""

    files: int
    files_of: int
    bytes: int
    bytes_of: int
    passages: int
    words: int
    path: str
