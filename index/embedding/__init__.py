"""Text to vectors: the protocol, the bundled model, and how a model is found."""

from index.embedding.embedder import Embedded, EmbeddedQuestion, Embedder, EmbedderIdentity

__all__ = ["Embedded", "EmbeddedQuestion", "Embedder", "EmbedderIdentity"]
