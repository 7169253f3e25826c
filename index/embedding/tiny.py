"""A tiny embedder: the small real twin of the model, for tests and for trying things without one.

No weights: words and pairs of words are hashed to fixed directions and added up. The same text
always gives the same vectors, and texts that share words lie near each other. Its tokens are
words. It keeps the protocol to the letter, the limit too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from index.embedding.embedder import Embedded, EmbeddedQuestion, EmbedderIdentity, Floats
from index.errors import ModelError

_WORD = re.compile(r"\w+|[^\w\s]")


class TinyEmbedder:
    """Vectors of 32 dimensions, token vectors of 8, a limit of 254 words. `seed` makes another model of it."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._known: dict[tuple[str, int], Floats] = {}

    @property
    def identity(self) -> EmbedderIdentity:
        """As of any model; the digest follows the seed."""
        digest = hashlib.sha256(f"tiny {self._seed}".encode()).hexdigest()
        return EmbedderIdentity("tiny", digest, dimension=32, token_dimension=8, limit=254)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Words and marks of each text."""
        return [len(_WORD.findall(text)) for text in texts]

    def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
        """One for each text, in order; ModelError beyond the limit."""
        for text in texts:
            found = list(_WORD.finditer(text))
            if len(found) > self.identity.limit:
                raise ModelError(f"a text of {len(found)} words is beyond the tiny embedder's {self.identity.limit}")
            words = [one.group().lower() for one in found]
            spans = np.array([one.span() for one in found], dtype=np.int32).reshape(-1, 2)
            yield Embedded(self._vector(words), np.rint(self._tokens(words) * 127).astype(np.int8), spans)

    def question(self, text: str) -> EmbeddedQuestion:
        """Cut off at the limit; every token weighs the same."""
        found = list(_WORD.finditer(text))[: self.identity.limit]
        words = [one.group().lower() for one in found]
        spans = np.array([one.span() for one in found], dtype=np.int32).reshape(-1, 2)
        return EmbeddedQuestion(self._vector(words), self._tokens(words), np.ones(len(words), dtype=np.float32), spans)

    def _vector(self, words: Sequence[str]) -> Floats:
        grams = [*words, *(" ".join(pair) for pair in pairwise(words))] or [""]
        total = np.array([self._direction(gram, 32) for gram in grams]).sum(axis=0)
        vector: Floats = (total / np.linalg.norm(total)).astype(np.float32)
        return vector

    def _tokens(self, words: Sequence[str]) -> Floats:
        return np.array([self._direction(word, 8) for word in words], dtype=np.float32).reshape(-1, 8)

    def _direction(self, gram: str, dimension: int) -> Floats:
        """The unit vector that stands for a word or a pair of words."""
        key = (gram, dimension)
        if key not in self._known:
            digest = hashlib.sha256(f"{self._seed} {gram}".encode()).digest()
            raw = np.frombuffer(digest, dtype=np.uint8)[:dimension].astype(np.float32) - 127.5
            self._known[key] = (raw / np.linalg.norm(raw)).astype(np.float32)
        return self._known[key]
