"""The setting that names an embedding model, to an embedder."""

from __future__ import annotations

import os

from index.embedding.embedder import Embedder, EmbedderIdentity
from index.embedding.late import bundled_digest, late_interaction
from index.embedding.prepared import prepared
from index.embedding.source import BUNDLED, locate

TINY = "tiny"


def load_embedder(model: str = BUNDLED, *, threads: int | None = None, allow_download: bool = False) -> Embedder:
    """The embedder that `model` names: the bundled one, a directory, or a sentence-transformers name.

    A name is looked for in the bundled package, then in the local Hugging Face cache, then on the
    hub, only if `allow_download` or the variable ONRECORD_ALLOW_DOWNLOAD says so. `threads` are
    for passages, by default one for each core. The first time a model is used it is exported,
    which takes some 20 seconds. `tiny` is the small twin for tests. Raises ModelError.
    """
    if model == TINY:
        from index.embedding.tiny import TinyEmbedder

        return TinyEmbedder()
    source = locate(model, allow_download=allow_download)
    ready = prepared(source)
    if ready.facts.sha256 is None:
        from index.embedding.plain import PlainEmbedder

        return PlainEmbedder(source, ready)
    from index.embedding.onnx_embedder import OnnxEmbedder

    late = late_interaction() if source.bundled else None
    return OnnxEmbedder(ready, late, threads or os.cpu_count() or 1)


def identity_of(model: str = BUNDLED, *, allow_download: bool = False) -> EmbedderIdentity:
    """What `load_embedder(model).identity` would be; opens nothing for the bundled model or one used before."""
    if model == TINY:
        return load_embedder(model).identity
    source = locate(model, allow_download=allow_download)
    if source.bundled:
        return EmbedderIdentity(BUNDLED, bundled_digest(), 384, 64, 254)
    return prepared(source).facts.identity
