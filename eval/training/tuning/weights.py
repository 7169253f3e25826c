"""Tuned weights in a file: half precision, under the names of the model's own file, and the projection.

Averaging them with the weights they were tuned from keeps more of what these knew (model soups,
Wortsman et al. 2022).
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from eval.training.tuning.encoder import Encoder

State = dict[str, Tensor]


def state(encoder: Encoder) -> State:
    """A copy of what is tuned, float32."""
    return {name: parameter.detach().clone() for name, parameter in encoder.tuned()}


def put(encoder: Encoder, given: State) -> None:
    """Set what is tuned; KeyError where a weight is missing."""
    with torch.no_grad():
        for name, parameter in encoder.tuned():
            parameter.copy_(given[name])


def averaged(states: list[tuple[State, float]]) -> State:
    """The sum of the states, each times its share."""
    return {name: sum((state[name] * share for state, share in states), torch.zeros(())) for name in states[0][0]}


def written(given: State, file: Path) -> None:
    """In half precision."""
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: tensor.to(torch.float16).contiguous() for name, tensor in given.items()}, file)


def opened(file: Path) -> State:
    """As `written`, float32 again."""
    return {name: tensor.float() for name, tensor in load_file(file).items()}
