"""Files into the archive, or a look at what would become of them.

In: paths. Out: the transcripts stored, and for each file what became of it. A file that can't be
read is reported and the others go on; only what concerns the archive itself (StoreError,
ModelError) ends it, and what was read until then is stored as far as it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import structs

from index.embedding import Embedder
from index.errors import InvalidTranscript, NotATranscript, ReadingError
from index.ingest.aside import aside
from index.ingest.files import File, files, reason
from index.ingest.identity import id_of
from index.ingest.ingesting import Ingestion, identified, note
from index.ingest.ledger import Ledger
from index.ingest.outcome import Duplicate, Failed, IngestReport, Progress, Skipped
from index.ingest.storing import Storing
from index.passages import PassageSettings
from index.reading import read
from index.reading.reading import Reading
from index.reading.report import Report, report
from index.store import LocalStore

__all__ = [
    "Duplicate",
    "Failed",
    "IngestReport",
    "Ingestion",
    "Progress",
    "Report",
    "Skipped",
    "Storing",
    "aside",
    "id_of",
    "identified",
    "ingest",
    "preview",
]

OnEvent = Callable[[Progress], None]

LARGEST = 64_000_000
"""Bytes of one file: beyond any day's transcript, and what reading one takes stays bounded."""


def ingest(
    paths: Sequence[Path],
    store: LocalStore,
    embedder: Embedder,
    *,
    collection: str | None = None,
    format: str | None = None,
    settings: PassageSettings | None = None,
    on_event: OnEvent | None = None,
) -> IngestReport:
    """Store the transcripts in `paths`, files or folders.

    `collection` is for those that name none of their own, `format` the reader for all of them.
    `settings` are the archive's own unless given. `on_event` is told how far it is. StoreBusy,
    ModelMismatch, NewerFormat, StoreError (a full disk); ModelError.
    """
    settings = settings or _settings_of(store) or PassageSettings(tokens=embedder.identity.limit)
    course = _Course(files(paths), on_event)
    with store.writer(embedder.identity, settings) as writer:
        ingestion = Ingestion(writer, embedder, settings, course.settled)
        try:
            for file, reading, data in course.readings(ingestion.outcome, format):
                ingestion.take(identified(reading, file.relative, collection), data, file.shown)
        except Exception:
            ingestion.finish()
            raise
        return ingestion.finish()


def _settings_of(store: LocalStore) -> PassageSettings | None:
    """An archive that holds nothing takes any."""
    view = store.view()
    return view.settings if view.summaries() else None


def preview(
    paths: Sequence[Path],
    store: LocalStore,
    *,
    collection: str | None = None,
    format: str | None = None,
    on_event: OnEvent | None = None,
) -> IngestReport:
    """What `ingest` would report, with nothing embedded and nothing stored."""
    outcome, ledger = IngestReport(), Ledger(store.view())
    course = _Course(files(paths), on_event)
    for file, found, _ in course.readings(outcome, format):
        reading = identified(found, file.relative, collection)
        id = str(reading.transcript.id)
        verdict = ledger.judge(reading.transcript, file.shown)
        if verdict == "added" or verdict == "updated":
            getattr(outcome, verdict).append(report(reading, id=id, path=file.shown))
        else:
            note(outcome, verdict, id)
        course.settled(file.size, 0, 0)
    return outcome


class _Course:
    """The files one after another, and how far it is."""

    def __init__(self, found: Iterator[File | Skipped | Failed], on_event: OnEvent | None) -> None:
        self._found = list(found)
        self._on_event = on_event
        sizes = [file.size for file in self._found if isinstance(file, File)]
        self._now = Progress(0, len(sizes), 0, sum(sizes), 0, 0, "")

    def readings(self, outcome: IngestReport, format: str | None) -> Iterator[tuple[File, Reading, bytes]]:
        """What could be read; of the rest it is entered in `outcome` why not."""
        for file in self._found:
            if isinstance(file, Skipped):
                outcome.skipped.append(file)
            elif isinstance(file, Failed):
                outcome.failed.append(file)
            else:
                self._tell(path=file.shown)
                read = _read(file, format)
                if isinstance(read, Skipped):
                    outcome.skipped.append(read)
                elif isinstance(read, Failed):
                    outcome.failed.append(read)
                else:
                    yield file, *read
                    continue
                self.settled(file.size, 0, 0)

    def settled(self, size: int, passages: int, words: int) -> None:
        now = self._now
        self._tell(
            files=now.files + 1, bytes=now.bytes + size, passages=now.passages + passages, words=now.words + words
        )

    def _tell(self, **changed: int | str) -> None:
        self._now = structs.replace(self._now, **changed)
        if self._on_event:
            self._on_event(self._now)


def _read(file: File, format: str | None) -> tuple[Reading, bytes] | Skipped | Failed:
    if file.size > LARGEST:
        size = f"{file.size / 1e6:,.0f} MB, and no transcript of more than {LARGEST / 1e6:,.0f} MB is read"
        return Failed(file.shown, f"it holds {size}; split it")
    try:
        data = file.path.read_bytes()
        return read(data, file.path.name, format=format), data
    except OSError as error:
        return Failed(file.shown, reason(error))
    except NotATranscript as error:
        return Skipped(file.shown, error.reason)
    except ReadingError as error:
        return Failed(file.shown, error.reason, error.line)
    except InvalidTranscript as error:
        return Failed(file.shown, str(error))
