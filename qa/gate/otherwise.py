"""Negations put otherwise: a record without a negation may say what a draft negates.

In: a draft with the place of a negation, and the cited words. Out: whether they say as much: "no leader had
ever before" of "the first time", "not reached since July" of "the highest since July", "not as safe" of
"less safe", "nobody else" of "only"; and whether they deny what it says is "only about", or done "before", or
negate once what it negates twice ("unknown to nobody").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.gate.words import content_stems, stem

_NEAR = r"[^.;:!?]{0,60}?\b"
_MOST = (
    r"\b(?:(?!\w*(?:request|interest|invest|protest|forest|honest|latest|contest|suggest|harvest|arrest|west)\b)\w{3,}est"
    r"|most|best|worst|least|record|first)\b"
)
_PAIRS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(draft, re.I), re.compile(record, re.I))
    for draft, record in (
        (
            rf"\S+{_NEAR}(?:before|previously|until\s+now|ever)\b",
            r"\bfirst[\s-](?:time|ever)\b|\bfirst\s+\w+\s+ever\b|\bnever\s+before\b|\bunprecedented\b",
        ),
        (rf"\S+{_NEAR}since\b", rf"{_MOST}{_NEAR}since\b"),
        (
            rf"\S+{_NEAR}(?:in|for)\s+(?:\w+\s+)?(?:years|decades)\b",
            rf"{_MOST}{_NEAR}in\s+(?:\w+\s+)?(?:years|decades)\b",
        ),
        (
            r"(?:without|no)\s+(?:an?\s+)?(?:equal|parallel|precedent|peer|rival)\b",
            rf"{_MOST}(?:-|{_NEAR})(?:ever|on\s+record|in\s+history)\b|\b(?:unprecedented|unparalleled|unmatched)\b",
        ),
        (
            r"(?:nobody|no[\s-]?one|nothing|none)\s+(?:else|but|except)\b|no\s+others?\b",
            r"\b(?:only|solely|exclusively)\b",
        ),
        (r"(?:hardly|scarcely|barely)\b", r"\b(?:hard|difficult|tough)\s+to\b"),
        (r"lack\w*\b", r"\b(?:gap|shortage|shortfall|deficit|short(?=\s+(?:of|on))|insufficient|scarce|scarcity)\b"),
        (
            r"no\s+(?:\w{2,}er|more)\s+than\b",
            r"\b(?:held|limit\w*|cap|caps|capped|at\s+most|maximum|up\s+to|restrict\w*|within)\b",
        ),
        (r"without\b", r"\bout\s+of\b(?!\s+(?:the|an?|this|these|that|[A-Z\d])\b)"),
        (
            r"\S+\s+(?:yet\s+)?(?:turned|reached)\s+(?:the\s+age\s+of\s+)?(?:[0-9]|one|t|f|s|eight|nine|eleven)",
            r"\b(?:under|younger\s+than|below|less\s+than|before)\b",
        ),
    )
)
"""What stands in a draft from its negation on, and what in the record says so."""
_NOT_AS = re.compile(r"\S+\s+(?:\w+ly\s+)?(?:quite\s+)?(?:as|so)\s+(?P<how>[a-z]+)", re.I)
_LESS = re.compile(r"\bless\s+(?P<how>[a-z]+)|\b(?P<more>[a-z]{2,}er|worse)\b[^.;:!?]{0,40}?\bthan\b", re.I)


def says_so(text: str, at: int, record: Sequence[str]) -> bool:
    """Whether `record` says, without a negation, what the negation that stands at `at` in `text` says."""
    about = content_stems(text)
    near = [one for one in record if len(about & content_stems(one)) > 1]
    if any(draft.match(text, at) and any(said.search(one) for one in near) for draft, said in _PAIRS):
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
    return more not in ("rather", "other") and stem(more) != how and more[:3] != how[:3]


_LIMITED = re.compile(r"\b(?:just|only|merely|simply|solely)\s+about\b", re.I)
_NOT_LIMITED = re.compile(r"(?:\bnot\b|n['’]t\b)[^.,;:!?]{0,40}?\b(?:just|only|merely|simply|solely)\s+about\b", re.I)


def limits(text: str, record: Sequence[str]) -> str | None:
    """What `text` says something is "only about", which `record` says it is not only about."""
    found = _LIMITED.search(text)
    if found is None or _NOT_LIMITED.search(text):
        return None
    about = content_stems(text[found.end() :])
    turned = any(not about.isdisjoint(content_stems(one)) for one in record if _NOT_LIMITED.search(one))
    return found.group() if turned else None


_DOUBLED = re.compile(
    r"\b(?:un(?!(?:der|it|ion|iq|iv|if|til))[a-z]{3,}|i[nmrl](?!agin)[a-z]+[ai]ble|irrelevant|illegal|indifferent)"
    r"\s+(?:to|by|for|from|with)\s+(?:nobody|no[\s-]?one|none)\b",
    re.I,
)
"""Not so what only begins like a negation: "understood by nobody", "invited by no one"."""


def doubles(text: str, record: Sequence[str]) -> str | None:
    """What `text` negates twice ("unknown to nobody") and so affirms, where `record` has no such words."""
    found = _DOUBLED.search(text)
    return found.group() if found and not any(_DOUBLED.search(one) for one in record) else None


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
    about = content_stems(text)
    first = any(_FIRST_TIME.search(one) and len(about & content_stems(one)) > 1 for one in record)
    return found.group().strip() if first and content_stems(found["what"]) else None


_NOT_UNTIL = re.compile(r"(?:\b(?:not|never)\b|n['’]t\b|\bno\b)[^.;:!?]{0,80}?\b(?:until|till|before)\b", re.I)
_SOONER = re.compile(r"\b(?:before|prior to|ahead of)\b", re.I)
_LATER = re.compile(r"\b(?:only|once|after|until|till|when|wait\w*)\b", re.I)


def is_sooner(text: str, record: Sequence[str]) -> bool:
    """Whether `text` has something done before what `record` has it wait for: "not until" is no "before"."""
    if _SOONER.search(text) is None or _LATER.search(text) or _NEVER.search(text):
        return False
    about = content_stems(text)
    return any(_NOT_UNTIL.search(one) and 2 * len(about & content_stems(one)) >= len(about) for one in record)
