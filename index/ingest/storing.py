"""One transcript into the store while others work: no lock is held for as long as it is embedded.

In: a reading with its id. Out: what became of it. Between two steps of the embedding the caller
gets a pause in which it may write to the archive itself; what is stored in the end is judged by
what the archive holds then.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from tempfile import SpooledTemporaryFile
from time import monotonic

from msgspec import Struct

from index.embedding import Embedded, Embedder
from index.errors import StoreBusy, StoreError
from index.ingest.aside import aside
from index.ingest.files import reason
from index.ingest.ledger import Ledger, Verdict
from index.ingest.outcome import Failed
from index.passages import Passage, PassageSettings, passages
from index.reading.reading import Reading
from index.store import LocalStore
from index.store.nouns import Facts, Moved, Same
from index.store.writer import Writer

STEP = 64
"""Passages between two pauses: about half a second of an idle core's work or two."""

_IN_MEMORY = 64_000_000
"""Bytes of vectors above which they wait on disk."""


class Storing(Struct, frozen=True):
    """How transcripts are stored.

    `patience`: seconds to wait for another writer, on top of the store's own; `paused` is called
    every now and then and may use the store, or raise, which leaves the archive as it was.
    """

    store: LocalStore
    embedder: Embedder
    settings: PassageSettings
    patience: float = 0.0
    paused: Callable[[], None] = lambda: None

    def store_one(
        self,
        reading: Reading,
        original: bytes,
        path: str,
        taken: Mapping[str, str],
        told: Callable[[int, int], None] = lambda done, of: None,  # noqa: ARG005 (the callback's)
    ) -> Verdict:
        """Store what was read from the bytes `original` of the file `path`, if it is new or changed.

        `taken` gives the paths of the transcripts, by id, that came together with this one: it
        replaces none of them (Failed). `told` hears how many passages are embedded, of how many.
        StoreBusy, ModelMismatch, StoreError, ModelError.
        """
        transcript = reading.transcript
        verdict = _judged(Ledger(self.store.view()), reading, path, taken)
        if verdict not in ("added", "updated"):
            return verdict
        cut = aside(lambda: passages(transcript, self.embedder.count, self.settings), self.paused)
        with self._writer() as writer:
            planned = writer.reusable(transcript, cut)
        with _Vectors() as vectors:
            self._embed([passage.text for passage, reused in zip(cut, planned) if reused is None], vectors, told)
            with self._writer() as writer:
                verdict = _judged(Ledger(writer), reading, path, taken)
                if verdict in ("added", "updated"):
                    facts = Facts(reading.format, reading.encoding, path, reading.warnings)
                    made = self._made(cut, planned, writer.reusable(transcript, cut), vectors)
                    writer.put(transcript, facts, original, cut, made)
        return verdict

    def _embed(self, texts: Sequence[str], vectors: _Vectors, told: Callable[[int, int], None]) -> None:
        told(0, len(texts))
        for at in range(0, len(texts), STEP):
            self.paused()
            for embedded in self.embedder.passages(texts[at : at + STEP]):
                vectors.keep(embedded)
            told(min(at + STEP, len(texts)), len(texts))
        self.paused()

    def _made(
        self,
        cut: Sequence[Passage],
        planned: Sequence[Same | Moved | None],
        reusable: Sequence[Same | Moved | None],
        vectors: _Vectors,
    ) -> Iterator[Embedded | Same | Moved]:
        """For each passage its vectors: the stored one's if one serves now, else ours, else made now."""
        kept = iter(vectors)
        for passage, before, now in zip(cut, planned, reusable):
            ours = next(kept) if before is None else None
            yield now or ours or next(iter(self.embedder.passages([passage.text])))

    @contextmanager
    def _writer(self) -> Iterator[Writer]:
        until = monotonic() + self.patience
        with ExitStack() as held:
            writer = None
            while writer is None:
                try:
                    writer = held.enter_context(self.store.writer(self.embedder.identity, self.settings))
                except StoreBusy:
                    if monotonic() >= until:
                        raise
                    self.paused()
            yield writer


def _judged(ledger: Ledger, reading: Reading, path: str, taken: Mapping[str, str]) -> Verdict:
    verdict = ledger.judge(reading.transcript, path)
    id = str(reading.transcript.id)
    if verdict == "updated" and id in taken:
        return Failed(path, f"its id, {id!r}, is that of {taken[id]}, which came with it; rename one or give it an id")
    return verdict


class _Vectors:
    """Vectors that wait to be stored, in order; many of them wait on disk, for memory is bounded."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed by __exit__)
        self._count = 0

    def __enter__(self) -> _Vectors:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keep(self, embedded: Embedded) -> None:
        """StoreError where there is no room for it."""
        try:
            pickle.dump(embedded, self._file)
        except OSError as error:
            raise StoreError(f"its vectors could not be kept on disk meanwhile ({reason(error)})") from error
        self._count += 1

    def __iter__(self) -> Iterator[Embedded]:
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)
