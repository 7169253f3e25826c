"""Checked: the verdicts on a text that somebody wrote, as users and programs see them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from index.text.difference import Run
from qa.answer import Citation

Judgement = Literal["held", "altered", "misattributed", "not_found", "not_checked"]


class Checked(Struct, frozen=True, kw_only=True):
    """A quotation or a sentence of the text given, at `start_char` to `end_char` of it, and the verdict on it.

    `citations`: what bears it out; the true words of an altered quotation; who really said a
    misattributed one; what comes nearest to a sentence that differs in a number, a date or a name.
    `difference`: of an altered quotation against the true words, run by run. `otherwise`: the words cited say the
    same but for a number, a date or a negation. `fault`: of a sentence that is not held beside the words cited, why,
    where `detail` tells of them too.
    """

    kind: Literal["quotation", "sentence"]
    text: str
    start_char: int
    end_char: int
    verdict: Judgement
    detail: str
    difference: tuple[Run, ...] | None = None
    citations: tuple[Citation, ...] = ()
    otherwise: bool = False
    fault: str | None = None


class Checks(Struct, frozen=True):
    """The verdicts in the order of the text."""

    sentences: tuple[Checked, ...]
