"""Follow-ups: a question that leans on the ones before it, made to stand alone by rules."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from index.store import Voice


class Exchange(Struct, frozen=True):
    """A question asked before, and the text of its answer."""

    question: str
    answer: str


def follow_up(text: str, history: Sequence[Exchange], voices: Sequence[Voice]) -> str:
    """`text` made to stand alone; as it is where it does already, or where what it leans on is not certain."""
    return text


def keeps(rewritten: str, text: str, history: Sequence[Exchange]) -> bool:
    """Whether `rewritten`, which a model made of `text`, may be asked instead of it."""
    return False
