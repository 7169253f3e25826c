"""The loss of a batch: softmax over all its passages, on the texts' vectors and on late interaction.

Every passage of the batch that does not answer is a wrong one for every question in it (in-batch
negatives, Karpukhin et al. 2020). Late interaction is the mean of the best cosines of a question's
tokens, weighted by how rare each is, which is ColBERT's MaxSim (Khattab & Zaharia 2020) as the product
scores it.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from eval.training.tuning.encoder import Encoded

VECTOR_SCALE, LATE_SCALE = 20.0, 30.0
"""What cosines are multiplied by before the softmax."""


def loss(questions: Encoded, passages: Encoded, weights: Tensor, wrong: Tensor) -> Tensor:
    """The mean of both losses. Passage i answers question i; `wrong` [questions, passages] is True where one doesn't.

    `weights` [questions, tokens] are of the questions' tokens, 0 for what is not spoken.
    """
    whole = VECTOR_SCALE * questions.vectors @ passages.vectors.T
    late = LATE_SCALE * late_scores(questions, passages, weights)
    return (_softmax(whole, wrong) + _softmax(late, wrong)) / 2


def late_scores(questions: Encoded, passages: Encoded, weights: Tensor) -> Tensor:
    """[questions, passages]"""
    shares = weights / weights.sum(dim=1, keepdim=True).clamp(min=1e-6)
    return torch.stack([_of_one(one, share, passages) for one, share in zip(questions.tokens, shares)])


def _of_one(tokens: Tensor, shares: Tensor, passages: Encoded) -> Tensor:
    """[passages]; which token matches best is looked for without gradients, which else fill the memory."""
    asked, share = tokens[shares > 0], shares[shares > 0]
    with torch.no_grad():
        cosines = passages.tokens @ asked.T
        best = cosines.masked_fill(~passages.spoken[..., None], -1.0).argmax(dim=1)
    matched = passages.tokens.gather(1, best[..., None].expand(*best.shape, tokens.shape[-1]))
    return (matched * asked).sum(dim=-1) @ share


def _softmax(scores: Tensor, wrong: Tensor) -> Tensor:
    right = torch.eye(*scores.shape, dtype=torch.bool)
    return cross_entropy(scores.masked_fill(~(wrong | right), float("-inf")), torch.arange(len(scores)))
