"""A model that can't be exported, run by sentence-transformers itself: slower, and with torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock

import numpy as np

from index.embedding.embedder import Embedded, EmbeddedQuestion, EmbedderIdentity, Floats
from index.embedding.prepared import Facts
from index.embedding.source import Source
from index.errors import ModelError

WINDOW = 64


class PlainEmbedder:
    """No token vectors: `tokens` and `spans` are empty."""

    def __init__(self, source: Source, facts: Facts) -> None:
        from sentence_transformers import SentenceTransformer

        self._facts = facts
        self._model = SentenceTransformer(str(source.folder), device="cpu", local_files_only=True)
        self._lock = Lock()  # torch's threads and another caller's would contend for the cores

    @property
    def identity(self) -> EmbedderIdentity:
        return self._facts.identity

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, nothing cut off."""
        if not texts:
            return []
        encoded = self._model.tokenizer(list(texts), add_special_tokens=False, truncation=False, verbose=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
        """One for each text, in order; a text beyond the limit is a ModelError, never cut off."""
        for at in range(0, len(texts), WINDOW):
            window = texts[at : at + WINDOW]
            longest = max(self.count(window))
            if longest > self.identity.limit:
                raise ModelError(
                    f"a passage of {longest} tokens is more than the {self.identity.limit} that "
                    f"{self.identity.model} reads at once; cut passages with a smaller setting of tokens"
                )
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
