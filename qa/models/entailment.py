"""Entailment: a cross-encoder that tells whether one text follows from another, beside the gate's rules.

In: what a drafted sentence cites, and the sentence. Out: whether it follows, or None where the
model can't tell. Any sentence-transformers cross-encoder will do, by name or folder: one trained
on inference, with a label `entailment` among its own, or one with a single number, which is taken
for the log-odds. Nothing is fetched unless the user allows it; nothing is imported until it is asked.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from index.embedding.source import downloads_allowed
from qa.errors import ModelNotReady

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Entailment:
    """The cross-encoder `model`, a name or a folder. Safe for concurrent questions: it takes one after the other.

    `sure`: the probability from which a model with a single number is taken to say yes.
    """

    def __init__(self, model: str, sure: float = 0.5) -> None:
        self._name = model
        self._sure = sure
        self._worker = ThreadPoolExecutor(1, "entailment")

    async def entails(self, premise: str, hypothesis: str) -> bool | None:
        """Whether `hypothesis` follows from `premise`; None where both together are too long for the model.

        ModelNotReady where there is no such model, or its numbers are not known to mean entailment.
        """
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._entails, premise, hypothesis)

    def _entails(self, premise: str, hypothesis: str) -> bool | None:
        encoder, label = self._encoder, self._label
        if self._length(premise, hypothesis) > self._longest:
            return None
        from torch.nn import Identity

        numbers = encoder.predict([(premise, hypothesis)], activation_fn=Identity(), show_progress_bar=False)[0]
        if label is None:
            return 1 / (1 + exp(-float(numbers))) >= self._sure
        return int(numbers.argmax()) == label

    @cached_property
    def _encoder(self) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        allowed = downloads_allowed()
        try:
            encoder: CrossEncoder = CrossEncoder(str(Path(self._name).expanduser()), local_files_only=not allowed)
        except (OSError, ValueError) as failed:
            advice = "" if allowed else ", or set ONRECORD_ALLOW_DOWNLOAD=1 to fetch it by its name"
            raise ModelNotReady(
                f"entailment model {self._name}: it is not on this machine, or is no cross-encoder of "
                f"sentence-transformers; name the folder of one{advice}"
            ) from failed
        return encoder

    @cached_property
    def _label(self) -> int | None:
        """Which of its numbers stands for entailment; None where it has only one."""
        labels: dict[int, str] = getattr(self._encoder.config, "id2label", {})
        if len(labels) == 1:
            return None
        for number, label in labels.items():
            if label.lower() == "entailment":
                return number
        raise ModelNotReady(
            f"entailment model {self._name}: none of its labels ({', '.join(labels.values())}) is called entailment"
        )

    @cached_property
    def _longest(self) -> int:
        """Tokens it takes."""
        encoder = self._encoder
        limits = (encoder.max_seq_length, getattr(encoder.config, "max_position_embeddings", None))
        return min(limit for limit in limits if limit)

    def _length(self, premise: str, hypothesis: str) -> int:
        return len(self._encoder.tokenizer(premise, hypothesis, truncation=False, verbose=False)["input_ids"])
