"""Numbers: every number and amount of a drafted sentence stands in the words it cites.

Any spelling and exact conversion counts, no rounding, no sum, no complement. What is said of the number
counts too: 70 percent is no 70 people, "more than 70" no "nearly 70", and where the record counts the
draft's noun with another number and the draft's number belongs to another noun, they were swapped; so were
two figures of which each is told of what the other is of (`exchanged.py`).
Digits of a date bear out no number, and are none in a draft: dates have a rule of their own.

"One" and "first" more often structure a sentence than count: they are faulted only where the record counts
the same thing otherwise. "Both" states no number of its own, yet bears out "two"; "a" bears out "one".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from index.text.dated import Dated
from index.text.dates import dates
from index.text.hedges import hedge_holds
from index.text.number import COUNT, ORDINAL, Number, same_value
from index.text.numbers import numbers, singular
from index.text.polarity import Polar, polarity
from index.text.units import AGE, SHARE, TIMES, Unit, unit_at
from index.transcript import Span
from qa.gate.evidence import Evidence
from qa.gate.exchanged import Fact, clause_of, exchanged, names_around
from qa.gate.fault import Fault
from qa.gate.words import stem


def fault(text: str, evidence: Evidence) -> Fault | None:
    """The first number of `text` that nothing cited bears out; `number_not_in_source`."""
    stated = figures(_without_voices(text, evidence))
    if not stated:
        return None
    found = [one for words in evidence.texts for one in (*figures(words), *_uncertain(words))]
    stated = tuple(_in_currency(one, text, found) for one in stated)
    for one in stated:
        if _quoted(text, one.span) and not one.hedge:
            held = any(_same(one, other, stated, found) for other in found) or _unsaid(one, evidence)
        else:
            held = (
                _held(one, stated, found, evidence)
                or _counts_list(text, one)
                or _are_people(text, one, found, evidence)
                or _is_told_apart(one, evidence)
            )
        if not held:
            words = text[one.span.start : one.span.end]
            return Fault("number_not_in_source", f"“{_hedged(words, one)}” is not in the record there")
    span = _exchanged(text, stated, evidence) or _of_others(text, stated, evidence)
    if span is not None:
        words = text[span.start : span.end]
        return Fault("number_not_in_source", f"“{words}” is said of something else in the cited words")
    return None


def _of_others(text: str, stated: Sequence[Number], evidence: Evidence) -> Span | None:
    """A figure that the record gives to others: to what it says is not what `text` counts, or, of several figures of
    one kind, beside another name than the one that `text` has."""
    for one in stated:
        if _counts_what_is_denied(text, one, evidence) or _is_of_another_name(text, one, stated, evidence):
            return one.span
    return None


def _counts_what_is_denied(text: str, one: Number, evidence: Evidence) -> bool:
    """Whether the record has what it counts only under a negation: "117,000, who are not American citizens"."""
    if one.unit != COUNT or one.value == 0:
        return False
    record = [word for words in evidence.texts for word in polarity(words).words]
    return any(_is_denied(word, record) and not _is_denied(word, polarity(text).words) for word in one.counted)


def _is_denied(counted: str, words: Sequence[Polar]) -> bool:
    there = [word for word in words if stem(word.text) == stem(counted)]
    return bool(there) and all(word.negated and not word.either for word in there)


def _is_of_another_name(text: str, one: Number, stated: Sequence[Number], evidence: Evidence) -> bool:
    """Whether a name in the clause of `one` stands in the record only beside other figures of its kind, while another
    name stands beside it there."""
    if one.bare or sum(other.unit == one.unit for other in stated) > 1:
        return False  # of several which is whose is asked of all together
    named = names_around(text, one.span)
    for words in evidence.texts:
        found = figures(words)
        alike = [other for other in found if other.unit == one.unit]
        same = [other for other in alike if _same(one, other, stated, found)]
        if len(alike) < 2 or not same or not named:
            continue
        own = frozenset().union(*(clause_of(words, other.span) for other in same))
        others = frozenset().union(*(clause_of(words, other.span) for other in alike if other not in same))
        return bool(named & others - own)
    return False


def _exchanged(text: str, stated: Sequence[Number], evidence: Evidence) -> Span | None:
    if len(stated) < 2:
        return None
    record = []
    for words in evidence.texts:
        found = figures(words)
        facts = [
            Fact(other.span, frozenset(at for at, one in enumerate(stated) if _same(one, other, stated, found)))
            for other in found
        ]
        record.append((words, facts))
    kinds = ["" if one.bare else one.unit.measure for one in stated]
    return exchanged(text, [one.span for one in stated], kinds, record)


def _hedged(words: str, one: Number) -> str:
    hedge = {
        "over": "more than ",
        "under": "less than ",
        "least": "at least ",
        "most": "at most ",
        "nearly": "nearly ",
        "about": "about ",
    }
    return hedge.get(one.hedge, "") + words


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Number, ...]:
    """The numbers of `text` that are not of a date; an amount of time ("two weeks ago") is both."""
    found = numbers(text)
    if not found:
        return ()
    taken = [one.span for one in dates(text) if not one.lapse]
    return tuple(one for one in found if not any(span.overlaps(one.span) for span in taken))


@lru_cache(maxsize=4096)
def _uncertain(text: str) -> tuple[Number, ...]:
    """Years that may be counts, since they count something: "1900 homes"."""
    years = [one.span for one in dates(text) if one == Dated(span=one.span, year=one.year, meant=one.meant)]
    return tuple(one for one in numbers(text) if one.counted and one.unit == COUNT and one.span in years)


def _without_voices(text: str, evidence: Evidence) -> str:
    """`text` with the labels of those cited blotted out: "Speaker 2" is a name."""
    for stretch in evidence.stretches:
        for voice in (stretch.label, stretch.name):
            if voice and any(c.isdigit() for c in voice):
                text = re.sub(rf"(?<!\w){re.escape(voice)}(?!\w)", lambda found: "x" * len(found.group()), text)
    return text


_QUOTATION = re.compile(r"[\"“][^\"“”]*[\"”]")


def _quoted(text: str, span: Span) -> bool:
    """Whether it stands in quotation marks, so that a hedge before it may be outside."""
    return any(found.start() < span.start and span.end < found.end() for found in _QUOTATION.finditer(text))


def _held(one: Number, stated: Sequence[Number], found: Sequence[Number], evidence: Evidence) -> bool:
    same = [other for other in found if _same(one, other, stated, found) and _hedge_holds(one, other, evidence)]
    if same:
        return not _swapped(one, same, found)
    if one.weak:
        return not any(_rivals(one, other) for other in found)
    return _unsaid(one, evidence)


_LIST = re.compile(
    r"[^:.;!?–—]{0,80}(?::\s+(?P<items>.+)|\s+[–—]\s+(?P<inside>[^–—]+?)(?:\s+[–—]|[.!?]\s*\Z|\Z))", re.DOTALL
)
_COMMAS = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+", re.IGNORECASE)


def _counts_list(text: str, one: Number) -> bool:
    """Whether it says how many things the sentence itself goes on to list: "Three governments: …; …; and …"."""
    if one.unit != COUNT or one.hedge or not 2 <= one.value <= 12:
        return False
    listed = _LIST.match(text, one.span.end)
    if listed is None:
        return False
    items = listed["items"] or listed["inside"]
    parts = items.split(";")
    return one.value == len(parts if len(parts) > 1 else _COMMAS.split(items))


_OF_THE = re.compile(r"\s+of\s+(?:(?:the|those|these|our|their|all)\s+)?", re.IGNORECASE)


def _is_told_apart(one: Number, evidence: Evidence) -> bool:
    """Whether "four out of six" is told as "four of the six"."""
    if one.of is None or one.hedge:
        return False
    return any(
        part.value == one.value * one.of
        and whole.value == one.of
        and part.unit == whole.unit == COUNT
        and hedge_holds("", part.hedge)
        and _OF_THE.fullmatch(words, part.span.end, whole.span.start)
        for words in evidence.texts
        for part, whole in pairwise(figures(words))
    )


_THE = re.compile(r"(?:\A|[^\w-])the\s+\Z", re.IGNORECASE)
_DO = re.compile(
    r"\s+(?:(?:also|both|then|now|still)\s+)?(?:would|will|could|can|may|might|should|must|shall|are|were|have|had|do|did)\b"
)
_PEOPLE = re.compile(
    r"\b(?:they|them|their|each\s+other|one\s+another)\b|\bwith\s+(?:him\b|her\b|(?-i:[A-Z]))", re.IGNORECASE
)
_SIDES = {("side",), ("party",)}
_EACH_OTHER = re.compile(
    r"\b(?:each\s+other|one\s+another|bilateral\w*|mutual\w*|their\s+counterparts?)\b", re.IGNORECASE
)
_TWO_NAMES = re.compile(r"[A-Z][\w'’.-]*\s+and\s+(?:the\s+)?[A-Z]")
_THREE_NAMES = re.compile(r"[A-Z][^,.;:]*,\s+[^,.;:]*[A-Z][^,.;:]*(?:,\s+|\s+)and\s+[^,.;:]*[A-Z]")


def _are_people(text: str, one: Number, found: Sequence[Number], evidence: Evidence) -> bool:
    """Whether "the two would meet" stands for people whom the record tells, and counts no otherwise."""
    if one.unit != COUNT or one.hedge or one.value not in (2, 3):
        return False
    sides = one.value == 2 and one.counted[:1] in _SIDES
    if not _THE.search(text[: one.span.start]) or not (sides or one.bare):
        return False
    if any(other.unit == COUNT and 2 <= other.value <= 12 for other in found):
        return False
    if one.value == 2 and any(_TWO_NAMES.search(words) and not _THREE_NAMES.search(words) for words in evidence.texts):
        return True
    if not sides and not _DO.match(text, one.span.end):
        return False
    told = _EACH_OTHER if sides else _PEOPLE if one.value == 2 else _THREE_NAMES
    return any(told.search(words) for words in evidence.texts)


_LIMIT = re.compile(
    r"\b(?:limit\w*|cap|capped|caps|maximum|held\s+to|restrict\w*|ceiling|exceed\w*|allow\w*|permit\w*|threshold|at\s+most|as\s+(?:many|much)|may)\b",
    re.IGNORECASE,
)


def _hedge_holds(one: Number, other: Number, evidence: Evidence) -> bool:
    """Whether the draft's hedge follows from the record's; "no more than four" from a limit of four, too."""
    if one.hedge == "most" and other.hedge == "" and any(_limits(text, other) for text in evidence.texts):
        return True
    return hedge_holds(one.hedge, other.hedge)


_ONLY = re.compile(r"\b(?:just|only|merely|solely)\s+(?:the\s+)?(?:top\s+|bottom\s+)?\Z", re.IGNORECASE)


def _limits(text: str, number: Number) -> bool:
    """Whether `text` is about a limit, or has the number as "only five"."""
    if _LIMIT.search(text):
        return True
    before = text[max(0, number.span.start - 20) : number.span.start]
    return number in figures(text) and _ONLY.search(before) is not None


def _same(one: Number, other: Number, stated: Sequence[Number], found: Sequence[Number]) -> bool:
    """Whether both are one amount, with the unit that one of them leaves to be understood."""
    if one.per and other.per and one.per != other.per:
        return False
    if same_value(one, other):
        return True
    units = {one.unit, other.unit}
    if other.of and one.unit == COUNT and _parts(other) <= {this.value for this in stated}:
        return one.value in _parts(other)  # "97 of the 100" for "97 out of 100"
    if other.unit == ORDINAL and "anniversary" in other.counted:
        return any(same_value(one, replace(other, unit=unit)) for unit in (AGE, _YEARS))
    if one.value != other.value:
        return False
    if one.unit.measure.startswith("name "):
        return other.unit == COUNT  # G seven, K through 12
    if units == {AGE, COUNT}:
        return (one if one.unit == COUNT else other).bare
    if units == {TIMES, COUNT}:
        return True
    if one.unit == COUNT and one.bare and one.value >= _LARGE and other.unit.measure in _OF_GOODS:
        # "Thirty-two million" of barrels, where the record has no other such figure.
        return all(known.unit == other.unit for known in found if known.value == one.value)
    return _understood(one, other.unit, stated) or _understood(other, one.unit, found)


_YEARS = Unit("calendar", Fraction(12))
_LARGE = 1_000
_OF_GOODS = {"barrel", "volume", "mass", "length", "area", "energy"}
_OF_MONEY = {"dollar", "euro", "sterling", "yen", "crown"}
_PAYS = re.compile(
    r"\b(?:costs?|pay|pays|paid|spen[dt]s?|spending|go(?:es)?\s+to|went\s+to|gets?|got|receive[ds]?|fund(?:s|ed|ing)?|"
    r"budget|worth|price[ds]?|give[sn]?|gave|money|sum|bill|borrow(?:s|ed)?|owe[sd]?)\b",
    re.IGNORECASE,
)
"""What is said of money, so that a large sum may stand without its currency: "a hundred million goes to UNICEF"."""


def _in_currency(one: Number, text: str, found: Sequence[Number]) -> Number:
    """A large sum told without its currency in that of the record, if all figures there of that value have one.

    "The two million" may be people.
    """
    if one.unit != COUNT or not one.bare or one.value < _LARGE or not _PAYS.search(text):
        return one
    units = {other.unit for other in found if other.value == one.value}
    if len(units) != 1 or _THE.search(text[: one.span.start]):
        return one
    unit = units.pop()
    return replace(one, unit=unit, bare=False) if unit.measure in _OF_MONEY else one


def _parts(ratio: Number) -> set[Fraction]:
    return {ratio.value * (ratio.of or 1), Fraction(ratio.of or 1)}


def _understood(one: Number, unit: Unit, beside: Sequence[Number]) -> bool:
    """Whether `one` is told without its unit since the next number before or after has it: "60 percent, then 70"."""
    if one.unit != COUNT or not one.bare or unit == ORDINAL or unit.measure.startswith("name "):
        return False
    at = beside.index(one)
    before = next((other for other in reversed(beside[:at]) if not other.bare and not other.weak), None)
    after = next((other for other in beside[at + 1 :] if not other.bare and not other.weak), None)
    return any(other is not None and other.unit == unit for other in (before, after))


def _swapped(one: Number, same: Sequence[Number], found: Sequence[Number]) -> bool:
    """Whether each place of the number counts something else, and what the draft counts has another number there."""
    if not one.counted or any(not other.counted or _agree(one.counted, other.counted) for other in same):
        return False
    return any(_rivals(one, other) for other in found)


def _rivals(one: Number, other: Number) -> bool:
    """Whether `other` counts the same thing and is another number."""
    if one.unit.measure.startswith("name "):
        return one.unit == other.unit and one.value != other.value
    comparable = one.unit.measure == other.unit.measure or {one.unit, other.unit} <= {COUNT, SHARE}
    return comparable and not same_value(one, other) and _agree(one.counted, other.counted)


def _agree(words: Sequence[str], others: Sequence[str]) -> bool:
    return any(a.startswith(b) or b.startswith(a) for a in words for b in others)


_NONE = re.compile(r"\b(?:no|none|nobody|nothing|zero|nil|not\s+(?:a\s+single|one|any))\b", re.IGNORECASE)
_TWO = re.compile(r"\b(?:both|pair|couple|either|twins?)\b", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:an?|per|each|every|another|single|the|this|that|last|next)[\s-]+(?=(?P<word>[a-z]+))", re.IGNORECASE
)


def _unsaid(one: Number, evidence: Evidence) -> bool:
    """Whether words that are no numerals say it: none, an hour, both; or, of a day without its month, a date."""
    if one.unit == ORDINAL and not one.counted:
        return any(known.day == one.value for text in evidence.texts for known in dates(text))  # on the 14th
    if one.value not in (0, 1, 2) or one.hedge not in ("", "least", "about"):
        return False
    if one.value == 0:
        return any(_NONE.search(text) for text in evidence.texts)
    if one.value == 2:
        return one.unit == COUNT and any(_TWO.search(text) for text in evidence.texts)
    return one.unit != ORDINAL and any(
        _is_one_of(one, text, found) for text in evidence.texts for found in _ONE.finditer(text)
    )


def _is_one_of(one: Number, text: str, found: re.Match[str]) -> bool:
    if one.unit == COUNT:
        return _agree(one.counted, (singular(found["word"]),))
    unit = unit_at(text, found.end())
    return unit is not None and same_value(one, replace(one, unit=unit[0]))
