"""Numerals: the numbers that digits and words spell, exactly: "1.2 billion", "twelve hundred", "two-thirds".

In: a text. Out: each numeral with its value as a fraction and where it stands. What is counted
is not looked at here (`numbers.py` does that), nor whether the digits belong to a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from index.text.numeral_items import ORDINAL_SCALES, PARTS, Item, items_of
from index.transcript import Span

Kind = Literal["cardinal", "ordinal", "share", "many"]
"""`share`: a part of one ("two-thirds"). `many`: some multiple of the value ("thousands", "several hundred")."""
_LINK = re.compile(r"(?:\s+\[?|\s?-\s?)")
_AND = re.compile(r"(?:\s+|-)and(?:\s+|-)", re.IGNORECASE)
_POINT = re.compile(r"\s+point\s+", re.IGNORECASE)
_AND_A_PART = re.compile(r"(?:\s+|-)and(?:\s+|-)(?:an?|one)(?:\s+|-)", re.IGNORECASE)
_ARTICLE = re.compile(r"\ban?\s+\Z", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:several|a few|few|many)\s+\Z", re.IGNORECASE)
_COUPLE = re.compile(r"\b(?:a\s+)?couple\s+(?:of\s+)?\Z", re.IGNORECASE)
_OF_A = re.compile(r"(?:\s+|-)(?:of\s+)?(?:an?\s+)?", re.IGNORECASE)
_OF = re.compile(r"\s+of\b", re.IGNORECASE)
_OVER = re.compile(r"\s?[/⁄]\s?")
_PREVIOUS_ORDINAL = re.compile(r"\b(?:first|second|third|fourth|other|1st|2nd)(?:\s+|-)\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|an?\s+|[$£€])*\Z", re.IGNORECASE)
_LOOKBACK = 24


class Numeral(Struct, frozen=True):
    """`scale` is that of its last words ("million", "hundred thousand"), 1 where it has none.

    `word`: spelled in words alone.
    """

    value: Fraction
    span: Span
    kind: Kind = "cardinal"
    scale: int = 1
    word: bool = False


def numerals(text: str) -> list[Numeral]:
    """The numerals of `text` in order, apart."""
    items = list(items_of(text))
    found: list[Numeral] = []
    at = 0
    while at < len(items):
        numeral, after = _numeral(text, items, at)
        if numeral is not None and (not found or found[-1].span.end <= numeral.span.start):
            found.append(numeral)
        at = max(after, at + 1)
    return found


def _numeral(text: str, items: Sequence[Item], at: int) -> tuple[Numeral | None, int]:
    """The numeral that begins with item `at`, and the item after it."""
    first = items[at]
    if first.sort == "many":
        return _many(text, items, at)
    if first.sort == "part":
        return _part(text, items, at)
    if first.sort == "rank":
        return _lone_rank(text, items, at)
    return _cardinal(text, items, at)


def _many(text: str, items: Sequence[Item], at: int) -> tuple[Numeral | None, int]:
    """Thousands, tens of millions, hundreds of thousands; the 40s."""
    first = items[at]
    if first.value < 0:
        tens = text[first.start : first.end].lower() == "tens"
        if not tens or not _follows(text, items, at, _OF_LINK) or items[at + 1].sort != "many":
            return None, at + 1
    value = Fraction(10) if first.value < 0 else first.value
    end, after = first.end, at + 1
    while _follows(text, items, after - 1, _OF_LINK) and items[after].sort == "many" and items[after].value > 0:
        value, end, after = value * items[after].value, items[after].end, after + 1
    return Numeral(value, Span(first.start, end), "many", word=True), after


_OF_LINK = re.compile(r"\s+(?:of|and|upon)\s+", re.IGNORECASE)


def _follows(text: str, items: Sequence[Item], at: int, link: re.Pattern[str]) -> bool:
    """Whether `link` and nothing else stands between item `at` and the next."""
    return at + 1 < len(items) and link.fullmatch(text, items[at].end, items[at + 1].start) is not None


def _part(text: str, items: Sequence[Item], at: int) -> tuple[Numeral | None, int]:
    """Half, a quarter of, half a million."""
    part = items[at]
    before = text[max(0, part.start - _LOOKBACK) : part.start]
    article = _ARTICLE.search(before)
    if part.text == "quarter" and not (article or _scaled(text, items, at)):
        return None, at + 1
    if part.text == "quarter" and not (_is_of(text, part, article) or _scaled(text, items, at)):
        return None, at + 1
    if part.text not in ("half", "quarter", "½") or (part.text == "half" and _PREVIOUS_ORDINAL.search(before)):
        return None, at + 1
    start = part.start - (len(article.group()) if article else 0)
    if _scaled(text, items, at):
        scale = items[at + 1]
        return Numeral(part.value * scale.value, Span(start, scale.end), scale=scale.scale, word=True), at + 2
    return Numeral(part.value, Span(start, part.end), "share", word=True), at + 1


_BY_A = re.compile(
    r"\b(?:by|to|about|around|roughly|approximately|nearly|almost|over|under|than|just|only|some|least|most|up|down|up\s+to|cut|lost|halved|"
    r"pays?|paid|covers?|covered|owns?|owned|contributed?|provide[sd]?|lose[sd]?|bears?|bore|makes?\s+up|made\s+up|for)"
    r"\s+an?\s+\Z",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"\s*(?:[.,;:!?)—–]|\Z)|\s*-{2}|\s+(?:since|from|in|within|over|between|during|at|on|to|by|and|or|but|when|while|as|after|before|"
    r"because|compared|more|less|fewer|higher|lower|larger|smaller|greater|this|last|that|which|who|were|was|are|is|had|have|has)\b",
    re.IGNORECASE,
)


_MORE = re.compile(r"\s+(?:more|less|fewer|higher|lower|larger|smaller|greater)\b", re.IGNORECASE)


def _is_of(text: str, part: Item, article: re.Match[str] | None) -> bool:
    """Whether a third is a part of something: "a third of them", "by a third since May"; no "a third dose"."""
    if _OF.match(text, part.end) or _MORE.match(text, part.end):
        return True
    start = part.start - len(article.group()) if article else part.start
    by = _BY_A.search(text, max(0, start - _LOOKBACK), part.start)
    return by is not None and _NO_NOUN.match(text, part.end) is not None


def _scaled(text: str, items: Sequence[Item], at: int) -> bool:
    """Half a million, a quarter of a billion, half a dozen."""
    return _follows(text, items, at, _OF_A) and items[at + 1].sort in ("scale", "dozen", "hundred")


def _lone_rank(text: str, items: Sequence[Item], at: int) -> tuple[Numeral | None, int]:
    """Third, 21st; a third of."""
    rank = items[at]
    article = _ARTICLE.search(text[max(0, rank.start - _LOOKBACK) : rank.start])
    if article and rank.text in PARTS and (_is_of(text, rank, article) or _scaled(text, items, at)):
        start = rank.start - len(article.group())
        part = 1 / rank.value
        if _scaled(text, items, at):
            scale = items[at + 1]
            return Numeral(part * scale.value, Span(start, scale.end), scale=scale.scale, word=True), at + 2
        return Numeral(part, Span(start, rank.end), "share", word=True), at + 1
    if rank.text.endswith("s"):
        return None, at + 1
    return Numeral(rank.value, Span(rank.start, rank.end), "ordinal", word=bool(rank.text)), at + 1


class _Sum:
    """A cardinal as its words are read: what is complete, the group below the last scale, and the last word's sort.

    `between` one hundred and two hundred "and" parts two numbers.
    """

    def __init__(self, first: Item, between: bool) -> None:
        self.between = between
        self.total = Fraction(0)
        self.group: Fraction | None = None
        self.lowest = 10**18
        self.scale = 1
        self.shared = 1
        self.sort = ""
        self.ordinal = False
        self.figure = first.sort == "figure"
        self.take(first)

    @property
    def value(self) -> Fraction:
        return self.total + (self.group or 0)

    def takes(self, item: Item) -> bool:
        """Whether `item` goes on with what was read."""
        if self.ordinal or item.sort in ("part", "many") or (item.ordinal and item.sort != "rank"):
            return False
        group = self.group
        if item.sort == "rank":
            return bool(item.text) and not item.text.endswith("s") and self._takes_rank(int(item.value))
        if item.sort == "small":
            return (self.sort == "tens" and 0 < item.value < 10) or (
                self.sort in ("hundred", "scale") and item.value > 0
            )
        if item.sort == "tens":
            return self.sort in ("hundred", "scale")
        if item.sort == "hundred":
            return (
                self.sort in ("small", "tens", "figure") and group is not None and 0 < group < 100 and self.scale == 1
            )
        if item.sort == "scale":
            if self._is_thousand_of(item):
                return True
            return self.sort != "scale" and item.value < self.lowest and not (self.sort == "figure" and self.scale > 1)
        if item.sort == "dozen":
            return self.sort in ("small", "tens", "figure") and self.total == 0 and self.scale == 1
        return self.sort == "scale" and item.value < min(self.lowest, 1000) and item.scale == 1

    def _is_thousand_of(self, item: Item) -> bool:
        """Two thousand seven hundred million: more than a thousand of a scale."""
        return self.lowest == 1000 and self.value < 10**6 <= item.value

    def _takes_rank(self, value: int) -> bool:
        if value in ORDINAL_SCALES.values():
            return self.sort in ("small", "tens") and value >= 100
        if self.sort == "tens":
            return value < 10
        if self.sort == "scale" and (self.figure or self.lowest > 1000):
            return False  # "2.7 million first doses"
        return self.sort in ("hundred", "scale") and value < 100

    def take(self, item: Item) -> None:
        self.ordinal = item.ordinal
        self.shared = item.scale * (self.shared if item.sort == "scale" and self.sort == "hundred" else 1)
        if item.sort == "scale" and self._is_thousand_of(item):
            self.total = self.value * item.value
            self.group, self.lowest, self.scale = None, int(item.value), item.scale
        elif item.sort == "scale":
            self.total += (1 if self.group is None else self.group) * item.value
            self.group, self.lowest, self.scale = None, int(item.value), item.scale
        elif item.sort in ("hundred", "dozen") or (item.ordinal and item.value >= 100):
            self.group = (1 if self.group is None else self.group) * item.value
            self.scale = 1
        else:
            self.group = (self.group or 0) + item.value
            self.scale = item.scale
        self.sort = item.sort


def _cardinal(text: str, items: Sequence[Item], at: int) -> tuple[Numeral | None, int]:
    first = items[at]
    start, after = first.start, at + 1
    total = _Sum(first, _BETWEEN.search(text, max(0, start - _LOOKBACK), start) is not None)
    if first.sort in ("hundred", "scale", "dozen"):
        before = text[max(0, start - _LOOKBACK) : start]
        if found := _SEVERAL.search(before):
            return _many_of(items, at, text, start - len(found.group()))
        if found := _COUPLE.search(before):
            total.group = Fraction(2)
            total.total, total.lowest = Fraction(0), 10**18
            total.take(first)
            start -= len(found.group())
        elif found := _ARTICLE.search(before):
            start -= len(found.group())
    while after < len(items):
        if _digits_after_point(text, items, after, total):
            after = _point(items, after, total, text)
        elif _goes_on(text, items, after, total):
            total.take(items[after])
            after += 1
        else:
            break
    end = items[after - 1].end
    if total.ordinal:
        return Numeral(total.value, Span(start, end), "ordinal", word=True), after
    return _with_parts(text, items, after, total, Span(start, end), first.sort != "figure")


def _many_of(items: Sequence[Item], at: int, text: str, start: int) -> tuple[Numeral, int]:
    """Several hundred, a few hundred thousand."""
    value, end, after = items[at].value, items[at].end, at + 1
    while after < len(items) and items[after].sort == "scale" and _LINK.fullmatch(text, end, items[after].start):
        value, end, after = value * items[after].value, items[after].end, after + 1
    return Numeral(value, Span(start, end), "many", word=True), after


def _goes_on(text: str, items: Sequence[Item], after: int, total: _Sum) -> bool:
    item, end = items[after], items[after - 1].end
    if not total.takes(item) or _describes(text, items, after):
        return False
    if item.sort == "figure":
        # "2 million 300 thousand", never "3 million 20".
        return (
            _LINK.fullmatch(text, end, item.start) is not None
            and after + 1 < len(items)
            and items[after + 1].sort == "scale"
            and items[after + 1].value < total.lowest
            and _LINK.fullmatch(text, item.end, items[after + 1].start) is not None
        )
    if _LINK.fullmatch(text, end, item.start):
        # Not "two thousand million-dollar homes".
        return not (total.sort == item.sort == "scale" and text.startswith("-", item.end))
    joins = not total.between and total.sort in ("hundred", "scale") and item.sort in ("small", "tens", "rank")
    return (
        joins and _AND.fullmatch(text, end, item.start) is not None and not _greater_follows(text, items, after, total)
    )


def _describes(text: str, items: Sequence[Item], at: int) -> bool:
    """Whether it is part of a word and no numeral of its own: "2 million three- and four-year-olds"."""
    end = items[at].end
    follows = at + 1 < len(items) and items[at + 1].start == end + 1
    return items[at].sort in ("small", "tens") and text.startswith("-", end) and not follows


def _greater_follows(text: str, items: Sequence[Item], after: int, total: _Sum) -> bool:
    """Whether what comes after "and" is a number of its own: two hundred and five hundred."""
    while after + 1 < len(items) and _LINK.fullmatch(text, items[after].end, items[after + 1].start):
        after += 1
        word = items[after].sort
        if (word == total.sort == "hundred") or (word == "scale" and items[after].value >= total.lowest):
            return True
        if items[after].sort not in ("small", "tens", "hundred"):
            return False
    return False


def _digits_after_point(text: str, items: Sequence[Item], after: int, total: _Sum) -> bool:
    item = items[after]
    return (
        total.sort in ("small", "tens", "figure")
        and item.value < 10
        and item.value.denominator == 1
        and item.sort in ("small", "figure")
        and _POINT.fullmatch(text, items[after - 1].end, item.start) is not None
    )


def _point(items: Sequence[Item], after: int, total: _Sum, text: str) -> int:
    """Takes the digits spoken after "point"; gives the item after them."""
    place = Fraction(1, 10)
    while True:
        total.group = (total.group or 0) + items[after].value * place
        place /= 10
        after += 1
        if not (
            after < len(items)
            and items[after].sort == "small"
            and items[after].value < 10
            and place > Fraction(1, 10**12)
            and _LINK.fullmatch(text, items[after - 1].end, items[after].start)
        ):
            total.sort = "figure"
            return after


def _with_parts(
    text: str, items: Sequence[Item], after: int, total: _Sum, span: Span, word: bool
) -> tuple[Numeral | None, int]:
    """What halves, thirds and quarters make of a cardinal: two-thirds, 2/3, two and a half million."""
    value, scale, end = total.value, total.scale, span.end
    if after < len(items):
        item = items[after]
        whole = value.denominator == 1 and 0 < value < 1000
        if whole and _is_part(item, value) and _LINK.fullmatch(text, end, item.start) and not _is_second(text, item):
            return _share(text, items, after, value / _denominator(item), Span(span.start, item.end))
        if (
            item.sort == "figure"
            and value.denominator == 1
            and _OVER.fullmatch(text, end, item.start)
            and item.value > 0
        ):
            return Numeral(value / item.value, Span(span.start, item.end), "share"), after + 1
        if item.text == "½" and text[end : item.start].strip() == "":
            value, end, after = value + item.value, item.end, after + 1
        elif _AND_A_PART.fullmatch(text, end, item.start) and _is_part(item, Fraction(1)):
            value, end, after = value + Fraction(1, _denominator(item)) * scale, item.end, after + 1
            scale = 1 if scale == 1 else scale
        elif (
            after + 1 < len(items)
            and item.sort == "small"
            and _AND.fullmatch(text, end, item.start)
            and _is_part(items[after + 1], item.value)
            and _LINK.fullmatch(text, item.end, items[after + 1].start)
        ):
            value, end = value + item.value / _denominator(items[after + 1]) * scale, items[after + 1].end
            after += 2
        elif (
            after + 1 < len(items)
            and item.sort == "figure"
            and not word
            and text[end : item.start] == " "
            and items[after + 1].sort == "figure"
            and _OVER.fullmatch(text, item.end, items[after + 1].start)
            and 0 < item.value < items[after + 1].value < 100
        ):
            value, end, after = value + item.value / items[after + 1].value, items[after + 1].end, after + 2
        if end != span.end and scale == 1 and after < len(items) and items[after].sort in ("scale", "hundred"):
            last = items[after]
            if _LINK.fullmatch(text, end, last.start):
                value, end, scale, after = value * last.value, last.end, last.scale, after + 1
    return Numeral(value, Span(span.start, end), scale=max(scale, total.shared), word=word), after


def _share(text: str, items: Sequence[Item], after: int, value: Fraction, span: Span) -> tuple[Numeral, int]:
    if _scaled(text, items, after):
        scale = items[after + 1]
        return Numeral(value * scale.value, Span(span.start, scale.end), scale=scale.scale, word=True), after + 2
    return Numeral(value, span, "share", word=True), after + 1


def _is_part(item: Item, count: Fraction) -> bool:
    """Whether `item` is what `count` parts are of: thirds, or one third."""
    if item.sort == "part":
        return item.text != "½"
    return item.sort == "rank" and item.text in PARTS and count == 1


def _is_second(text: str, item: Item) -> bool:
    return text[item.start : item.end].lower().startswith("second")


def _denominator(item: Item) -> Fraction:
    return 1 / item.value if item.sort == "part" else item.value
