"""Archives of datasets: each embedded once, into a folder named by what made it.

In: a dataset, an embedder, how transcripts are cut. Out: the folder of an archive that holds the
dataset's transcripts and nothing else. Broken off, it goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from index.embedding import Embedder
from index.errors import OnrecordError
from index.ingest import Ingestion
from index.passages import PassageSettings
from index.reading.reading import Reading
from index.store import open_store
from index.transcript import Transcript

Told = Callable[[int, int], None]
"""How many transcripts are embedded, of how many."""


class NotHeld(OnrecordError):
    """An archive does not hold what a dataset asks about."""


def key(transcripts: Sequence[Transcript], embedder: Embedder, settings: PassageSettings) -> str:
    """Names the archive of these: equal for equal transcripts, model and settings alone."""
    made = hashlib.sha256(msgspec.json.encode((embedder.identity, settings)))
    for one in sorted(transcripts, key=lambda one: str(one.id)):
        made.update(msgspec.json.encode(one))
    return made.hexdigest()[:24]


def embedded(
    transcripts: Sequence[Transcript],
    embedder: Embedder,
    settings: PassageSettings,
    cache: Path,
    told: Told = lambda done, of: None,  # noqa: ARG005 (the callback's)
) -> Path:
    """The folder in `cache` with the archive of `transcripts`, made if need be. StoreError, ModelError, NotHeld."""
    folder = cache / key(transcripts, embedder, settings)
    if folder.is_dir():
        return folder
    making = folder.with_suffix(".making")
    store = open_store(making)
    done = 0

    def settled(*_: int) -> None:
        nonlocal done
        done += 1
        told(done, len(transcripts))

    with store.writer(embedder.identity, settings) as writer:
        ingestion = Ingestion(writer, embedder, settings, settled)
        for one in transcripts:
            reading = Reading(transcript=one, format="json", encoding="utf-8")
            ingestion.take(reading, msgspec.json.encode(one), str(one.id))
        outcome = ingestion.finish()
    store.close()
    if lost := [*(one.path for one in outcome.duplicates), *(one.path for one in outcome.failed)]:
        raise NotHeld(f"of transcripts with one text an archive keeps one, so these are not held: {', '.join(lost)}")
    making.rename(folder)
    return folder
