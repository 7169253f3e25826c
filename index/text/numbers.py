"""Numbers: every number and amount of an English text, exactly, with what it counts and how it is held.

In: a text. Out: values as fractions, with unit, hedge ("more than", "nearly") and place.
"70 percent", "seventy per cent" and "seven in ten" are one amount; "$1.2bn" and "twelve hundred
million dollars" too. The digits of a name (F-16, G7) count that name alone. Whether digits belong to
a date is not decided here: "2021" is a number too, and the caller leaves the spans of dates out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from index.text.clock import times
from index.text.dated import MONTHS
from index.text.function_words import FUNCTION_WORDS
from index.text.hedges import hedge_at
from index.text.joined import compounds, ranges, ratios
from index.text.number import COUNT, ORDINAL, Number
from index.text.numeral_items import SMALL, TENS
from index.text.numerals import Numeral, numerals
from index.text.units import AGE, SHARE, TIMES, Unit, currency_before, unit_at
from index.transcript import Span


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of `text` in order, apart."""
    in_figures = _FIGURE.search(text) is not None
    if not in_figures and not _ANY.search(text.lower()):
        return ()
    apart = list(_apart([*times(text), *(_names(text) if in_figures else ())]))
    read = [one for one in numerals(text) if not any(one.span.overlaps(other.span) for other in apart)]
    found = list(_apart(_with_units(text, read)))
    found = ranges(text, ratios(text, compounds(text, found)), {one.span.start: one for one in read})
    return tuple(sorted([*found, *apart], key=lambda one: one.span))


_FIGURE = re.compile("[0-9]")
_ANY = re.compile(
    r"[0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\b(?:zero|one|tw[oei]|thir|thri|thre|thou|four|for?t|fi[vfr]|six|sev|sec|eig|nin|ten|ele|hal[fv]|qua|hun|mil|mid|bil|tri|dou|doz|cou|pai|noon)"
)
"""The beginnings of all words that are read, in lower case."""
_NAME = re.compile(
    r"(?<![\w$£€.-])(?P<name>[A-Z][A-Za-z]{0,5}-|[A-Z][A-Za-z]{0,15})(?P<figure>[0-9]{1,6})(?P<rest>(?:[.-][0-9]+)*)(?:['’]?s)?(?!\w)(?!-[a-z])"
)
_NO_NAMES = frozenset("mid pre post under over top non sub all anti plus age ages no nos us".split())
_ILLNESSES = frozenset(("covid", "cov"))


def _names(text: str) -> Iterator[Number]:
    """Digits of names; weak those of an illness, which is often called without them."""
    for found in _NAME.finditer(text):
        name = found["name"].lower().removesuffix("-")
        if name not in _NO_NAMES and name[:3] not in MONTHS:
            unit = Unit(f"name {name}{found['rest']}")
            yield Number(Fraction(int(found["figure"])), unit, Span(*found.span()), weak=name in _ILLNESSES)


_GAP = re.compile(r"[\s-]{0,2}")
_WORDS_AFTER = re.compile(r"[\s-]{1,2}(?P<word>[A-Za-z][\w'’]*)")
_OF = re.compile(
    r"(?:\s+|-)(?:of|in|out\s+of)(?:\s+(?:the|all|our|their|its|his|her|my|your|those|these|them|us|every))*\b",
    re.IGNORECASE,
)
_LOOSE = frozenset("more additional new whole full long straight consecutive different extra other further".split())
_VERBS = frozenset("come came get gets give gives go goes going gone got make makes made put said say says".split())
_STOP = FUNCTION_WORDS - _LOOSE | _VERBS | {"plus"}
"""Words after a number that are nothing it counts."""
_SPELLED = SMALL | TENS


def _with_units(text: str, read: Sequence[Numeral]) -> Iterator[Number]:
    for numeral in read:
        yield _number(text, numeral)
    yield from _multiples(text)


def _number(text: str, numeral: Numeral) -> Number:
    start, end = numeral.span.start, numeral.span.end
    value, unit = numeral.value, COUNT
    if numeral.kind == "ordinal":
        unit = ORDINAL
    elif numeral.kind == "many":
        unit = Unit("many")
    currency = currency_before(text, start) if numeral.kind != "ordinal" else None
    if currency:
        unit, start = currency
    elif numeral.kind in ("cardinal", "share"):
        measured = _measured(text, end, numeral)
        if measured:
            unit, end = measured
    if currency and (after := _measured(text, end, numeral)) and after[0].measure == unit.measure:
        end = after[1]
    if unit == COUNT and _AGED.search(text[max(0, start - 16) : start]):
        unit = AGE
    if unit == COUNT and numeral.kind == "share":
        unit = SHARE
    if _is_negative(text, start):
        value = -value
    counted, per = _counted(text, end), _per(text, end)
    done = numeral.scale > 1 and _DONE.match(text, end) is not None
    bare = unit == COUNT and (not counted or done) and not _OF_WHOM.match(text, end)
    weak = numeral.word and value == 1 and (unit in (COUNT, ORDINAL))
    span = Span(start, end)
    hedge = hedge_at(text, span) if unit != ORDINAL else ""  # "beyond the second"
    return Number(value, unit, span, hedge, counted, per, bare, weak)


_AGED = re.compile(r"\b(?:age|ages|aged)\s+(?:of\s+)?\Z", re.IGNORECASE)
_OF_WHOM = re.compile(r"\s+of\s+(?!20\d\d|19\d\d)", re.IGNORECASE)
_DONE = re.compile(
    r"\s+[a-z]+ed(?=\s*(?:[.,;:!?)—–]|\Z)|\s+(?:in|by|to|for|from|between|since|on|at|with|under|over|as|during|last|this|earlier|before|after|so)\b)"
)
"""A participle after a number of which the noun is left out: "the three billion issued in May"."""
_NEGATIVE = re.compile(r"(?:(?:\A|[\s(])[-−–]|(?<!plus or )\b(?:minus|negative)\s+)\Z", re.IGNORECASE)


def _is_negative(text: str, start: int) -> bool:
    return _NEGATIVE.search(text, max(0, start - 20), start) is not None


def _measured(text: str, end: int, numeral: Numeral) -> tuple[Unit, int] | None:
    """The unit after a numeral, with a word or two between ("three long years", "half an hour")."""
    gap = _GAP.match(text, end)
    at = gap.end() if gap else end
    article = re.compile(r"(?:of\s+)?an?\s+", re.IGNORECASE).match(text, at) if numeral.kind == "share" else None
    if article:
        at = article.end()
    attached = at == end
    for _ in range(3):
        found = unit_at(text, at)
        if found:
            name = text[at : found[1]]
            # Letters are units where they touch the figure (5m, 30g), not as words of their own.
            if attached or name.lower() not in _LETTERS or (name in _FIGURES_UNITS and not numeral.word):
                return found
            return None
        word = _A_WORD.match(text, at)
        if word is None or word["word"].lower() in _STOP or word["word"].lower().endswith("s") or attached:
            return None
        at = word.end()
    return None


_LETTERS = frozenset("m g w x l ha mi ms mw t".split())
_FIGURES_UNITS = frozenset("m g l W MW ha".split())
_A_WORD = re.compile(r"(?P<word>[A-Za-z]+)[\s-]{1,2}")


def _counted(text: str, end: int) -> tuple[str, ...]:
    """The words after a number up to three, stopped by any that is no noun or adjective."""
    of = _OF.match(text, end)
    at = of.end() if of else end
    words: list[str] = []
    while len(words) < 3:
        found = _WORDS_AFTER.match(text, at)
        if found is None or found["word"].lower() in _STOP or found["word"].lower() in _SPELLED:
            break
        if found["word"].lower() not in _LOOSE:
            words.append(singular(found["word"]))
        at = found.end()
    return tuple(words)


_PER = re.compile(r"(?:\s+[\w-]+){0,2}?(?:(?:,?\s+|-)(?:per|an?|each|every)[\s-]+|\s?/\s?)(?=[a-z])", re.IGNORECASE)


def _per(text: str, end: int) -> Unit | None:
    found = _PER.match(text, end)
    measured = unit_at(text, found.end()) if found else None
    return measured[0] if measured else None


def singular(word: str) -> str:
    """`word` in lower case without a possessive's or a plural's ending."""
    word = re.sub(r"['’]s?\Z", "", word.lower())
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2 else word


_MULTIPLE = re.compile(
    r"\b(?P<two>twice|doubl(?:e|es|ed|ing)(?!-|\s+(?:down|check|standard|dose|edge|talk|dip|vaccin|blind)))\b|\b(?P<three>thrice|tripl(?:e|es|ed|ing))\b"
    r"|\b(?P<four>quadrupl(?:e|es|ed|ing))\b|\b(?P<fold>two|three|four|five|six|ten)(?:-|\s)?fold\b"
    r"|\b(?P<pair>(?:a|the)\s+(?:pair|couple)\s+of)\b",
    re.IGNORECASE,
)
_HAS_MULTIPLE = re.compile(r"twice|doubl|thrice|tripl|quadrupl|fold|pair|couple")
_FOLDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


def _multiples(text: str) -> Iterator[Number]:
    """Twice, doubled, a tenfold; a couple of."""
    for found in _MULTIPLE.finditer(text) if _HAS_MULTIPLE.search(text.lower()) else ():
        span = Span(*found.span())
        if found["pair"]:
            yield _number(text, Numeral(Fraction(2), span, word=True))
            continue
        value = _FOLDS[found["fold"].lower()] if found["fold"] else _FOLDS[found.lastgroup or "two"]
        yield Number(Fraction(value), TIMES, span)


def _apart(found: Iterable[Number]) -> Iterator[Number]:
    """Without those that lie in another's unit, as "second" in "one second" does."""
    end = 0
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if one.span.start >= end:
            yield one
            end = one.span.end
