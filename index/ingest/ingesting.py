"""Readings into the store: what is new, what changed, what is there already.

Passages of several transcripts are embedded together, in windows, so that an embedder can sort
them by length and memory stays bounded whatever the corpus. Each transcript is stored in a
transaction of its own: broken off anywhere, the same call again goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, structs

from index.embedding import Embedded, Embedder
from index.ingest.identity import id_of
from index.ingest.ledger import Ledger
from index.ingest.outcome import Duplicate, Failed, IngestReport
from index.passages import Passage, PassageSettings, passages
from index.reading.reading import Reading
from index.reading.report import Report, report
from index.store.nouns import Facts, Moved, Same
from index.store.writer import Writer

WINDOW = 768
"""Passages given to the embedder at once."""

_MOST_HELD = 256
"""Transcripts held back at most until a window is full."""

Settled = Callable[[int, int, int], None]
"""Told of each transcript that is settled: the bytes it came in, and the passages and words embedded for it."""


class _Held(Struct, frozen=True):
    """A transcript waiting to be embedded and stored."""

    reading: Reading
    report: Report
    original: bytes
    passages: Sequence[Passage]
    reused: Sequence[Same | Moved | None]
    reports: list[Report]

    @property
    def texts(self) -> list[str]:
        """What must be embedded."""
        return [passage.text for passage, reused in zip(self.passages, self.reused) if reused is None]


class Ingestion:
    """Takes readings one by one; what became of each stands in `outcome` once it is settled."""

    def __init__(
        self,
        writer: Writer,
        embedder: Embedder,
        settings: PassageSettings,
        settled: Settled | None = None,
    ) -> None:
        self.outcome = IngestReport()
        self._writer = writer
        self._embedder = embedder
        self._settings = settings
        self._settled = settled
        self._ledger = Ledger(writer)
        self._held: list[_Held] = []

    def take(self, reading: Reading, original: bytes, path: str) -> None:
        """Store what was read from the bytes `original`, its id among it, unless it is there already."""
        verdict = self._ledger.judge(reading.transcript, path)
        if verdict == "added" or verdict == "updated":
            self._hold(reading, original, path, getattr(self.outcome, verdict))
        else:
            note(self.outcome, verdict, str(reading.transcript.id))
            self._tell(len(original), [])

    def finish(self) -> IngestReport:
        """Store what is still held back."""
        self._flush()
        return self.outcome

    def _hold(self, reading: Reading, original: bytes, path: str, reports: list[Report]) -> None:
        id = str(reading.transcript.id)
        cut = passages(reading.transcript, self._embedder.count, self._settings)
        reused = self._writer.reusable(reading.transcript, cut)
        self._held.append(_Held(reading, report(reading, id=id, path=path), original, cut, reused, reports))
        if len(self._held) >= _MOST_HELD or sum(len(held.texts) for held in self._held) >= WINDOW:
            self._flush()

    def _flush(self) -> None:
        held, self._held = self._held, []
        embedded = self._embedded([text for one in held for text in one.texts])
        for one in held:
            facts = Facts(one.reading.format, one.reading.encoding, one.report.path, one.reading.warnings)
            made = (next(embedded) if reused is None else reused for reused in one.reused)
            self._writer.put(one.reading.transcript, facts, one.original, one.passages, made)
            one.reports.append(one.report)
            self._tell(len(one.original), one.texts)

    def _tell(self, size: int, texts: Sequence[str]) -> None:
        if self._settled:
            self._settled(size, len(texts), sum(len(text.split()) for text in texts))

    def _embedded(self, texts: Sequence[str]) -> Iterator[Embedded]:
        """A window at a time, for one transcript alone may fill many."""
        for at in range(0, len(texts), WINDOW):
            yield from self._embedder.passages(texts[at : at + WINDOW])


def identified(reading: Reading, relative: str | None, collection: str | None) -> Reading:
    """`reading` with an id, and in `collection` unless the file names its own.

    `relative` is the file's place in what was named; None where it has none (it was posted).
    """
    transcript = reading.transcript
    collection = transcript.collection or collection
    named = structs.replace(transcript, collection=collection, id=id_of(transcript, collection, relative))
    return structs.replace(reading, transcript=named)


def note(outcome: IngestReport, verdict: Duplicate | Failed | str, id: str) -> None:
    """Enter what is not stored."""
    if isinstance(verdict, Duplicate):
        outcome.duplicates.append(verdict)
    elif isinstance(verdict, Failed):
        outcome.failed.append(verdict)
    else:
        outcome.unchanged.append(id)
