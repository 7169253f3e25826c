"""The embedder: text to vectors, and the seam at which another one is put in.

In: the indexed text of passages, or a question. Out: one normalised vector a text and, from the
same forward pass, one small vector a token (late interaction, ColBERT, Khattab & Zaharia 2020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]


class EmbedderIdentity(Struct, frozen=True):
    """What made an index's vectors; an index made by another is refused.

    `digest` is the SHA-256 of the weights and of the token projection together.
    `token_dimension` is 0 for an embedder without token vectors.
    """

    model: str
    digest: str
    dimension: int
    token_dimension: int
    limit: int
    """Tokens of one text, special tokens taken off."""


class Embedded(Struct, frozen=True):
    """A passage's vectors. `tokens[i]` stands for characters `spans[i]` of the embedded text.

    vector: float32 [dimension], length 1. tokens: int8 [n, token_dimension], each a unit vector
    times 127, special tokens left out. spans: int32 [n, 2], half-open, code points.
    """

    vector: Floats
    tokens: Bytes
    spans: NDArray[np.int32]


class EmbeddedQuestion(Struct, frozen=True):
    """A question's vectors; `tokens` are float32 unit vectors [n, token_dimension], `weights` their idf [n]."""

    vector: Floats
    tokens: Floats
    weights: Floats
    spans: NDArray[np.int32]


class Embedder(Protocol):
    """Two methods wide, and a counter. Safe to call from several threads."""

    @property
    def identity(self) -> EmbedderIdentity: ...

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, nothing cut off."""
        ...

    def passages(self, texts: Sequence[str]) -> Iterator[Embedded]:
        """One for each text, in order; a text beyond the limit is a ModelError, never cut off."""
        ...

    def question(self, text: str) -> EmbeddedQuestion:
        """The question as a point to search from; beyond the limit its first tokens count."""
        ...
