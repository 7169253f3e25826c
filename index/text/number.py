"""A number as a text states it: how many, of what, and how it is held."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from index.text.hedges import Hedge
from index.text.units import Unit, same_amount
from index.transcript import Span

COUNT = Unit("count")
ORDINAL = Unit("ordinal")


class Number(Struct, frozen=True):
    """A value as written, in `unit`, with where all of it stands.

    `counted`: the nouns and adjectives right after it, lower case, without a plural's s. `per`: the unit of
    which each has so many ("a day", "per litre"). `bare`: neither unit nor anything counted follows, so that
    the unit may be understood ("from 50 to 60 percent"). `weak`: "one" and "first", which more often
    structure a sentence than count, and the 19 of COVID-19. `of`: the ten of "seven in ten".
    """

    value: Fraction
    unit: Unit
    span: Span
    hedge: Hedge = ""
    counted: tuple[str, ...] = ()
    per: Unit | None = None
    bare: bool = False
    weak: bool = False
    of: int | None = None


def same_value(stated: Number, found: Number) -> bool:
    """Whether both are one amount in one unit, exact conversions included."""
    return same_amount(stated.value, stated.unit, found.value, found.unit)
