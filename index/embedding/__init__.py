"""Text to vectors: the protocol, the bundled model, and how a model is found."""

from index.embedding.embedder import Embedded, EmbeddedQuestion, Embedder, EmbedderIdentity
from index.embedding.load import identity_of, load_embedder

__all__ = ["Embedded", "EmbeddedQuestion", "Embedder", "EmbedderIdentity", "identity_of", "load_embedder"]
