"""The words and figures that numerals are made of: "twelve", "hundred", "1.2bn", "third", each with its value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from index.text.money import SIGNS

SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: value
    for value, word in zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_SCALES = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "quadrillion": 10**15,
}
_SUFFIXES = {"k": 10**3, "m": 10**6, "mm": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12, "tn": 10**12}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
        1,
    )
} | {word[:-1] + "ieth": value for word, value in TENS.items()}
ORDINAL_SCALES = {"hundredth": 100, "thousandth": 10**3, "millionth": 10**6, "billionth": 10**9}
PARTS = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    **{word: value for word, value in (ORDINALS | ORDINAL_SCALES).items() if value > 2},
}
_WORDS = frozenset(
    [*SMALL, *TENS, *_SCALES, *ORDINALS, *ORDINAL_SCALES, "hundred", "dozen", "half", "halves", "quarter"]
)
_BEGINNINGS = "|".join(sorted({word[:3] for word in _WORDS}))
_FIRST_LETTERS = "".join(sorted({word[0] for word in _WORDS}))
_ITEM = re.compile(
    r"(?=[0-9.])(?<!\w)(?<![0-9]\.)(?P<digits>(?<!\.)\.[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){1,8}(?![0-9])(?:\.[0-9]{1,20})?|[0-9]{1,24},[0-9]{1,2}(?![0-9,])|[0-9]{1,24}(?:\.[0-9]{1,20})?)"
    r"(?:(?P<rank>st|nd|rd|th)\b|\s?(?P<suffix>bn|mn|tn)\b|(?P<letter>mm|[kKmMbBT])(?![\w'’])|(?P<tens>['’]?s)\b)?"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    rf"|(?=[{_FIRST_LETTERS}])\b(?P<word>(?:{_BEGINNINGS})[a-z]{{0,9}})\b",
    re.IGNORECASE,
)
_CURRENCY = re.compile(rf"[{re.escape(SIGNS)}]\s?\Z")
_NOUN_AFTER = re.compile(r"\s+(?:[a-z]{3,}|(?!North|South|East|West)[A-Z][a-z]{2,})")


class Item(Struct, frozen=True):
    """One word or figure of a numeral; `sort` says what may stand before it."""

    sort: Literal["figure", "small", "tens", "hundred", "scale", "dozen", "rank", "part", "many"]
    value: Fraction
    start: int
    end: int
    scale: int = 1
    ordinal: bool = False
    text: str = ""


def items_of(text: str) -> Iterator[Item]:
    for found in _ITEM.finditer(text):
        start, end = found.span()
        if found["word"]:
            word = found["word"].lower()
            singular = word if word in _WORDS else word.removesuffix("s")
            if singular in _WORDS:
                yield _word(singular, singular != word, start, end)
        elif found["digits"]:
            yield from _figure(text, found)
        else:
            part = Fraction(unicodedata.numeric(found["vulgar"])).limit_denominator(10)
            yield Item("part", part, start, end, text="½")


def _figure(text: str, found: re.Match[str]) -> Iterator[Item]:
    value = _value(found["digits"])
    start, end = found.span()
    suffix = found["suffix"] or found["letter"]
    if found["tens"]:
        yield Item("many", value, start, end)
    elif found["rank"]:
        yield Item("rank", value, start, end, ordinal=True)
    elif suffix == "m" and not _CURRENCY.search(text[max(0, start - 3) : start]) and not _NOUN_AFTER.match(text, end):
        yield Item("figure", value, start, found.end("digits"))
    elif suffix:
        scale = _SUFFIXES[suffix.lower()]
        yield Item("figure", value * scale, start, end, scale=scale)
    else:
        yield Item("figure", value, start, end)


def _value(digits: str) -> Fraction:
    """1,200 is twelve hundred; 2,1 is how most of Europe writes 2.1; .5 is a half."""
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", digits):
        digits = digits.replace(",", ".")
    return Fraction("0" + digits.replace(",", ""))


def _word(word: str, plural: bool, start: int, end: int) -> Item:
    if word in _SCALES or word in ("hundred", "dozen"):
        value = _SCALES.get(word) or {"hundred": 100, "dozen": 12}[word]
        if plural:
            return Item("many", Fraction(value), start, end, scale=value)
        sort: Literal["scale", "hundred", "dozen"] = (
            "scale" if word in _SCALES else ("hundred" if word == "hundred" else "dozen")
        )
        return Item(sort, Fraction(value), start, end, scale=value)
    if word in ("half", "halves", "quarter") or (plural and word in PARTS):
        return Item("part", Fraction(1, PARTS[word]), start, end, text=word + "s" * plural)
    if word in ORDINALS or word in ORDINAL_SCALES:
        return Item(
            "rank", Fraction((ORDINALS | ORDINAL_SCALES)[word]), start, end, ordinal=True, text=word + "s" * plural
        )
    if plural:
        return Item("many", Fraction(-1), start, end)
    if word in TENS:
        return Item("tens", Fraction(TENS[word]), start, end)
    return Item("small", Fraction(SMALL[word]), start, end)
