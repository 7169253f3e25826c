"""What numbers beside each other make: four dollars and fifty cents, seven in ten, the ends of a range."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from msgspec.structs import replace

from index.text.number import COUNT, ORDINAL, Number
from index.text.numerals import Numeral
from index.text.units import SHARE, unit_at
from index.transcript import Span

_COMPOUND = re.compile(r"\s*,?\s*(?:and\s+)?", re.IGNORECASE)
_COMPOUNDED = frozenset(("dollar", "euro", "sterling", "time", "calendar", "length", "mass"))


def compounds(text: str, found: Sequence[Number]) -> list[Number]:
    """Four dollars and fifty cents, two hours and 30 minutes, a mile and a half as one amount each."""
    joined: list[Number] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.unit.measure in _COMPOUNDED
            and one.unit.measure == last.unit.measure
            and one.unit.factor < last.unit.factor
            and one.value * one.unit.factor < last.unit.factor
            and not one.hedge
            and _COMPOUND.fullmatch(text, last.span.end, one.span.start)
        ):
            span = Span(last.span.start, one.span.end)
            joined[-1] = replace(
                last, value=last.value + one.value * one.unit.factor / last.unit.factor, span=span, counted=one.counted
            )
        elif last is not None and _is_part_of_one(text, last, one):
            span = Span(last.span.start, one.span.end)
            joined[-1] = replace(one, value=last.value, span=span, hedge=last.hedge)
        elif one.unit == SHARE and (whole := _whole_before(text, one, last)):
            joined = [other for other in joined if not other.span.overlaps(whole.span)]
            joined.append(replace(whole, value=whole.value + one.value, counted=one.counted))
        else:
            joined.append(one)
    return joined


_OF = re.compile(r"\s+of\s+", re.IGNORECASE)


def _is_part_of_one(text: str, part: Number, one: Number) -> bool:
    """Three tenths of 1 percent, a quarter of one point."""
    whole = one.value == 1 and one.unit.measure in ("share", "points") and one.unit != SHARE
    return whole and part.unit == SHARE and _OF.fullmatch(text, part.span.end, one.span.start) is not None


_A_WHOLE = re.compile(r"\ban?\s+(?P<unit>[a-z]+)\s+and\s+\Z", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)


def _whole_before(text: str, part: Number, last: Number | None) -> Number | None:
    """The whole to which a half is added: "an hour" and a half, "two years" and a half."""
    if last and last.unit.measure in _COMPOUNDED and _AND.fullmatch(text, last.span.end, part.span.start):
        return replace(last, span=Span(last.span.start, part.span.end))
    found = _A_WHOLE.search(text, max(0, part.span.start - 24), part.span.start)
    measured = unit_at(text, found.start("unit")) if found else None
    if found is None or measured is None or measured[0].measure not in _COMPOUNDED or len(found["unit"]) < 3:
        return None
    return Number(Fraction(1), measured[0], Span(found.start(), part.span.end))


def ratios(text: str, found: Sequence[Number]) -> list[Number]:
    """Seven in ten, 7 out of 10: one share; "of" alone ("two of three") stays two numbers."""
    joined: list[Number] = []
    for one in found:
        last = joined[-1] if joined else None
        link = text[last.span.end : one.span.start].lower().split() if last else []
        if (
            last is not None
            and link in (["in"], ["out", "of"], ["in", "every"], ["out", "of", "every"], ["of", "every"])
            and last.unit == one.unit == COUNT
            and 0 < last.value < one.value
            and one.value.denominator == last.value.denominator == 1
            and (one.value <= 12 or one.value % 10 == 0)
            and not 1500 <= one.value < 2100
        ):
            joined[-1] = replace(
                last,
                value=last.value / one.value,
                unit=SHARE,
                of=int(one.value),
                span=Span(last.span.start, one.span.end),
                counted=one.counted,
                bare=False,
                weak=False,
            )
        else:
            joined.append(one)
    return joined


_TO = re.compile(r"[-–]|[\s-]+(?:to|through|or|and|thru)[\s-]+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|around\s+|the\s+ages\s+of\s+|ages\s+)?[$£€]?\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|ages?\s+)?[$£€]?\Z", re.IGNORECASE)


def ranges(text: str, found: Sequence[Number], read: dict[int, Numeral]) -> list[Number]:
    """The two ends of each range, the first with the scale and unit that the second names for both."""
    ends = list(found)
    for at in range(len(ends) - 1):
        low, high = ends[at], ends[at + 1]
        link = text[low.span.end : high.span.start]
        if not _TO.fullmatch(link):
            continue
        word = link.strip().lower()
        if word in ("- and", "- or"):
            word = "or"  # "three- and four-year-olds" share their unit, and are no range
        between = _BETWEEN.search(text[max(0, low.span.start - 30) : low.span.start]) is not None
        if (word == "and" and not between) or (word == "to" and _is_year(text, low, high)):
            continue
        low, high = _sharing(low, high, read)
        rising = low.unit == high.unit and low.value < high.value
        if (
            rising
            and word != "or"
            and (word != "to" or not _FROM.search(text[max(0, low.span.start - 24) : low.span.start]))
        ):
            low = replace(low, hedge="from" if low.hedge in ("", "about") else low.hedge)
            high = replace(high, hedge="to" if not high.hedge else high.hedge)
        ends[at], ends[at + 1] = low, high
    return ends


_YEARS = re.compile(r"(?:19|20)[0-9][0-9]")
_IN_A_YEAR = re.compile(
    r"\b(?:in|for|of|since|during|year|fiscal|until|through|(?:early|mid|late)[\s-])\s*\Z", re.IGNORECASE
)


def _is_year(text: str, low: Number, high: Number) -> bool:
    """Whether the first is the year in which something came to the second: "doubled for 2021 to $1 billion"."""
    if not low.bare or not _YEARS.fullmatch(text, low.span.start, low.span.end):
        return False
    other = text[high.span.start : high.span.end]
    dated = _IN_A_YEAR.search(text, max(0, low.span.start - 12), low.span.start) is not None
    return not _YEARS.fullmatch(other) and (dated or not other[:1].isdigit())


def _sharing(low: Number, high: Number, read: dict[int, Numeral]) -> tuple[Number, Number]:
    first, second = _numeral_of(low, read), _numeral_of(high, read)
    if first and second and first.scale == 1 and second.scale > 1 and low.value < high.value / second.scale:
        low = replace(low, value=low.value * second.scale)
    if (
        low.unit == COUNT
        and low.bare
        and high.unit not in (COUNT, ORDINAL)
        and high.unit.measure[:4] not in ("many", "name")
    ):
        low = replace(low, unit=high.unit, bare=False)
    elif high.unit == COUNT and high.bare and low.unit.measure in ("dollar", "euro", "sterling", "age"):
        high = replace(high, unit=low.unit, bare=False)
    return low, high


def _numeral_of(number: Number, read: dict[int, Numeral]) -> Numeral | None:
    return next((read[at] for at in range(number.span.start, number.span.end) if at in read), None)
