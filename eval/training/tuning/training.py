"""The training loop: batches of examples through the last layers, forward and back.

In: examples in the order they are seen. Out: the encoder tuned, and the loss along the way. The
learning rate rises for a tenth of the steps and falls to nothing by the last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np
import torch
from msgspec import Struct
from numpy.typing import NDArray
from torch import Tensor

from eval.training.tuning.encoder import Encoder
from eval.training.tuning.examples import Example
from eval.training.tuning.hidden import Hidden
from eval.training.tuning.losses import loss

RISING = 0.1
DECAY = 0.01
CLIP = 1.0


class Settings(Struct, frozen=True):
    """`wrong` passages beside the right one of each example; `rate` is the highest learning rate."""

    steps: int
    batch: int = 20
    wrong: int = 1
    rate: float = 8e-5
    seed: int = 1


def texts(examples: Sequence[Example]) -> list[str]:
    """All that has to be encoded."""
    cuts = [cut for one in examples for cut in (one.pair.passage, *one.wrong)]
    return [*(one.pair.question for one in examples), *(cut.text for cut in cuts)]


def trained(
    encoder: Encoder,
    hidden: Hidden,
    examples: Sequence[Example],
    weights: NDArray[np.float32],
    settings: Settings,
    told: Callable[[int, float], None] | None = None,
) -> list[float]:
    """Tune `encoder` in place; the loss of every step. `told` hears each step and its loss."""
    parameters = [parameter for _, parameter in encoder.tuned()]
    optimiser = torch.optim.AdamW(parameters, lr=settings.rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step, settings.steps))
    losses: list[float] = []
    waiting = iter(examples)
    for step in range(settings.steps):
        value = _loss(hidden, list(islice(waiting, settings.batch)), weights)
        optimiser.zero_grad()
        torch.autograd.backward(value)
        torch.nn.utils.clip_grad_norm_(parameters, CLIP)
        optimiser.step()
        schedule.step()
        losses.append(value.item())
        if told:
            told(step, losses[-1])
    return losses


def _share(step: int, steps: int) -> float:
    rising = max(1, round(RISING * steps))
    return min((step + 1) / rising, (steps - step) / max(1, steps - rising))


def _loss(hidden: Hidden, batch: Sequence[Example], weights: NDArray[np.float32]) -> Tensor:
    asked = [one.pair.question for one in batch]
    cuts = [*(one.pair.passage for one in batch), *(cut for one in batch for cut in one.wrong)]
    questions = hidden.encoded(asked)
    rare = np.zeros(tuple(questions.spoken.shape), np.float32)
    for row, ids in enumerate(hidden.ids(asked)):
        rare[row, : len(ids)] = weights[ids]
    wrong = torch.tensor([[not one.pair.right(cut.where) for cut in cuts] for one in batch])
    spoken = questions.spoken
    return loss(questions, hidden.encoded([cut.text for cut in cuts]), torch.from_numpy(rare) * spoken, wrong)
