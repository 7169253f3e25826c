"""A view: one generation of the archive, whole and unchanging, whatever a writer does meanwhile.

Its parts are loaded when they are first asked for: summaries need neither NumPy nor FAISS.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING

from msgspec import json

from index.errors import UnknownTranscript
from index.filters import Filters
from index.store import records
from index.store.nouns import Facts, Ranked, Scope, StoredPassage, Summary, Voice
from index.store.reader import Reader
from index.store.records import Version
from index.transcript import Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.embedding import EmbedderIdentity
    from index.passages import PassageSettings
    from index.store.searchable import Searchable
    from index.store.words import Words

_KEPT = 24_000_000
"""Characters of the transcripts that are kept decoded."""


class View:
    """One generation. Safe to use from several threads; made by `LocalStore.view`."""

    def __init__(self, reader: Reader, words: Words, before: View | None = None) -> None:
        """`before` is an earlier view of the same archive, from which is taken what still holds."""
        self.generation = words.generation
        self._reader = reader
        self._words = words
        self._lock = RLock()
        self._transcripts: dict[str, Transcript] = {}
        self._kept = 0
        self._searchable: Searchable | None = None
        self._searchable_before: Searchable | None = None
        if before:
            self._searchable_before = before._searchable or before._searchable_before
        self._versions = self._read_versions(before)
        self._by_id = {version.summary.id: version for version in self._versions}

    def _read_versions(self, before: View | None) -> list[Version]:
        known = {version.version: version for version in before._versions} if before else {}
        with self._reader() as connection:
            found = records.versions(connection, self.generation, known)
        return sorted(found, key=lambda version: (version.summary.date or "9999", version.summary.id))

    @cached_property
    def identity(self) -> EmbedderIdentity | None:
        """What made the vectors; None where nothing was ever stored."""
        from index.embedding import EmbedderIdentity

        made = self._model
        return json.decode(made[0], type=EmbedderIdentity) if made else None

    @cached_property
    def settings(self) -> PassageSettings | None:
        """How the transcripts were cut; None where nothing was ever stored."""
        from index.passages import PassageSettings

        made = self._model
        return json.decode(made[1], type=PassageSettings) if made else None

    @property
    def _model(self) -> tuple[bytes, bytes] | None:
        with self._reader() as connection:
            return records.model(connection, self.generation)

    def summaries(self) -> list[Summary]:
        """By date, those without one last, then by id."""
        return [version.summary for version in self._versions]

    def summary(self, id: str) -> Summary:
        """UnknownTranscript where there is none."""
        return self._version(id).summary

    def form(self, id: str) -> str | None:
        """The digest of a transcript's JSON form, None where there is none."""
        version = self._by_id.get(id)
        return version.form if version else None

    def saying(self, digest: str) -> str | None:
        """The id of the transcript whose `digest` this is."""
        return next((version.summary.id for version in self._versions if version.digest == digest), None)

    def transcript(self, id: str) -> Transcript:
        """As it was stored, turn for turn. UnknownTranscript where there is none."""
        version = self._version(id)
        with self._lock:
            found = self._transcripts.pop(id, None)
            if found is None:
                with self._reader() as connection:
                    found = records.transcript(connection, version.version)
                self._kept += len(found.text)
            self._transcripts[id] = found
            while self._kept > _KEPT and len(self._transcripts) > 1:
                self._kept -= len(self._transcripts.pop(next(iter(self._transcripts))).text)
        return found

    def original(self, id: str) -> bytes:
        """The file's own bytes. UnknownTranscript where there is none."""
        version = self._version(id)
        with self._reader() as connection:
            return records.original(connection, version.version)

    def facts(self, id: str) -> Facts:
        """How the file was read, without its bytes. UnknownTranscript where there is none."""
        version = self._version(id)
        with self._reader() as connection:
            return records.facts(connection, version.version)

    def voices(self) -> list[Voice]:
        """Every label printed in the archive and who is behind it, the most heard first."""
        return list(self._voices)

    @cached_property
    def _voices(self) -> list[Voice]:
        with self._reader() as connection:
            return records.voices_heard(connection, self.generation)

    def ids(self) -> NDArray[np.int64]:
        """All passages, ascending."""
        return self._loaded.ids

    def scope(self, filters: Filters) -> Scope:
        """The part of the archive that `filters` leave."""
        return self._loaded.scope(filters)

    def dense(self, vector: NDArray[np.float32], k: int, scope: Scope) -> Ranked:
        """The `k` passages of `scope` nearest to the unit `vector` by cosine, exactly."""
        return self._loaded.dense(vector, k, scope)

    def lexical(self, query: str, k: int, scope: Scope, every: bool = False) -> Ranked:
        """The `k` passages of `scope` that fit the words of `query` best by BM25: any of them, or `every` one."""
        return self._loaded.lexical(query, k, scope, every)

    def similarities(self, vector: NDArray[np.float32], ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of the unit `vector` and each of the passages `ids`, which must be of this view."""
        return self._loaded.similarities(vector, ids)

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """In the order given."""
        with self._reader() as connection:
            return records.passages(connection, ids)

    def tokens(self, ids: Sequence[int]) -> list[NDArray[np.int8]]:
        """The token vectors of passages, [tokens, dimension] times 127, in the order given."""
        with self._reader() as connection:
            return records.tokens(connection, ids)

    @property
    def _loaded(self) -> Searchable:
        from index.store.searchable import Searchable

        with self._lock:
            if self._searchable is None:
                self._searchable = Searchable(self._reader, self._words, self._versions, self._searchable_before)
                self._searchable_before = None
            return self._searchable

    def _version(self, id: str) -> Version:
        if id not in self._by_id:
            raise UnknownTranscript(f"no transcript {id!r} is in the archive; `onrecord transcripts list` shows all")
        return self._by_id[id]
