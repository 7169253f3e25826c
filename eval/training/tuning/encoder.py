"""The encoder in two parts: lower layers that stay as they are, and the last ones, which are tuned.

In: token ids. Out: as the product's embedder gives them, a unit vector of the text (mean over all its
tokens) and a unit vector of each token through the projection (ColBERT, Khattab & Zaharia 2020).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from msgspec import Struct
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import BertModel

TUNED = 2
"""Layers."""

LIMIT = 256
"""Tokens of a text, the special ones among them."""


class Encoded(Struct, frozen=True, eq=False):
    """`vectors`: [texts, dimension]. `tokens`: [texts, tokens, small dimension]. `spoken`: [texts, tokens], which of
    the tokens are of the text, neither padding nor special."""

    vectors: Tensor
    tokens: Tensor
    spoken: Tensor


class Encoder(nn.Module):
    """`projection` is [dimension, small dimension]."""

    def __init__(self, model: BertModel, tokenizer: Tokenizer, projection: Tensor, tuned: int = TUNED) -> None:
        super().__init__()
        self._counter, self._tokenizer = (Tokenizer.from_str(tokenizer.to_str()) for _ in range(2))
        for one in (self._counter, self._tokenizer):
            one.no_padding()
            one.no_truncation()
        self._tokenizer.enable_truncation(LIMIT)
        self.model = model.requires_grad_(False)
        layers = list(model.encoder.layer)
        self._lower, self._upper = layers[:-tuned], layers[-tuned:]
        self._first = len(self._lower)
        self.projection = nn.Parameter(projection.clone())
        for layer in self._upper:
            layer.requires_grad_(True)
        self.train(False)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, special tokens not counted, nothing cut off."""
        return [len(found.ids) for found in self._counter.encode_batch_fast(list(texts), add_special_tokens=False)]

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Of each text, special tokens included, cut off at the limit."""
        return [found.ids for found in self._tokenizer.encode_batch_fast(list(texts))]

    @torch.no_grad()
    def lower(self, ids: Tensor, present: Tensor) -> Tensor:
        """What the layers that stay give: [texts, tokens, dimension]; `present` is True where a token is."""
        hidden: Tensor = self.model.embeddings(input_ids=ids)
        return _through(self._lower, hidden, present)

    def forward(self, hidden: Tensor, present: Tensor) -> Encoded:
        """The rest of the way."""
        hidden = _through(self._upper, hidden, present)
        lengths = present.sum(dim=1, keepdim=True)
        place = torch.arange(present.shape[1])
        spoken = (place > 0) & (place < lengths - 1)
        # Cosines of near passages differ by less than bfloat16 tells apart.
        with torch.autocast("cpu", enabled=False):
            hidden = hidden.float()
            vectors = normalize((hidden * present[..., None]).sum(dim=1) / lengths, dim=-1)
            return Encoded(vectors, normalize(hidden @ self.projection, dim=-1), spoken)

    def tuned(self) -> Iterator[tuple[str, nn.Parameter]]:
        """What is trained, under the names that the model's own file has, and the projection."""
        for at, layer in enumerate(self._upper, start=self._first):
            for name, parameter in layer.named_parameters():
                yield f"encoder.layer.{at}.{name}", parameter
        yield "projection", self.projection


def _through(layers: Sequence[nn.Module], hidden: Tensor, present: Tensor) -> Tensor:
    for layer in layers:
        hidden = layer(hidden, present[:, None, None, :])
    return hidden
