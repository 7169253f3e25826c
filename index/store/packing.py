"""Arrays as the catalogue's blobs, little-endian: vectors float16, token vectors int8, spans int32."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.passages import Passage, Piece
from index.text.sentences import Sentence

_INT = np.dtype("<i4")
_HALF = np.dtype("<f2")

SPAN = 2 * _INT.itemsize
"""Bytes of a span."""


def pack_vector(vector: NDArray[np.float32]) -> bytes:
    return vector.astype(_HALF).tobytes()


def unpack_vectors(blobs: Sequence[bytes]) -> NDArray[np.float16]:
    """[n, dimension]; all of one length."""
    if not blobs:
        return np.empty((0, 0), dtype=np.float16)
    joined = np.frombuffer(b"".join(blobs), dtype=_HALF)
    return joined.astype(np.float16, copy=False).reshape(len(blobs), -1)


def pack_tokens(tokens: NDArray[np.int8]) -> bytes:
    return tokens.astype(np.int8).tobytes()


def unpack_tokens(blob: bytes, count: int) -> NDArray[np.int8]:
    return np.frombuffer(blob, dtype=np.int8).reshape(count, -1 if blob else 0)


def pack_spans(spans: NDArray[np.int32]) -> bytes:
    return spans.astype(_INT).tobytes()


def unpack_spans(blob: bytes) -> NDArray[np.int32]:
    return np.frombuffer(blob, dtype=_INT).astype(np.int32, copy=False).reshape(-1, 2)


def pack_pieces(passage: Passage) -> bytes:
    return np.array([(p.start, p.end, p.at) for p in passage.pieces], dtype=_INT).tobytes()


def pack_sentences(passage: Passage) -> bytes:
    return np.array([(s.start, s.end, s.aside) for s in passage.sentences], dtype=_INT).tobytes()


def unpack_passage(start: int, end: int, text: str, pieces: bytes, sentences: bytes) -> Passage:
    return Passage(
        start,
        end,
        tuple(Sentence(a, b, bool(aside)) for a, b, aside in _triples(sentences)),
        text,
        tuple(Piece(a, b, at) for a, b, at in _triples(pieces)),
    )


def _triples(blob: bytes) -> list[list[int]]:
    triples: list[list[int]] = np.frombuffer(blob, dtype=_INT).reshape(-1, 3).tolist()
    return triples
