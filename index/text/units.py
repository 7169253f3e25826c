"""Units: what words and signs beside a number measure, and how units of one measure convert, exactly.

Two units agree where their `measure` is the same; `factor` converts. Months and days are measures
apart, since no month has a fixed number of days; so are percent and percentage points.
"""

from __future__ import annotations

import re
from fractions import Fraction

from msgspec import Struct


class Unit(Struct, frozen=True):
    """`factor` is how many of its measure's base unit it is."""

    measure: str
    factor: Fraction = Fraction(1)


PERCENT = Unit("share", Fraction(1, 100))
SHARE = Unit("share")
TIMES = Unit("times")
CLOCK = Unit("clock")
"""Minutes after midnight."""
DIAL = Unit("dial")
"""Minutes after noon or midnight, whichever is meant."""
AGE = Unit("age", Fraction(12))
"""Years of age, in months."""

_WORDS: dict[Unit, str] = {
    PERCENT: "% percent pct percents",
    Unit("share", Fraction(1, 1000)): "‰ permille",
    Unit("points"): "",
    Unit("points", Fraction(1, 100)): "bps",
    TIMES: "times x fold",
    Unit("time"): "second seconds sec secs",
    Unit("time", Fraction(60)): "minute minutes min mins",
    Unit("time", Fraction(3600)): "hour hours hr hrs",
    Unit("time", Fraction(86400)): "day days",
    Unit("time", Fraction(604800)): "week weeks wk wks",
    Unit("time", Fraction(1209600)): "fortnight fortnights",
    Unit("time", Fraction(1, 1000)): "millisecond milliseconds ms",
    Unit("calendar"): "month months",
    Unit("calendar", Fraction(12)): "year years yr yrs",
    Unit("calendar", Fraction(120)): "decade decades",
    Unit("calendar", Fraction(1200)): "century centuries",
    Unit("night"): "night nights",
    Unit("length"): "meter meters metre metres m",
    Unit("length", Fraction(1, 1000)): "millimeter millimeters millimetre millimetres mm",
    Unit("length", Fraction(1, 100)): "centimeter centimeters centimetre centimetres cm",
    Unit("length", Fraction(1000)): "kilometer kilometers kilometre kilometres km kms",
    Unit("length", Fraction(254, 10000)): "inch inches",
    Unit("length", Fraction(3048, 10000)): "foot feet ft",
    Unit("length", Fraction(9144, 10000)): "yard yards yd yds",
    Unit("length", Fraction(1609344, 1000)): "mile miles mi",
    Unit("length", Fraction(1852)): "",
    Unit("mass"): "gram grams gramme grammes g",
    Unit("mass", Fraction(1, 1000)): "milligram milligrams mg",
    Unit("mass", Fraction(1000)): "kilogram kilograms kilo kilos kg kgs",
    Unit("mass", Fraction(1000000)): "tonne tonnes",
    Unit("ton"): "ton tons",
    Unit("mass", Fraction(45359237, 100000)): "lb lbs",
    Unit("mass", Fraction(45359237, 1600000)): "ounce ounces oz",
    Unit("pound"): "pound pounds",
    Unit("area"): "m2 m²",
    Unit("area", Fraction(10000)): "hectare hectares ha",
    Unit("area", Fraction(40468564224, 10000000)): "acre acres",
    Unit("area", Fraction(1000000)): "km2 km²",
    Unit("area", Fraction(1609344, 1000) ** 2): "",
    Unit("area", Fraction(3048, 10000) ** 2): "",
    Unit("volume"): "liter liters litre litres l",
    Unit("volume", Fraction(1, 1000)): "milliliter milliliters millilitre millilitres ml",
    Unit("volume", Fraction(1000)): "m3 m³",
    Unit("gallon"): "gallon gallons",
    Unit("barrel"): "barrel barrels",
    Unit("degree"): "degree degrees °",
    Unit("celsius"): "",
    Unit("fahrenheit"): "",
    Unit("power"): "watt watts w",
    Unit("power", Fraction(1000)): "kilowatt kilowatts kw",
    Unit("power", Fraction(10**6)): "megawatt megawatts mw",
    Unit("power", Fraction(10**9)): "gigawatt gigawatts gw",
    Unit("energy"): "kwh",
    Unit("energy", Fraction(1000)): "mwh",
    Unit("speed"): "mph",
    Unit("speed", Fraction(1000000, 1609344)): "kph kmh",
    Unit("knot"): "knot knots",
    Unit("bytes", Fraction(10**3)): "kilobyte kilobytes kb",
    Unit("bytes", Fraction(10**6)): "megabyte megabytes mb",
    Unit("bytes", Fraction(10**9)): "gigabyte gigabytes gb",
    Unit("bytes", Fraction(10**12)): "terabyte terabytes tb",
    Unit("dollar"): "dollar dollars bucks usd",
    Unit("dollar", Fraction(1, 100)): "cent cents",
    Unit("euro"): "euro euros eur",
    Unit("sterling"): "gbp quid",
    Unit("sterling", Fraction(1, 100)): "pence",
    Unit("yen"): "yen jpy",
    Unit("yuan"): "yuan renminbi rmb",
    Unit("crown"): "crown crowns krona kronor krone kroner koruna",
    Unit("franc"): "franc francs chf",
    Unit("mark"): "deutschmark deutschmarks",
    Unit("ruble"): "ruble rubles rouble roubles",
    Unit("rupee"): "rupee rupees",
    Unit("peso"): "peso pesos",
    Unit("shekel"): "shekel shekels",
    Unit("florin"): "florin florins guilder guilders",
    Unit("lira"): "lira liras lire",
    Unit("zloty"): "zloty zlotys zloties",
    Unit("forint"): "forint forints",
    Unit("hryvnia"): "hryvnia hryvnias hryvnya",
    Unit("dinar"): "dinar dinars",
    Unit("dirham"): "dirham dirhams",
    Unit("rial"): "rial rials riyal riyals",
    Unit("baht"): "baht",
    Unit("rupiah"): "rupiah rupiahs",
    Unit("ringgit"): "ringgit",
    Unit("naira"): "naira",
    Unit("shilling"): "shilling shillings",
    Unit("peseta"): "peseta pesetas",
    Unit("drachma"): "drachma drachmas",
}
UNITS: dict[str, Unit] = {word: unit for unit, words in _WORDS.items() for word in words.split()}

_LONGER: tuple[tuple[str, Unit], ...] = (
    (r"per\s+cent\b(?!age)", PERCENT),
    (r"(?:percent|per\s+cent|%)(?:age)?[\s-]points?\b", Unit("points")),
    (r"basis[\s-]points?\b", Unit("points", Fraction(1, 100))),
    (r"(?:miles?(?:\s+per|\s+an|-an|-per)[\s-]hour)\b", Unit("speed")),
    (r"(?:km/h|kilomet(?:er|re)s?(?:\s+per|\s+an|-an|-per)[\s-]hour)", Unit("speed", Fraction(1000000, 1609344))),
    (r"nautical[\s-]miles?\b", Unit("length", Fraction(1852))),
    (r"(?:square|sq\.?)[\s-](?:met(?:er|re)s?|m)\b", Unit("area")),
    (r"(?:square|sq\.?)[\s-](?:kilomet(?:er|re)s?|km)\b", Unit("area", Fraction(1000000))),
    (r"(?:square|sq\.?)[\s-](?:miles?|mi)\b", Unit("area", Fraction(1609344, 1000) ** 2)),
    (r"(?:square|sq\.?)[\s-](?:feet|foot|ft)\b", Unit("area", Fraction(3048, 10000) ** 2)),
    (r"cubic[\s-]met(?:er|re)s?\b", Unit("volume", Fraction(1000))),
    (r"metric[\s-]tons?\b", Unit("mass", Fraction(1000000))),
    (r"kilowatt[\s-]hours?\b", Unit("energy")),
    (r"megawatt[\s-]hours?\b", Unit("energy", Fraction(1000))),
    (r"(?:degrees?[\s-](?:celsius|centigrade|c\b)|°\s?c\b)", Unit("celsius")),
    (r"(?:degrees?[\s-](?:fahrenheit|f\b)|°\s?f\b)", Unit("fahrenheit")),
    (r"(?:years?[\s-](?:old|olds|of[\s-]age)|-?year-olds?|yo)\b", AGE),
    (r"months?[\s-](?:old|olds|of[\s-]age)\b", Unit("age")),
    (r"pounds?\s+sterling\b", Unit("sterling")),
    (r"(?:u\.?s\.?|american|united\s+states)[\s-]dollars?\b", Unit("dollar")),
    (r"(?:canadian|australian|hong\s+kong|new\s+zealand|singapore)[\s-]dollars?\b", Unit("dollar abroad")),
)
_UNIT = re.compile(
    "|".join(f"(?P<u{at}>{pattern})" for at, (pattern, _) in enumerate(_LONGER))
    + r"|(?P<sign>[%‰°])|(?P<word>[a-zµ]+[²³23]?)(?![\w²³])",
    re.IGNORECASE,
)

_SIGN = re.compile(
    r"(?:(?P<nation>US|U\.S\.|C|CA|A|AU|NZ|HK|S)?(?P<sign>[$£€¥₹₽₺₴₪])|\b(?P<code>USD|EUR|GBP|CHF|JPY|CZK|SEK|NOK|DKK))\s?\Z"
)
_SIGNS = {
    "$": Unit("dollar"),
    "£": Unit("sterling"),
    "€": Unit("euro"),
    "¥": Unit("yen"),
    "₹": Unit("rupee"),
    "₽": Unit("ruble"),
    "₺": Unit("lira"),
    "₴": Unit("hryvnia"),
    "₪": Unit("shekel"),
    "USD": Unit("dollar"),
    "EUR": Unit("euro"),
    "GBP": Unit("sterling"),
    "CHF": Unit("franc"),
    "JPY": Unit("yen"),
}  # fmt: skip

_AMBIGUOUS = {
    "pound": {"sterling", "mass"},
    "degree": {"celsius", "fahrenheit"},
    "dollar": {"dollar abroad"},
    "age": {"calendar"},
    "dial": {"clock"},
}
_POUND_OF_MASS = Fraction(45359237, 100000)


def unit_at(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit whose name begins at `at`, and where it ends."""
    found = _UNIT.match(text, at)
    if found is None:
        return None
    name = found.lastgroup or ""
    if name in ("word", "sign"):
        unit = UNITS.get(found.group().lower())
        return None if unit is None else (unit, found.end())
    return _LONGER[int(name[1:])][1], found.end()


def currency_before(text: str, at: int) -> tuple[Unit, int] | None:
    """The currency whose sign stands right before `at`, and where it begins."""
    found = _SIGN.search(text, max(0, at - 6), at)
    if found is None:
        return None
    if found["code"]:
        return _SIGNS.get(found["code"], Unit("crown")), found.start()
    abroad = found["nation"] and found["nation"] not in ("US", "U.S.")
    return (Unit("dollar abroad") if abroad and found["sign"] == "$" else _SIGNS[found["sign"]]), found.start()


def same_amount(value: Fraction, unit: Unit, other_value: Fraction, other: Unit) -> bool:
    """Whether the two are one amount: 120 minutes and two hours, never 70 percent and 70 percentage points.

    A word that names two units agrees with both: pounds with sterling and with pounds of mass.
    """
    if unit.measure == other.measure:
        return value * unit.factor == other_value * other.factor
    if other.measure in _AMBIGUOUS and unit.measure not in _AMBIGUOUS:
        value, unit, other_value, other = other_value, other, value, unit
    if other.measure not in _AMBIGUOUS.get(unit.measure, set()):
        return False
    if unit.measure == "pound" and other.measure == "mass":
        return value * _POUND_OF_MASS == other_value * other.factor
    if unit.measure == "dial":
        return value == other_value % 720
    return value * unit.factor == other_value * other.factor
