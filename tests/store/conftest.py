"""An archive to try things on, with the tiny embedder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.passages import PassageSettings, passages
from index.store import Facts, LocalStore
from index.store.writer import Writer
from index.transcript import Speaker, Transcript, Turn

SETTINGS = PassageSettings(words=12, tokens=60)


class Archive:
    """A store and what is needed to write to it."""

    def __init__(self, folder: Path) -> None:
        self.store = LocalStore(folder)
        self.embedder = TinyEmbedder()
        self.settings = SETTINGS

    def put(self, *transcripts: Transcript) -> None:
        """In one session."""
        with self.store.writer(self.embedder.identity, self.settings) as writer:
            for transcript in transcripts:
                self.write(writer, transcript)

    def write(self, writer: Writer, transcript: Transcript) -> None:
        cut = passages(transcript, self.embedder.count, self.settings)
        reused = writer.reusable(transcript, cut)
        fresh = self.embedder.passages([one.text for one, known in zip(cut, reused) if known is None])
        made = [known or next(fresh) for known in reused]
        writer.put(transcript, Facts("text", "utf-8"), transcript.text.encode(), cut, made)

    def found(self, words: str, **filters: object) -> list[str]:
        """The ids of transcripts with a passage that holds any of `words`, in order of rank."""
        view = self.store.view()
        scope = view.scope(Filters(**filters))  # type: ignore[arg-type]  # any filter by its name
        ranked = view.lexical(words, 1000, scope)
        return list(dict.fromkeys(one.transcript_id for one in view.passages(ranked.ids.tolist())))


@pytest.fixture(scope="session")
def again() -> Callable[[Path], Archive]:
    """The archive in a folder as another process would open it."""
    return Archive


@pytest.fixture
def in_memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: what is tried here does not hang on the disk's pace."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory, prefix="onrecord-") as folder:
        yield Path(folder)


@pytest.fixture
def archive(in_memory: Path) -> Archive:
    """Empty; its folder does not exist yet."""
    return Archive(in_memory / "archive")


Say = Callable[..., Transcript]


@pytest.fixture(scope="session")
def say() -> Say:
    """Makes a transcript: an id, and pairs of a label and what is said under it."""

    def make(id: str, *turns: tuple[str | None, str], names: dict[str, str] | None = None, **fields: Any) -> Transcript:
        nobody = {None, "Q"}
        return Transcript(
            id=id,
            turns=tuple(Turn(text, label, None if label in nobody else label) for label, text in turns),
            speakers=tuple(Speaker(label, name) for label, name in (names or {}).items()),
            **fields,
        )

    return make
