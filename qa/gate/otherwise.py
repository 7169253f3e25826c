"""Negations put otherwise: a record without a negation may say what a draft negates.

In: a draft with the place of a negation, and the cited words. Out: whether they say as much: "no leader had
ever before" of "the first time", "not reached since July" of "the highest since July", "not as safe" of
"less safe", "nobody else" of "only".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.gate.words import content_stems, stem

_NEAR = r"[^.;:!?]{0,60}?\b"
_FIRST = re.compile(
    r"\b(?:first[\s-](?:time|ever)|for\s+the\s+first|first\s+\w+\s+ever|never\s+before|unprecedented|record)\b", re.I
)
_MOST = r"\b(?:\w{3,}est|most|best|worst|least|record|first)\b"
_PAIRS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(draft, re.I), record if isinstance(record, re.Pattern) else re.compile(record, re.I))
    for draft, record in (
        (rf"\S+{_NEAR}(?:before|previously|until\s+now|ever|yet)\b", _FIRST),
        (rf"\S+{_NEAR}(?:since|for\s+(?:\w+\s+)?(?:years|decades|months|weeks))\b", rf"{_MOST}{_NEAR}(?:since|in)\b"),
        (
            r"without\s+(?:an?\s+)?(?:equal|parallel|precedent|peer|rival)\b|no\s+(?:equal|parallel|precedent|peer|rival)\b",
            rf"{_MOST}(?:-|{_NEAR})(?:ever|on\s+record|in\s+history)\b|\b(?:unprecedented|unparalleled|unmatched|unequall?ed)\b",
        ),
        (
            r"(?:nobody|no[\s-]?one|nothing|none|no\s+\w+)\s+(?:else|other)\b|no\s+other\b",
            r"\b(?:only|solely|just|alone|exclusively|sole)\b",
        ),
        (r"\S+\s+(?:yet\s+)?(?:turned|reached|come\s+to)\b", r"\b(?:under|younger|below|less|before|short)\b"),
    )
)
_NOT_AS = re.compile(r"\S+\s+(?:\w+ly\s+)?(?:quite\s+)?(?:as|so)\s+(?P<how>[a-z]+)", re.I)
_LESS = re.compile(r"\b(?:less|lower|fewer)\s+(?P<how>[a-z]+)|\b(?P<more>[a-z]{2,}er|worse)\b(?!-)", re.I)


def says_so(text: str, at: int, record: Sequence[str]) -> bool:
    """Whether `record` says, without a negation, what the negation that stands at `at` in `text` says."""
    if any(draft.match(text, at) and any(said.search(one) for one in record) for draft, said in _PAIRS):
        return True
    not_as = _NOT_AS.match(text, at)
    if not_as is None:
        return False
    how = stem(not_as["how"])
    return any(_is_less(found, how) for one in record for found in _LESS.finditer(one))


def _is_less(found: re.Match[str], how: str) -> bool:
    """Whether it compares the other way: "less safe", or "slower" of what is not as fast; not "faster"."""
    if found["how"]:
        return stem(found["how"]) == how
    more = found["more"].lower()
    return more not in _NO_COMPARATIVES and stem(more) != how and more[:3] != how[:3]


_NO_COMPARATIVES = frozenset(
    """
    after ever never other over under rather whether together either neither former latter later number member
    minister order power water letter matter officer paper center river winter summer september october november
    december however another father mother brother sister leader speaker computer offer consider remember per her
    water user worker
    """.split()
)
_BEFORE = re.compile(
    r"\b(?:has|have|had)\b(?P<what>[^.,;:!?]*?)\b(?:before|previously|earlier)\b(?=\s*(?:[.,;:!?]|\Z))", re.I
)
_NEVER = re.compile(r"\b(?:never|not|no|nobody|none|first)\b|n['’]t\b", re.I)
_FIRST_TIME = re.compile(r"\b(?:first\s+time|never\s+before)\b", re.I)


def done_before(text: str, record: Sequence[str]) -> str | None:
    """What `text` says was done before and `record` calls the first time."""
    found = _BEFORE.search(text)
    if found is None or _NEVER.search(text):
        return None
    what = content_stems(found["what"])
    if any(_FIRST_TIME.search(one) and content_stems(text) & content_stems(one) for one in record) and what:
        return found.group().strip()
    return None
