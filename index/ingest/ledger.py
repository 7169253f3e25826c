"""What is there already: by id, by speech, in the store and among what this run has taken."""

from __future__ import annotations

from typing import Literal, Protocol

from msgspec import Struct

from index.ingest.outcome import Duplicate, Failed
from index.store.summarising import form_of
from index.transcript import Transcript


class Stored(Protocol):
    """A writer, or a view."""

    def form(self, id: str) -> str | None: ...

    def saying(self, digest: str) -> str | None: ...


class _Taken(Struct, frozen=True):
    path: str
    form: str


Verdict = Literal["added", "updated", "unchanged"] | Duplicate | Failed


class Ledger:
    """Judges transcripts one after another, the ones before included."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._taken: dict[str, _Taken] = {}
        self._said: dict[str, str] = {}

    def judge(self, transcript: Transcript, path: str) -> Verdict:
        """What is to become of `transcript` (with its id), which was read from `path`."""
        id, form = str(transcript.id), form_of(transcript)
        taken = self._taken.get(id)
        before = taken.form if taken else self._stored.form(id)
        if taken and before != form:
            return Failed(path, f"its id, {id!r}, is that of {taken.path} in the same run; rename one or give it an id")
        of = self._saying(transcript.digest)
        if before is None and of is not None:
            return Duplicate(path, of)
        self._taken.setdefault(id, _Taken(path, form))
        self._said[transcript.digest] = id
        if before == form:
            return "unchanged"
        return "added" if before is None else "updated"

    def _saying(self, digest: str) -> str | None:
        if digest in self._said:
            return self._said[digest]
        stored = self._stored.saying(digest)
        # A transcript that this run updates no longer says what the store still holds of it.
        return None if stored in self._taken else stored
