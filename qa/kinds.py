"""Kinds of fact: what a question asks for, and whether a sentence holds one of that kind.

By form alone: a sentence that holds a sum of money may answer "How much did it cost?", one that
holds none can't. A fact that the question states itself does not count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from functools import lru_cache
from typing import Literal

from index.text import facts
from index.text.money import CURRENCY
from index.text.names import is_institution
from index.text.numbers import numbers
from qa.gate.words import content_stems
from qa.matching import stems

Asks = Literal[
    "number", "money", "share", "age", "distance", "duration", "rank",
    "moment", "person", "place", "reason", "name", "which", "whether", "what",
]  # fmt: skip

_PERSON = r"(?:\w+ )?(?:official|person|speaker|secretary|advis[eo]r|doctor|senator|member|reporter)"
_COST = r"(?:cost|costs|paid|pay|pays|spend|spends|spent|worth|invest\w*|rais\w+|fund\w*|money)"
_COUNT = "share|fraction|percent(?:age)?|portion|proportion|number|amount|sum|total|rate|price|cost|size|count|figure"
_AUX = "did|does|do|is|was|were|are|has|have|had|will|would|can|could|should|may|might|must"

_WORDINGS: tuple[tuple[Asks, str], ...] = (
    ("age", r"\bhow old\b"),
    ("distance", r"\bhow (?:far|tall)\b"),
    ("duration", r"\bhow long\b"),
    ("share", r"\b(?:what|which) (?:was |is )?(?:the )?(?:share|fraction|percent\w*|proportion)\b|\bhow large a\b"),
    ("rank", r"\b(?:what|which) (?:place|rank)\b"),
    (
        "money",
        rf"\bhow much\b.*\b{_COST}\b|\bhow expensive\b|^\W*what (?:{_AUX})\b.* cost\b"
        r"|\b(?:what|which) (?:(?!did|does|has|had|do)\w+ )?price\b",
    ),
    (
        "number",
        r"\bhow (?:many|much|large|big|high|deep|wide|low|fast|few|often|heavy)\b"
        rf"|\b(?:what|which) (?:was |is |were |are )?(?:the )?(?:\w+ )?(?:{_COUNT})\b|\bat what (?:rate|price|cost)\b",
    ),
    ("moment", r"\bwhen\b|\b(?:what|which) (?:date|day|month|year|time|week)\b"),
    ("person", rf"\b(?:who|whom|whose)\b|\bwhich {_PERSON}\b"),
    ("place", r"\bwhere\b|\b(?:what|which) (?:city|town|country|state|county)\b"),
    ("reason", r"\bwhy\b|\b(?:for what|what) (?:reason|caused|led)\b|\bhow come\b"),
    ("name", r"\bwhat\b.*\b(?:called|named)\b|\bwhat\b.*\bname\b"),
    ("which", rf"\b(?:which|what) (?!(?:{_AUX})\b|happen)[a-z]"),
    ("whether", rf"^\W*(?:{_AUX}|any)\b"),
)
_NOT_COUNTED = rf"{_AUX}|of|in|on|at|for|with|over|under|from|by|to|about|as|than|that|who"
_HOW_MANY = re.compile(rf"\bhow many (?P<counted>(?:(?!(?:{_NOT_COUNTED})\b)[\w-]+ ?){{1,4}})", re.IGNORECASE)
_DONE = re.compile(r"\W*(?:did|has|have|had|was|were)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|whether)\b.*?(?=,|[.;:!?—]|$)", re.IGNORECASE | re.MULTILINE)
_KINDS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WORDINGS)


def asked_kind(question: str) -> Asks:
    """The kind whose words come first; "what" where none does."""
    found = [(match.start(), at) for at, (_, pattern) in enumerate(_KINDS) if (match := pattern.search(question))]
    return _KINDS[min(found)[1]][0] if found else "what"


def holds(asks: Asks, text: str, question: str) -> bool | None:
    """Whether `text` holds a fact of the kind that the question does not state itself; None where any text does."""
    if asks == "whether":
        return False if _DONE.match(question) and _only_if(text, question) else None
    finder = _FINDERS.get(asks)
    return None if finder is None else finder(text, _stated(question))


@lru_cache(maxsize=32)  # a question is held against all that may answer it
def _stated(question: str) -> frozenset[str]:
    return stems(question)


def to_count(question: str) -> frozenset[str]:
    """The stems of what a question asks the number of: "how many *vaccine doses* did …"; empty where it asks none."""
    found = _HOW_MANY.search(question)
    return content_stems(found["counted"]) if found else frozenset()


def counts(what: Set[str], text: str) -> bool:
    """Whether a number of `text` counts one of `what`, which are stems."""
    return any(not content_stems(" ".join(one.counted)).isdisjoint(what) for one in numbers(text))


def _only_if(text: str, question: str) -> bool:
    """Whether any of what `text` has of `question` stands behind an "if" alone: "if you test positive"."""
    without = _CONDITION.sub(" ", text)
    if without == text:
        return False
    return not content_stems(question) & content_stems(text) <= content_stems(without)


def _new(kind: facts.Kind, text: str, given: Set[str]) -> list[str]:
    found = (text[span.start : span.end] for span in facts.spans(kind, text))
    return [one for one in found if not stems(one) <= given]


def _figure(unit: str | None = None) -> Callable[[str, Set[str]], bool]:
    """Finds a new figure, of `unit` if given: the unit stands just before it or soon after."""
    measured = re.compile(unit, re.IGNORECASE) if unit else None

    def found(text: str, given: Set[str]) -> bool:
        return any(
            not stems(text[span.start : span.end]) <= given
            and (measured is None or measured.search(text, max(0, span.start - 4), span.end + _UNIT_WITHIN) is not None)
            for span in facts.spans("figure", text)
        )

    return found


_UNIT_WITHIN = 24
"""Characters after a figure within which its unit stands."""


def _rank(text: str, given: Set[str]) -> bool:
    return any(not stems(found.group()) <= given for found in _ORDINAL.finditer(text))


def _moment(text: str, given: Set[str]) -> bool:
    return any(not _VAGUE.fullmatch(one) for one in _new("moment", text, given))


def _person(text: str, given: Set[str]) -> bool:
    """A title and a name, or two to four words with capitals that are no institution's."""
    if any(not stems(found["name"]) <= given for found in _TITLED.finditer(text)):
        return True
    named = (text[span.start : span.end] for span in facts.spans("name", text))
    return any(
        2 <= len(one.split()) <= 4 and not is_institution(one) and not stems(one) & given for one in named
    )


def _place(text: str, given: Set[str]) -> bool:
    return bool(_new("place", text, given) or _new("name", text, given))


def _named(text: str, given: Set[str]) -> list[str]:
    """New names anywhere but at the beginning, where every word has a capital."""
    found = (text[span.start : span.end] for span in facts.spans("name", text) if span.start > 0)
    return [one for one in found if not stems(one) <= given]


def _name(text: str, given: Set[str]) -> bool:
    return bool(_named(text, given)) and bool(_NAMING.search(text))


def _which(text: str, given: Set[str]) -> bool:
    return bool(_named(text, given) or _new("figure", text, given))


def _reason(text: str, _given: Set[str]) -> bool:
    return bool(_REASON.search(text))


_FINDERS: dict[Asks, Callable[[str, Set[str]], bool]] = {
    "number": _figure(),
    "money": _figure(rf"{CURRENCY.pattern}|percent"),
    "share": _figure(r"%|percent|per cent|half|third|quarter|fifth|tenth|out of|one in|majority|\d of\b|double|most"),
    "age": _figure(r"years? old|\bage[ds]?\b|birthday|\bborn\b"),
    "distance": _figure(r"\bmiles?\b|kilomet|\bf(?:ee|oo)t\b|\bmet(?:er|re)s?\b|light[- ]year|\byards?\b|\bkm\b|block"),
    "duration": _figure(r"\b(?:second|minute|hour|day|night|week|month|year|decade)s?\b"),
    "rank": _rank,
    "moment": _moment,
    "person": _person,
    "place": _place,
    "name": _name,
    "which": _which,
    "reason": _reason,
}
_ORDINAL = re.compile(
    r"\b\d+(?:st|nd|rd|th)\b|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.IGNORECASE
)
_VAGUE = re.compile(
    r"(?:right )?now|soon|immediately|tonight|this (?:morning|afternoon|evening)|that (?:day|time)", re.IGNORECASE
)
_NAMING = re.compile(r"\b(?:called|named?s?|known as|dubbed)\b", re.IGNORECASE)
_TITLED = re.compile(
    r"\b(?:Secretar(?:y|ies)|Dr\.|Mrs?\.|Ms\.|Senators?|Sen\.|Congress(?:man|woman)|Rep\.|President|Prime Minister|"
    r"Governor|Mayor|General|Justice|Judge|Director|Administrator|Ambassador|Chair|Commissioner|Chancellor|King|Queen|"
    r"Pope|Officer|Professor|Councill?or|Captain)\s+(?P<name>[A-ZÀ-Þ][\w’'-]+)"
)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|that['’]s why|which is why|reasons?|caused?|driven by|in order to|"
    r"so (?:that|we|they|it)|since|out of (?:an )?abundance|impact of|thanks to|given|in honou?r of|in light of|"
    r"in response|want(?:s|ed)? to|needs? to|to (?:make sure|ensure|allow|give|protect|prevent|help)|for)\b",
    re.IGNORECASE,
)
