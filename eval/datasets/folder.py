"""A folder of transcripts, read by the product's own readers, and the names a question may call each by.

In: a folder. Out: its transcripts, with the ids that `onrecord ingest FOLDER` gives them. A file that is no
transcript is passed over; one that can't be read is an error, for a question about it would be lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath

from msgspec import Struct

from eval.datasets.errors import DatasetError
from index.errors import InvalidTranscript, NotATranscript, ReadingError
from index.ingest import Failed, identified
from index.ingest.files import File, files
from index.reading import read
from index.transcript import Transcript

Voice = tuple[str | None, str | None]
"""A label, and the person whom the record puts behind it."""


class Kept(Struct, frozen=True):
    """A transcript and its file's place in the folder, with slashes."""

    relative: str
    transcript: Transcript


class Folder(Struct, frozen=True, dict=True):
    """What was read, files that say the same speech as one before them included."""

    path: Path
    kept: tuple[Kept, ...]

    @cached_property
    def transcripts(self) -> tuple[Transcript, ...]:
        """One for each speech, as an archive keeps them."""
        return tuple(self._first.values())

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """Everybody who speaks."""
        spoken = ((turn.label, one.names.get(turn.label or "")) for one in self.transcripts for turn in one.turns)
        return tuple(dict.fromkeys(spoken))

    def named(self, name: str) -> Transcript:
        """The transcript that has the id, the file or the file without its ending `name`. Raises LookupError."""
        found = {one.transcript.digest for one in self.kept if name in _names(one)}
        if len(found) == 1:
            return self._first[found.pop()]
        if found:
            which = ", ".join(one.relative for one in self.kept if name in _names(one))
            raise LookupError(f"{name!r} is the name of several: {which}; write the file's whole name")
        raise LookupError(f"no transcript in {self.path} is called {name!r}; name a file there, or an id")

    @cached_property
    def _first(self) -> dict[str, Transcript]:
        first: dict[str, Transcript] = {}
        for one in self.kept:
            first.setdefault(one.transcript.digest, one.transcript)
        return first


def _names(one: Kept) -> set[str]:
    path = PurePosixPath(one.relative)
    return {str(one.transcript.id), one.relative, path.name, str(path.with_suffix("")), path.stem}


def folder(path: Path, only: Collection[str] | None = None) -> Folder:
    """The transcripts in `path`; with `only`, those files alone whose name without its ending is among these."""
    if not path.is_dir():
        raise DatasetError(path, "there is no such folder; it has to hold the transcripts")
    found = Folder(path, tuple(_kept(path, only)))
    if not found.kept:
        raise DatasetError(path, "there is no transcript in it")
    ids: dict[str, str] = {}
    for one in found.kept:
        id = str(one.transcript.id)
        if ids.setdefault(id, one.transcript.digest) != one.transcript.digest:
            raise DatasetError(path / one.relative, f"another file has its id, {id!r}; rename one or give it an id")
    return found


def _kept(path: Path, only: Collection[str] | None) -> Iterator[Kept]:
    for file in files([path]):
        if isinstance(file, Failed):
            raise DatasetError(Path(file.path), file.error)
        if isinstance(file, File) and (only is None or file.path.stem in only):
            try:
                reading = read(file.path.read_bytes(), file.path.name)
            except NotATranscript:
                continue
            except (ReadingError, InvalidTranscript) as error:
                raise DatasetError(file.path, f"{error}; mend it or take it out") from None
            yield Kept(file.relative, identified(reading, file.relative, None).transcript)
