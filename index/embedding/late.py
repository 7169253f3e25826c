"""What late interaction needs beside the bundled encoder, as shipped: projection and weights.

Fitted by `eval.training.fit_projection`; made for the bundled model's vectors and no other's.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.embedding.embedder import Floats
from index.embedding.source import BUNDLED_WEIGHTS

SHIPPED = Path(__file__).parent / "late_interaction.npz"


class LateInteraction(Struct, frozen=True, dict=True):
    """`projection`: float32 [dimension, token_dimension]. `idf`: float16, one for each wordpiece id."""

    projection: Floats
    idf: NDArray[np.float16]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the projection alone, for the stored vectors don't depend on the weights."""
        return hashlib.sha256(self.projection.tobytes()).hexdigest()


def bundled_digest() -> str:
    """The identity's digest for the bundled model: of its weights and the projection together."""
    return hashlib.sha256(f"{BUNDLED_WEIGHTS} {late_interaction().digest}".encode()).hexdigest()


def late_interaction() -> LateInteraction:
    """The shipped projection and weights."""
    with np.load(SHIPPED) as arrays:
        return LateInteraction(arrays["projection"], arrays["idf"])
