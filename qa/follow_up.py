"""Follow-ups: a question that leans on the ones before it, made to stand alone by rules.

In: the question, what was asked and answered before, the voices of the archive. Out: one question.
Four forms are known: a bare word ("Why?"), a part that takes another's place ("And Fauci?", "in
2022?"), a question that leaves out of what ("How many were killed?") and a whole question with pronouns
("what did he say about Syria?"). Where what a question
leans on is not certain it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.store import Voice
from qa.bare import bare
from qa.elliptical import elliptical
from qa.leaning import LONGEST_QUESTION, Exchange, Leaning
from qa.part import part
from qa.pronouns import whole

__all__ = ["Exchange", "follow_up"]

_LOOKED_AT = 6
"""Exchanges of the history that are looked at, the last ones."""


_TELL = re.compile(r"tell\b|list\b|show\b", re.IGNORECASE)


def follow_up(text: str, history: Sequence[Exchange], voices: Sequence[Voice]) -> str:
    """`text` made to stand alone; as it is where it does already, or where what it leans on is not certain."""
    past: list[Exchange] = []
    for exchange in history[-_LOOKED_AT:]:
        if exchange.question.strip():
            past.append(Exchange(_alone(exchange.question, past, voices), exchange.answer))
    return _alone(text, past, voices)


def _alone(text: str, past: Sequence[Exchange], voices: Sequence[Voice]) -> str:
    if not past or len(text) > LONGEST_QUESTION:
        return text
    leaning = Leaning(" ".join(text.split()), past, voices)
    for form in (bare, part, elliptical, whole):
        found = form(leaning)
        if found:
            alone = _finished(found)
            return alone if len(alone) <= LONGEST_QUESTION else text
    return text


def _finished(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ?.!,")
    return f"{text[:1].upper()}{text[1:]}" + ("." if _TELL.match(text) else "?")
