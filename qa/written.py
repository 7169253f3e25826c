"""Written: a sentence that somebody wrote, by itself: whose words it gives, whether it says enough to be checked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.language import is_english
from index.text.quoted import Quotation
from index.text.reporting import PRONOUNS, Attribution, attributions
from index.text.sentences import is_question
from qa.gate.leaning import leans
from qa.gate.words import content_stems


def words_around(written: str, quotations: Sequence[Quotation]) -> int:
    """Words of a sentence outside of these of its quotations."""
    outside = list(written)
    for quotation in quotations:
        outside[quotation.span.start : quotation.span.end] = " " * len(quotation.span)
    return len(_WORD.findall("".join(outside)))


def sayer(written: str) -> Attribution | None:
    """Whom a sentence has say what it tells, where it names them."""
    return next((one for one in attributions(written) if one.outer and one.who.lower() not in PRONOUNS), None)


def without(written: str, who: Attribution) -> str:
    """A sentence without `who` says it."""
    return f"{written[: who.span.start]} {written[who.span.end :]}"


def not_checked(written: str) -> str | None:
    """Why a sentence without quotations is not held against the record; None where it is."""
    if is_question(written):
        return "a question says nothing that could be held against the record"
    if not is_english(written):
        return "in this language only quotations are checked"
    if len(_WORD.findall(written)) < _FEWEST_WORDS:
        return "too short to be held against the record"
    if leans(written) and len(content_stems(written)) < _FEWEST_LEANING:
        return "it leans on the sentence before it, and says too little by itself"
    return None


_FEWEST_WORDS = 3
_FEWEST_LEANING = 3
"""Words that carry meaning in a sentence about "it" or "them", without which anything may bear it out."""
_WORD = re.compile(r"\w+")
