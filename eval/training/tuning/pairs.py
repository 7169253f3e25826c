"""A pair: what somebody might ask or state, and a passage that answers it or bears it out.

What of its source must not stand as a wrong passage beside it is written down with each.
"""

from __future__ import annotations

from msgspec import Struct

from eval.training.tuning.sources import Cut, Stretch


class Pair(Struct, frozen=True):
    """`gold` are the stretches that answer, too, or that hold the question itself. `kind` is for the statistics."""

    kind: str
    question: str
    passage: Cut
    gold: tuple[Stretch, ...]

    def right(self, where: Stretch) -> bool:
        """Whether a passage there is none that the question should keep away from."""
        return any(where.overlaps(one) for one in (self.passage.where, *self.gold))
