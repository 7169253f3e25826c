"""Bearing: what a drafted sentence speaks of is spoken of in what it cites.

In: the sentence and its evidence. Out: a fault, or None. A floor and no proof: so much of the
content words, in any form or near synonym, stands in the cited words, and no clause is wholly
foreign to them; nor is a direction turned round ("more" for "less"). Names, figures and dates are
other rules'; whether the whole is *meant* there, only an entailment model can tell.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.directions import directions
from index.text.mentions import mentions, words_of
from index.text.names import is_title
from index.text.numbers import numbers
from index.text.reporting import SAYING, attributions
from qa.gate.evidence import Evidence
from qa.gate.fault import Fault
from qa.gate.kin import kin
from qa.gate.verbatim import is_verbatim, without_asides
from qa.gate.words import is_content, stem

_FLOOR = 0.4
"""The least share of the content words that must stand in what is cited, from two on. Over the drafts of
eval/drafts/seen.jsonl careful paraphrases have 0.4 and more (four in five: over 0.6), swapped citations mostly under
0.3."""

_FEWEST = 2
"""Content words of a clause, all foreign, from which it is an addition; of a cause and its effect one will do, and of
a sentence that has no other."""

_BESIDE_FIGURES = 3
"""Foreign words that a clause may have whose figures stand in what is cited (they have been held against it before)."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CLAUSE = re.compile(
    r"[,;:—–]\s+|\s-\s|\s(?=(?:because|although|though|while|whereas|despite|so that|in order to|after|before|unless|"
    r"since|and|but|which|who)\s)"
)
_SOURCE = re.compile(
    r"\s*(?:as|in|by|from|on)\s+(?:the\s+)?(?:[\w.’'-]+\s+){0,3}?[\w.-]+(?:['’]s?|\s+own)\s+(?:own\s+)?"
    r"(?:numbers?|figures?|data|enumeration|list|count|reckoning|tally|summary|breakdown|description|phrase)"
    r"(?:\s+(?:shows?|showed|indicated?|indicates|suggest(?:s|ed)?|ha(?:s|ve|d)\s+it))?\W*",
    re.IGNORECASE,
)
"""A clause that names only the source: "as Zients's numbers show"."""
_CAUSE = re.compile(r"(?:mainly|largely|partly|only|and)?\s*(?:because|since)\b")


def fault(text: str, evidence: Evidence) -> Fault | None:
    """What of `text` is foreign to `evidence`, or turned round."""
    if is_verbatim(text, evidence):
        return None
    text = without_asides(text)  # what a quotation takes of them has been held against the record
    held = _held_by(evidence)
    clauses = [(clause, [(word, _stands(word, held)) for word in words]) for clause, words in _clauses(text)]
    standing = dict(word for _, words in clauses for word in words)
    borne = sum(standing.values())
    if len(standing) >= _FEWEST and borne < _FLOOR * len(standing):
        beside = _named_in(text, evidence) + len(numbers(text))
        if borne + beside < _FLOOR * (len(standing) + beside) or not borne + beside:
            return Fault("not_entailed", "the cited words speak of something else")
    for (clause, words), (following, _) in zip(clauses, [*clauses[1:], ("", [])]):
        telling = len(standing) == 1 or _CAUSE.match(clause) or _CAUSE.match(following)
        fewest = 1 if telling else _FEWEST
        if len(words) < fewest or any(stands for _, stands in words):
            continue
        if len(words) > _BESIDE_FIGURES or not numbers(clause):
            return Fault("not_entailed", f"the cited words do not speak of “{clause}”")
    return _turned_round(text, evidence)


def share(text: str, evidence: Evidence) -> float:
    """How much of the content of `text` stands in `evidence`, from 0 to 1; all of names and figures."""
    held = _held_by(evidence)
    words = {word for _, words in _clauses(text) for word in words}
    return sum(_stands(word, held) for word in words) / len(words) if words else 1.0


def _named_in(text: str, evidence: Evidence) -> int:
    """How many words of the names in `text`, those of whoever says it apart, stand in the cited words."""
    spoken = frozenset().union(*(_spoken(one) for one in evidence.texts))
    by = [one.span for one in attributions(text)]
    named = {
        word.folded
        for one in mentions(text)
        if not any(span.overlaps(one.span) for span in by)
        for word in one.words
        if not is_title(word.text)
    }
    return len(named & spoken)


@lru_cache(maxsize=2_000)
def _spoken(text: str) -> frozenset[str]:
    return frozenset(word.folded for word in words_of(text))


def _held_by(evidence: Evidence) -> frozenset[str]:
    return frozenset().union(*(_held(one) for one in evidence.texts))


@lru_cache(maxsize=2_000)
def _clauses(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The clauses of `text`, each with its content words."""
    content = _content(text)
    at, found = 0, []
    for start, end in [*(match.span() for match in _CLAUSE.finditer(text)), (len(text), len(text))]:
        words = dict.fromkeys(word for word, begins in content if at <= begins < start)
        if _SOURCE.fullmatch(text, at, start):
            words = {}
        found.append((text[at:start].strip(), tuple(words)))
        at = end
    return tuple(found)


def _turned_round(text: str, evidence: Evidence) -> Fault | None:
    """A direction that `text` gives and the record gives the other way only."""
    said, record = directions(text), [directions(one) for one in evidence.texts]
    sides = frozenset().union(*(one.sides for one in record))
    for pair, side in said.sides:
        if (pair, 1 - side) in sides and (pair, side) not in sides and (pair, 1 - side) not in said.sides:
            return Fault("not_entailed", "the cited words give the opposite direction")
    before = frozenset().union(*(one.before for one in record))
    for pair, side, word in said.before:
        if (pair, 1 - side, word) in before and (pair, side, word) not in before:
            return Fault("not_entailed", f"before “{word}” the cited words have the opposite")
    return None


def _content(text: str) -> list[tuple[str, int]]:
    """The content words of `text`, small, and where each stands; no names, no words about who says it."""
    spans = [one.span for one in mentions(text)] + [one.span for one in attributions(text)]
    apart = {at for span in spans for at in range(span.start, span.end)}
    found = []
    for match in _WORD.finditer(text):
        word, start = match.group().lower().replace("’", "'").removesuffix("'s"), match.start()
        if word in _NO_CONTENT or not is_content(word) or "³" in word or "²" in word:
            continue
        if start not in apart:
            found.append((word, start))
    return found


_REPORTING = frozenset(
    """
    held according record transcript statement reporters reporter spoke spoken words account briefing announced reported
    way ways
    """.split()
)
_OF_MEASURE = frozenset(
    """
    bn mn tn day days week weeks month months year years time times hour hours minute minutes plus minus million
    billion trillion thousand hundred percent half third quarter dozen two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
    seventy eighty ninety following roughly approximately previous earlier ago
    """.split()
)
"""Words of figures and dates, which have rules of their own."""
_NO_CONTENT = SAYING | _REPORTING | _OF_MEASURE


@lru_cache(maxsize=2_000)
def _held(text: str) -> frozenset[str]:
    words = _WORD.findall(without_asides(text))
    parts = (part for word in words if "-" in word for part in word.split("-"))
    return frozenset(map(stem, (*words, *parts)))


def _stands(word: str, held: frozenset[str]) -> bool:
    stemmed = stem(word)
    if not kin(stemmed).isdisjoint(held):
        return True
    beginning = stemmed[:4]
    if any(other.startswith(beginning) and _is_kin(stemmed, other) for other in held):
        return True
    return "-" in word and any(stem(part) in held for part in word.split("-"))


@lru_cache(maxsize=10_000)
def _is_kin(one: str, other: str) -> bool:
    """Whether two stems are of one word: "inform" and "information"."""
    short, long = sorted((one.translate(_SOUNDS), other.translate(_SOUNDS)), key=len)
    shared = next((at for at, (a, b) in enumerate(zip(short, long)) if a != b), len(short))
    if shared == len(short) - 1 >= 4 and {short[-1], long[shared]} <= _CHANGING and len(long) - shared <= 4:
        return True
    return 5 <= shared >= 0.6 * len(long) or (4 <= shared == len(short) and len(long) - shared <= 3)


_SOUNDS = str.maketrans("kq", "cc")
"""Letters that stand for one sound in a verb and its noun: "invoke" and "invocation"."""
_CHANGING = frozenset("dst")
"""Last letters that change in a verb's noun: "decide" and "decision"."""
