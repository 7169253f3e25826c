"""A model's tokenizer: it counts, and never cuts anything off unseen."""

from __future__ import annotations

from tokenizers import Tokenizer

from index.embedding.embedder import EmbedderIdentity
from index.embedding.prepared import Prepared
from index.errors import ModelError


def open_tokenizer(model: Prepared) -> Tokenizer:
    """The tokenizer without the truncation and padding that its file may ask for."""
    try:
        tokenizer = Tokenizer.from_file(str(model.tokenizer))
    except Exception as failed:  # the library raises bare Exception
        raise model.damaged(failed) from failed
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def hold_to_limit(tokens: int, identity: EmbedderIdentity) -> None:
    """ModelError for a passage of more tokens than the model reads at once."""
    if tokens > identity.limit:
        raise ModelError(
            f"a passage of {tokens} tokens is more than the {identity.limit} that {identity.model} reads at once; "
            f"cut passages with a setting of at most {identity.limit} tokens"
        )
