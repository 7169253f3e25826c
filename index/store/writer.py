"""The writer: one at a time, a transaction a transcript, the words committed in batches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index.passages import Passage
from index.store import recording, records
from index.store.connection import explained, transaction
from index.store.mending import mend
from index.store.nouns import Facts, Moved, Same
from index.store.recording import Made
from index.store.summarising import form_of, summarised
from index.store.words import WordsWriter
from index.transcript import Transcript

BATCH = 2000
"""Passages after which the words are committed and readers see what was stored so far."""


class Writer:
    """Changes the archive; made by `LocalStore.writer`, which holds the lock meanwhile.

    What `put` and `remove` have returned from is stored, whatever happens then. Readers see it
    after `publish`, which also comes by itself every `BATCH` passages and at the end.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self._folder = folder
        self._connection = connection
        self._words: WordsWriter | None = None
        self._waiting = 0
        self._missed = False

    def form(self, id: str) -> str | None:
        """The digest of the stored transcript's JSON form, None where there is none."""
        version = records.current(self._connection, id)
        return version.form if version else None

    def saying(self, digest: str) -> str | None:
        """The id of the stored transcript whose `digest` this is."""
        return records.saying(self._connection, digest)

    def reusable(self, transcript: Transcript, passages: Sequence[Passage]) -> list[Same | Moved | None]:
        """For each of its new `passages`, the stored one whose vectors serve; None: embed it."""
        with explained(self._folder):
            return recording.reusable(self._connection, transcript, passages)

    def put(
        self, transcript: Transcript, facts: Facts, original: bytes, passages: Sequence[Passage], made: Iterable[Made]
    ) -> None:
        """Store `transcript` (with its id) or its new version; `made` gives each passage's vectors, in order.

        `made` may be an iterator: it is drawn within the transaction. StoreError when the disk is full.
        """
        if transcript.id is None:
            raise ValueError("a transcript is stored under an id")
        with explained(self._folder), transaction(self._connection):
            number = recording.transcript_number(self._connection, transcript.id)
            generation = recording.next_generation(self._connection)
            recording.close_version(self._connection, number, generation)
            recording.add_version(
                self._connection,
                transcript,
                number,
                generation,
                form_of(transcript),
                summarised(transcript),
                facts,
                original,
            )
            standing = list(
                recording.add_passages(self._connection, transcript, number, generation, passages, made)
            )
            staying = {id for id, _ in standing}
            ending = recording.close_passages(self._connection, number, generation, staying)
        self._changed([(id, text) for id, text in standing if text is not None], ending)

    def remove(self, id: str) -> bool:
        """Take transcript `id` out of the archive; False where there is none."""
        if records.current(self._connection, id) is None:
            return False
        with explained(self._folder), transaction(self._connection):
            number = recording.transcript_number(self._connection, id)
            generation = recording.next_generation(self._connection)
            recording.close_version(self._connection, number, generation)
            ending = recording.close_passages(self._connection, number, generation)
        self._changed([], ending)
        return True

    def publish(self) -> None:
        """Let readers see everything stored so far."""
        with self._careful():
            if self._missed:
                mend(self._folder, self._connection)
                self._missed = False
            elif self._words is not None:
                self._words.commit(records.generation(self._connection))
        self._waiting = 0

    def close(self) -> None:
        """Give up the words; what was not published is mended by the next who opens the archive."""
        words, self._words = self._words, None
        if words is not None:
            words.close()

    def _changed(self, added: Sequence[tuple[int, str]], ended: Sequence[int]) -> None:
        self._waiting += len(added) + len(ended)
        if not self._missed:
            with self._careful():
                if self._words is None:
                    self._words = WordsWriter.opened(self._folder / records.words_folder(self._connection))
                self._words.add(added)
                self._words.remove(ended)
        if self._waiting >= BATCH:
            self.publish()

    @contextmanager
    def _careful(self) -> Iterator[None]:
        """Words that missed a change are never committed as if they had it."""
        try:
            with explained(self._folder):
                yield
        except BaseException:
            self._missed = True
            self.close()
            raise
