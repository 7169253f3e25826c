"""The archive in a folder: one writer, many readers, in other processes too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from time import time
from typing import TYPE_CHECKING

from msgspec import json, structs

from index.errors import ModelMismatch, NewerFormat, StoreBusy, StoreError
from index.store import records, schema
from index.store.connection import CATALOGUE, explained, file_number, open_for_reading, open_for_writing, transaction
from index.store.erasing import GRACE, erase
from index.store.mending import make_anew, mend, new_folder_name, sweep, texts
from index.store.reader import Reader
from index.store.status import Status, empty, status
from index.store.view import View
from index.store.words import Words, stamp

if TYPE_CHECKING:
    import sqlite3

    from index.embedding import Embedder, EmbedderIdentity
    from index.passages import PassageSettings
    from index.store.rebuilding import OnTranscript
    from index.store.writer import Writer

LOCK = "writer.lock"


class LocalStore:
    """Opens nothing before it is asked; an absent or empty folder is an empty archive. Safe for several threads."""

    def __init__(self, folder: Path, patience: float = 10.0) -> None:
        """`patience`: seconds for which a writer waits for another to finish, a reader's mending among them."""
        self.folder = folder
        self._patience = patience
        self._lock = RLock()
        self._reader: Reader | None = None
        self._view: View | None = None
        self._seen: object = None

    def view(self) -> View:
        """The newest generation on which catalogue and words agree; cheap where nothing changed.

        Words that are behind are mended first if no writer is at work. StoreError where the
        folder can't be read, NewerFormat where a newer version wrote it.
        """
        with self._lock, explained(self.folder):
            reader = self._current_reader()
            seen, now = self._state(reader)
            if self._view is None or seen != self._seen or self._view.generation < now:
                words = self._agreeing_words(reader)
                if self._view is None or (words.generation, seen) != (self._view.generation, self._seen):
                    self._view = View(reader, words, self._view)
                self._seen = seen
            return self._view

    def close(self) -> None:
        """Let go of the files; the store may be used again, and views given out remain whole."""
        with self._lock:
            self._reader = self._view = None

    @contextmanager
    def writer(self, identity: EmbedderIdentity, settings: PassageSettings) -> Iterator[Writer]:
        """The one writer, which makes the archive where there is none.

        StoreBusy where another is at work; ModelMismatch where the archive was made by another
        embedder or with other passage settings; NewerFormat; StoreError.
        """
        with self._written() as connection:
            _agree_on(connection, identity, settings)
            with _writing(self.folder, connection) as writer:
                yield writer

    def remove(self, ids: Iterable[str]) -> list[str]:
        """Take transcripts out of the archive; gives those of `ids` that were in it. StoreBusy, StoreError."""
        if not (self.folder / CATALOGUE).exists():
            return []
        with self._written() as connection, _writing(self.folder, connection) as writer:
            return [id for id in ids if writer.remove(id)]

    def status(self) -> Status:
        """What the archive holds and whether its parts agree; nothing is mended by looking. NewerFormat."""
        nothing = empty(self.folder)
        if not (self.folder / CATALOGUE).exists():
            return nothing
        try:
            with closing(open_for_reading(self.folder)) as connection, explained(self.folder):
                number = schema.format_of(connection)
                if number == 0:
                    return nothing
                if number < schema.FORMAT:
                    older = f"the archive has the older format {number}; `onrecord index repair` brings it up"
                    return structs.replace(nothing, format=number, problems=(older,))
                return status(self.folder, connection, writing=self._is_written())
        except NewerFormat:
            raise
        except StoreError as error:
            return structs.replace(nothing, problems=(str(error),))

    def repair(self) -> Status:
        """Make the words anew from the catalogue, erase what was removed, bring an older format up. StoreBusy."""
        if (self.folder / CATALOGUE).exists():
            with self._written() as connection:
                make_anew(self.folder, connection)
                self._erase(connection, grace=0.0)
        return self.status()

    def rebuild(self, embedder: Embedder, settings: PassageSettings, told: OnTranscript | None = None) -> None:
        """Embed everything anew, by `embedder` and with `settings`; the old index serves until the new is whole.

        Broken off, it goes on where it was. `told` is called after each transcript: done, of how
        many, passages made. StoreBusy, ModelError, StoreError.
        """
        from index.store.rebuilding import embed_anew

        if not (self.folder / CATALOGUE).exists():
            return
        with self._written() as connection:
            embed_anew(connection, embedder, settings, told)
            make_anew(self.folder, connection)

    def backup(self, file: Path) -> None:
        """Write the whole archive to `file`, one file, also while a writer is at work. StoreError."""
        from index.store.backing_up import back_up

        with self._lock:
            reader = self._current_reader()
            if reader.file == 0:
                raise StoreError(f"{self.folder} holds no archive to back up")
        with closing(open_for_reading(self.folder)) as connection:
            back_up(connection, file)

    def restore(self, file: Path, replace: bool = False) -> Path | None:
        """Make the archive what the backup `file` holds, at once; a reader sees the one or the other.

        A damaged catalogue is set aside, as the file that is given and that the status names.
        StoreError where there are transcripts already and `replace` is not said, or where `file`
        is no backup, which changes nothing; NewerFormat; StoreBusy.
        """
        from index.store.backing_up import opened, restore, set_aside_if_damaged

        aside = None
        with closing(opened(file)) as source:
            if replace and self.folder.exists():
                with self._locked(self._patience):
                    aside = set_aside_if_damaged(self.folder)
            with self._written() as connection:
                if records.holds_anything(connection) and not replace:
                    raise StoreError(f"{self.folder} holds transcripts already; say that they are to be replaced")
                restore(connection, source, self.folder)
                mend(self.folder, connection)
        return aside

    def _is_written(self) -> bool:
        try:
            with self._locked(0):
                return False
        except StoreBusy:
            return True
        except StoreError:
            return False

    @contextmanager
    def _written(self) -> Iterator[sqlite3.Connection]:
        """The writer's connection, under the lock, to a catalogue of today's format with words that agree."""
        with self._locked(self._patience), explained(self.folder):
            connection = open_for_writing(self.folder)
            try:
                _made_or_migrated(connection)
                mend(self.folder, connection)
                yield connection
                self._erase(connection)
                sweep(self.folder, connection)
            finally:
                connection.close()

    def _erase(self, connection: sqlite3.Connection, grace: float = GRACE) -> None:
        words = Words.opened(self.folder / records.words_folder(connection))
        if words is not None:
            erase(connection, words.generation, grace)

    @contextmanager
    def _locked(self, patience: float) -> Iterator[None]:
        from filelock import FileLock, Timeout  # here, for it costs a reader that needs no lock too much

        with explained(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / LOCK)
            try:
                lock.acquire(timeout=patience)
            except Timeout:
                raise StoreBusy(
                    f"{self.folder}: another process is writing to this archive; wait until it is done"
                ) from None
        try:
            yield
        finally:
            lock.release()

    def _current_reader(self) -> Reader:
        catalogue = self.folder / CATALOGUE
        if self._reader is not None and self._reader.file == file_number(catalogue):
            return self._reader
        self._view = None
        self._reader = self._opened_reader() if catalogue.exists() else Reader.of_nothing(self.folder)
        return self._reader

    def _opened_reader(self) -> Reader:
        reader = Reader(self.folder)
        with reader() as connection:
            number = schema.format_of(connection)
        if number == schema.FORMAT:
            return reader
        reader.close()
        if number == 0:
            return Reader.of_nothing(self.folder)
        with self._written():
            return Reader(self.folder)

    def _state(self, reader: Reader) -> tuple[object, int]:
        with reader() as connection:
            changes = connection.execute("PRAGMA data_version").fetchone()[0]
            return (changes, stamp(self.folder / records.words_folder(connection))), records.generation(connection)

    def _agreeing_words(self, reader: Reader) -> Words:
        words, now = self._committed_words(reader)
        if words is not None and words.generation == now:
            return words
        try:
            self._mend()
            words, now = self._committed_words(reader)
        except StoreBusy:
            pass  # the writer at work publishes when it is ready; until then what it last published holds
        except StoreError:
            words = None  # the folder can't be written, or the disk is full: the archive is readable all the same
        with reader() as connection:
            if words is not None and records.oldest(connection) <= words.generation <= now:
                return words
            return Words.in_memory(texts(connection, -1, now), now)

    def _committed_words(self, reader: Reader) -> tuple[Words | None, int]:
        # Words first: a catalogue read later is not older than they are.
        with reader() as connection:
            folder = records.words_folder(connection)
        words = Words.opened(self.folder / folder) if folder else None
        with reader() as connection:
            return words, records.generation(connection)

    def _mend(self) -> None:
        """StoreBusy while a writer is at work; StoreError in a folder that can't be written."""
        if not (self.folder / CATALOGUE).exists():
            return
        with self._locked(0), closing(open_for_writing(self.folder)) as connection, explained(self.folder):
            mend(self.folder, connection)
            sweep(self.folder, connection)


@contextmanager
def _writing(folder: Path, connection: sqlite3.Connection) -> Iterator[Writer]:
    """What was stored is published also when the work on it breaks off."""
    from index.store.writer import Writer  # here, for it needs NumPy, and a reader may not

    writer = Writer(folder, connection)
    try:
        yield writer
    finally:
        try:
            writer.publish()
        finally:
            writer.close()


def _made_or_migrated(connection: sqlite3.Connection) -> None:
    if schema.format_of(connection) == 0:
        with transaction(connection):
            schema.create(connection, new_folder_name(), time())
    else:
        from index.store.migrating import migrate

        migrate(connection)


def _agree_on(connection: sqlite3.Connection, identity: EmbedderIdentity, settings: PassageSettings) -> None:
    now = records.generation(connection)
    wanted = (json.encode(identity), json.encode(settings))
    made = records.model(connection, now)
    if made == wanted:
        return
    if made is None or not records.holds_anything(connection):
        with transaction(connection):
            connection.execute("INSERT OR REPLACE INTO models VALUES (?, ?, ?)", [now, *wanted])
        return
    raise ModelMismatch(_difference(made, wanted))


def _difference(made: tuple[bytes, bytes], wanted: tuple[bytes, bytes]) -> str:
    before, now = json.decode(made[0]), json.decode(wanted[0])
    if before != now:
        ours, theirs = (f"{one['model']} ({one['digest'][:12]})" for one in (before, now))
        said = f"this archive was embedded by {ours}, not by {theirs}"
    else:
        said = f"this archive's passages were cut with {json.decode(made[1])}, not {json.decode(wanted[1])}"
    return f"{said}; go back to that, or embed it again with `onrecord index rebuild`"
