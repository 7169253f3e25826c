"""Leaning: sentences that can't stand without the one before ("He also …", "That is why …")."""

from __future__ import annotations

import re

from index.text.function_words import CALENDAR

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
_OPENS = re.compile(
    r"\W*(?:according|after|as|asked|at|before|by|during|earlier|for|from|in|later|on|since|to|under|when|while|with)\b"
    r"(?P<between>[^“\"]{0,60}?)\b(?:he|she|him|her|his)\b",
    re.IGNORECASE,
)


def leans(sentence: str) -> bool:
    """Whether what it is about stands in the sentence before it, as far as its beginning tells."""
    return bool(_LEANS.match(sentence))


def joins(sentence: str) -> bool:
    """Whether it leans or goes on from the one before it."""
    return leans(sentence) or bool(_JOINS.match(sentence)) or _opens_with_a_pronoun(sentence)


def _opens_with_a_pronoun(sentence: str) -> bool:
    """Whether it speaks of somebody before it names anybody: "In January she …", "According to him, …"."""
    found = _OPENS.match(sentence)
    named = re.findall(r"[^\W\d_]+", found["between"]) if found else []
    return found is not None and all(word.islower() or word.lower() in CALENDAR for word in named)
