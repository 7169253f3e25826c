"""A part as a follow-up: "And Fauci?", "in 2022?", "What about the vaccines?"; it takes the place of its like."""

from __future__ import annotations

import re

from index.text.dates import dates
from qa.frame import AUX
from qa.leaning import WHAT_ABOUT, WHOLE, Leaning, names_in
from qa.replacing import replaced

_SAME_WORD = re.compile(
    r"(?P<word>how\s+(?:many|much)|when|where|who|why)\s+(?P<part>(?:in|at|on|for|during|near|about)\s+.*)",
    re.IGNORECASE,
)
_PERSONAL = frozenset("he him she her they them".split())
_MOST_WORDS = 10
_LONGEST_PREPOSITION = len("before ")


def part(leaning: Leaning) -> str | None:
    """The last question with the part in its place; None where it is no part, or has no place."""
    text, frame = leaning.text, leaning.frame
    announced = WHAT_ABOUT.match(text)
    named = text[announced.end() :] if announced else text
    same = _SAME_WORD.fullmatch(text)
    if same and frame.text.lower().startswith(same["word"].lower()) and not re.search(rf"\b{AUX}\b", same["part"]):
        named, announced = same["part"], same
    named = named.rstrip("?!. ")
    if not named or len(named.split()) > _MOST_WORDS or (not announced and WHOLE.match(named)):
        return None
    if named.lower() in _PERSONAL:
        person = leaning.person(named, frame.names(frame.asked))
        return replaced(frame, person, leaning.voices) if person else None
    if not (leaning.joined or announced):
        is_date = any(len(one.span) >= len(named) - _LONGEST_PREPOSITION for one in dates(named))
        alone = is_date or names_in(named, leaning.voices) == [named]
        if not alone or not text.endswith("?"):
            return None
    return replaced(frame, named, leaning.voices)
