"""A model that can't be exported, run by sentence-transformers itself: slower, and with torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock

import numpy as np

from index.embedding.embedder import Embedded, EmbeddedQuestion, EmbedderIdentity, Floats
from index.embedding.prepared import Prepared
from index.embedding.source import Source
from index.embedding.tokens import hold_to_limit, open_tokenizer

WINDOW = 64


class PlainEmbedder:
    """No token vectors: `tokens` and `spans` are empty."""

    def __init__(self, source: Source, model: Prepared) -> None:
        from sentence_transformers import SentenceTransformer

        self._facts = model.facts
        self._tokenizer = open_tokenizer(model)
        self._model = SentenceTransformer(str(source.folder), device="cpu", local_files_only=True)
        self._lock = Lock()  # torch's threads and another caller's would contend for the cores

    @property
    def identity(self) -> EmbedderIdentity:
        return self._facts.identity

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, nothing cut off."""
        return [len(found.ids) for found in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
        """One for each text, in order; a text beyond the limit is a ModelError, never cut off."""
        for at in range(0, len(texts), WINDOW):
            window = texts[at : at + WINDOW]
            hold_to_limit(max(self.count(window)), self.identity)
            for vector in self._encode(window):
                yield Embedded(vector, np.zeros((0, 0), np.int8), np.zeros((0, 2), np.int32))

    def question(self, text: str) -> EmbeddedQuestion:
        """The question as a point to search from; beyond the limit its first tokens count."""
        nothing = np.zeros((0, 0), np.float32), np.zeros(0, np.float32), np.zeros((0, 2), np.int32)
        return EmbeddedQuestion(self._encode([text])[0], *nothing)

    def _encode(self, texts: Sequence[str]) -> Floats:
        with self._lock:
            return np.asarray(
                self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False), np.float32
            )
