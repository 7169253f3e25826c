"""Leaning: sentences that can't stand without the one before ("He also …", "That is why …")."""

from __future__ import annotations

import re

_LEANS = re.compile(
    r"\W*(?:(?:and|but|so|well|now|again|also|then|yet|or|because|however|therefore|instead|still|thus|as a result|"
    r"in addition|for example|for instance),?\s+)*"
    r"(?:he|she|it|they|this|that|these|those|him|her|them|his|their|its|which|both|such|the (?:same|latter|former))\b",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\W*(?:and|but|also|then|however|therefore|instead|thus|moreover|furthermore|additionally|as a result|in addition|"
    r"by contrast|for that reason|for example|for instance|similarly|likewise|otherwise|meanwhile)\b",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Whether what it is about stands in the sentence before it, as far as its beginning tells."""
    return bool(_LEANS.match(sentence))


def joins(sentence: str) -> bool:
    """Whether it leans or goes on from the one before it."""
    return leans(sentence) or bool(_JOINS.match(sentence))
