"""Numbers: every number and amount of an English text, exactly, with what it counts and how it is hedged.

In: a text. Out: values as fractions, with unit, hedge ("more than", "nearly") and place.
"70 percent", "seventy per cent" and "seven in ten" are one amount; "$1.2bn" and "twelve hundred
million dollars" too. The digits of a name (F-16, G7) count that name alone. Whether digits belong to a date is not decided here: "2021"
is a number too, and the caller leaves the spans of dates out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from index.text.dated import MONTHS
from index.text.numerals import Numeral, numerals
from index.text.units import AGE, CLOCK, DIAL, SHARE, TIMES, Unit, currency_before, same_amount, unit_at
from index.transcript import Span

Hedge = Literal["", "about", "nearly", "over", "least", "under", "most", "from", "to", "during"]
"""How a number is held: `least` "at least 70", `most` "up to 70", `from` and `to` the ends of a range,
`during` "over 70 days", which is "more than" or "in the course of"."""

COUNT = Unit("count")
ORDINAL = Unit("ordinal")


class Number(Struct, frozen=True):
    """A value as written, in `unit`, with where all of it stands.

    `counted`: the nouns and adjectives right after it, lower case, without a plural's s. `per`: the unit of which each has so many ("a day", "per litre"). `bare`: neither
    unit nor anything counted follows, so that the unit may be understood ("from 50 to 60 percent").
    `weak`: "one" and "first", which more often structure a sentence than count, and the 19 of COVID-19.
    """

    value: Fraction
    unit: Unit
    span: Span
    hedge: Hedge = ""
    counted: tuple[str, ...] = ()
    per: Unit | None = None
    bare: bool = False
    weak: bool = False


_BEARS: dict[Hedge, frozenset[Hedge]] = {
    stated: frozenset(found.split("|"))  # type: ignore[arg-type]
    for stated, found in {
        "": "|about|over|least|from|during",
        "about": "|about|over|least|nearly|from|to|during",
        "nearly": "nearly",
        "over": "over|during",
        "least": "least|over|from|during|",
        "under": "under|nearly",
        "most": "most|to",
        "from": "from|least|",
        "to": "to|most|",
        "during": "during|over|",
    }.items()
}


def hedge_holds(stated: Hedge, found: Hedge) -> bool:
    """Whether what is held as `found` may be told as `stated`.

    A number told without a hedge says that there were so many, whether or not there were more: "more than 70"
    bears out "70", but "nearly 70", "less than 70" and "up to 70" don't. A hedge may be left out so, or
    weakened, never added or turned: 70 is neither "more than 70" nor "up to 70".
    """
    return found in _BEARS[stated]


def same_value(stated: Number, found: Number) -> bool:
    """Whether both are one amount in one unit, exact conversions included."""
    return same_amount(stated.value, stated.unit, found.value, found.unit)


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of `text` in order, apart."""
    if not _ANY.search(text.lower()):
        return ()
    apart = list(_apart([*_times(text), *_names(text)]))
    read = [one for one in numerals(text) if not any(one.span.overlaps(other.span) for other in apart)]
    found = list(_apart(_with_units(text, read)))
    found = _ranges(text, _ratios(text, _compounds(text, found)), {one.span.start: one for one in read})
    return tuple(sorted([*found, *apart], key=lambda one: one.span))


_ANY = re.compile(
    r"[0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\b(?:zero|one|tw[oei]|thir|thri|thre|thou|four|for?t|fi[vfr]|six|sev|sec|eig|nin|ten|ele|hal[fv]|qua|hun|mil|mid|bil|tri|dou|doz|cou|pai|noon)"
)
"""The beginnings of all words that are read, in lower case."""

_CLOCK = re.compile(
    r"(?<![\w.:$£€])(?:(?P<hour>[01]?[0-9]|2[0-4])(?::(?P<minute>[0-5][0-9])(?::[0-5][0-9])?)?\s?(?:(?P<half>[ap])\.?\s?m\b\.?|(?P<oclock>o['’]?clock\b))"
    r"|(?P<plain_hour>[01]?[0-9]|2[0-3]):(?P<plain_minute>[0-5][0-9])(?![:\d])(?P<lapse>)"
    r"|(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-](?:(?P<word_half>[ap])\.?\s?m\b\.?|o['’]?clock\b)"
    r"|\b(?P<named>noon|midnight)\b)(?:\s+in\s+the\s+(?P<part>morning|afternoon|evening))?",
    re.IGNORECASE,
)
_HOURS = {word: hour for hour, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}


def _times(text: str) -> Iterator[Number]:
    """Times of day, in minutes."""
    for found in _CLOCK.finditer(text):
        span = Span(*found.span())
        if found["named"]:
            yield Number(Fraction(720 if found["named"].lower() == "noon" else 0), CLOCK, span)
            continue
        hour = _HOURS[found["word"].lower()] if found["word"] else int(found["hour"] or found["plain_hour"])
        minutes = Fraction(int(found["minute"] or found["plain_minute"] or 0))
        half = (found["half"] or found["word_half"] or {"morning": "a", "afternoon": "p", "evening": "p"}.get((found["part"] or "").lower(), "")).lower()
        if half and hour <= 12:
            yield Number(hour % 12 * 60 + minutes + (720 if half == "p" else 0), CLOCK, span)
        elif hour > 12 or (found["plain_hour"] or "").startswith("0"):
            yield Number(hour % 24 * 60 + minutes, CLOCK, span)
        else:
            yield Number(hour % 12 * 60 + minutes, DIAL, span)


_NAME = re.compile(r"(?<![\w$£€.-])(?P<name>[A-Z][A-Za-z]{0,5}-|[A-Z][A-Za-z]{0,15})(?P<figure>[0-9]{1,6})(?P<rest>(?:[.-][0-9]+)*)(?:['’]?s)?(?!\w)(?!-[a-z])")
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
_OF = re.compile(r"(?:\s+|-)(?:of|in|out\s+of)(?:\s+(?:the|all|our|their|its|his|her|my|your|those|these|them|us|every))*\b", re.IGNORECASE)
_STOP = frozenset(
    """a about above across after against all also although always am among an and any anyone are around as at away back be
    because been before behind being below beneath between both but by came can cannot come could did do does done down during
    each either else even ever every for from get gets give gives go goes going gone got had has have he her here hers him
    his how however i if in inside instead into is it its itself just last later least less let like made make makes many may
    maybe me might mine more most much must my near neither never next no nobody none nor not nothing now of off often on once
    only onto or other others our out outside over own per perhaps plus put quite rather right said same say says see she should
    since so some someone still such than that the their them themselves then there these they this those though through
    throughout thus to today together tomorrow too toward towards under until up upon us very was we well went were what when
    where whether which while who whom whose why will with within without would yes yesterday yet you your""".split()
)
_LOOSE = frozenset("more additional new whole full long straight consecutive different extra other further".split())


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
    bare = unit == COUNT and not counted and not _OF_WHOM.match(text, end)
    weak = numeral.word and value == 1 and (unit in (COUNT, ORDINAL))
    span = Span(start, end)
    return Number(value, unit, span, _hedge(text, span), counted, per, bare, weak)


_AGED = re.compile(r"\b(?:age|ages|aged)\s+(?:of\s+)?\Z", re.IGNORECASE)
_OF_WHOM = re.compile(r"\s+of\s+(?!20\d\d|19\d\d)", re.IGNORECASE)
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
        if word is None or word["word"].lower() in _STOP - _LOOSE or word["word"].lower().endswith("s") or attached:
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
        if found is None or (found["word"].lower() in _STOP and found["word"].lower() not in _LOOSE):
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


_BEFORE = re.compile(
    r"(?:\A|[^\w])(?:"
    r"(?P<most>(?:no|not)\s+(?:more|greater|higher|longer|larger)\s+than|at\s+(?:the\s+)?most|up\s+to|(?:as|so)\s+(?:many|much|high|far|long|large)\s+as|"
    r"(?:an?\s+)?maximum(?:\s+of)?|not\s+exceeding|capped\s+at)"
    r"|(?P<least>(?:no|not)\s+(?:less|fewer|lower)\s+than|at\s+(?:the\s+very\s+)?least|(?:an?\s+)?minimum(?:\s+of)?|as\s+(?:few|little|low)\s+as)"
    r"|(?P<nearly>nearly|almost|approaching|just\s+(?:under|below|short\s+of)|close\s+to|closer\s+to|(?:slightly|a\s+little)\s+(?:under|less\s+than|fewer\s+than)|shy\s+of)"
    r"|(?P<over>(?:more|greater|higher|larger|longer|better|bigger)\s+than|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|(?:in\s+)?excess\s+of|upwards?\s+of|north\s+of|"
    r"(?:just|well|slightly|a\s+little|way)\s+over|topp(?:ed|ing)|beyond)"
    r"|(?P<under>(?:less|fewer|lower|smaller|shorter)\s+than|under|below|short\s+of|south\s+of)"
    r"|(?P<during>over)"
    r"|(?P<about>about|around|roughly|approximately|some|circa|approx\.?|an\s+estimated|estimated|or\s+so|more\s+or\s+less|in\s+the\s+(?:range|order|neighbou?rhood)\s+of|on\s+the\s+order\s+of)"
    r")\s+(?:(?:an?|the|another|age|ages|some|only|just|about|around)\s+)*\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:(?P<over>\+|[\s-]plus\b)"
    r"|,?\s+(?:(?:or|and)\s+(?:(?P<least>more|greater|older|over|above|up|higher|longer|better)|(?P<most>less|fewer|under|younger|below|lower|down))\b"
    r"|at\s+(?:(?P<at_least>least)|(?P<at_most>most))\b|(?P<about>or\s+so|more\s+or\s+less|or\s+thereabouts)\b)|-?(?P<ish>ish|odd)\b)",
    re.IGNORECASE,
)
_HEDGES: dict[str, Hedge] = {
    "most": "most", "least": "least", "nearly": "nearly", "over": "over", "under": "under", "during": "during", "about": "about",
    "at_least": "least", "at_most": "most", "ish": "about",
}  # fmt: skip
_HEDGE_WORD = re.compile(
    r"\b(?:than|most|to|as|maximum|of|exceed\w*|capped|least|minimum|nearly|almost|approaching|under|below|over|above|beyond|"
    r"surpass\w*|topp\w+|about|around|roughly|approximately|some|circa|approx|estimated|so|less|at)\b",
    re.IGNORECASE,
)


def _hedge(text: str, span: Span) -> Hedge:
    after = _AFTER.match(text, span.end)
    if after:
        return _HEDGES[after.lastgroup or "about"]
    before = text[max(0, span.start - 40) : span.start]
    if not _HEDGE_WORD.search(before):
        return ""
    found = _BEFORE.search(before)
    if found is None:
        return ""
    hedge = _HEDGES[found.lastgroup or "about"]
    if hedge == "during" and not _LAPSE.search(text, span.start, span.end):
        return "over"
    return hedge


_LAPSE = re.compile(r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|nights?|centur(?:y|ies))\Z", re.IGNORECASE)

_MULTIPLE = re.compile(
    r"\b(?P<two>twice|doubl(?:e|es|ed|ing)(?!-|\s+(?:down|check|standard|dose|edge|talk|dip|vaccin|blind)))\b|\b(?P<three>thrice|tripl(?:e|es|ed|ing))\b"
    r"|\b(?P<four>quadrupl(?:e|es|ed|ing))\b|\b(?P<fold>two|three|four|five|six|ten)(?:-|\s)?fold\b"
    r"|\b(?P<pair>(?:a|the)\s+(?:pair|couple)\s+of)\b",
    re.IGNORECASE,
)
_FOLDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


def _multiples(text: str) -> Iterator[Number]:
    """Twice, doubled, a tenfold; a couple of."""
    for found in _MULTIPLE.finditer(text):
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


_COMPOUND = re.compile(r"\s*,?\s*(?:and\s+)?", re.IGNORECASE)
_COMPOUNDED = frozenset(("dollar", "euro", "sterling", "time", "calendar", "length", "mass"))


def _compounds(text: str, found: Sequence[Number]) -> list[Number]:
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
            joined[-1] = replace(last, value=last.value + one.value * one.unit.factor / last.unit.factor, span=span, counted=one.counted)
        elif one.unit == SHARE and (whole := _whole_before(text, one, last)):
            joined = [other for other in joined if not other.span.overlaps(whole.span)]
            joined.append(replace(whole, value=whole.value + one.value, counted=one.counted))
        else:
            joined.append(one)
    return joined


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


def _ratios(text: str, found: Sequence[Number]) -> list[Number]:
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
            joined[-1] = replace(last, value=last.value / one.value, unit=SHARE, span=Span(last.span.start, one.span.end), counted=one.counted, bare=False, weak=False)
        else:
            joined.append(one)
    return joined


_TO = re.compile(r"[-–]|[\s-]+(?:to|through|or|and|thru)[\s-]+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|around\s+|the\s+ages\s+of\s+|ages\s+)?[$£€]?\Z", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:about\s+|around\s+|ages?\s+)?[$£€]?\Z", re.IGNORECASE)


def _ranges(text: str, found: Sequence[Number], read: dict[int, Numeral]) -> list[Number]:
    """The two ends of each range, the first with the scale and unit that the second names for both."""
    ends = list(found)
    for at in range(len(ends) - 1):
        low, high = ends[at], ends[at + 1]
        link = text[low.span.end : high.span.start]
        if not _TO.fullmatch(link):
            continue
        word = link.strip().lower()
        between = _BETWEEN.search(text[max(0, low.span.start - 30) : low.span.start]) is not None
        if word == "and" and not between:
            continue
        low, high = _sharing(text, low, high, read)
        rising = low.unit == high.unit and low.value < high.value
        if rising and word != "or" and (word != "to" or not _FROM.search(text[max(0, low.span.start - 24) : low.span.start])):
            low = replace(low, hedge="from" if low.hedge in ("", "about") else low.hedge)
            high = replace(high, hedge="to" if not high.hedge else high.hedge)
        ends[at], ends[at + 1] = low, high
    return ends


def _sharing(text: str, low: Number, high: Number, read: dict[int, Numeral]) -> tuple[Number, Number]:
    first, second = _numeral_of(low, read), _numeral_of(high, read)
    if first and second and first.scale == 1 and second.scale > 1 and low.value < high.value / second.scale:
        low = replace(low, value=low.value * second.scale)
    if low.unit == COUNT and low.bare and high.unit not in (COUNT, ORDINAL) and high.unit.measure[:4] not in ("many", "name"):
        low = replace(low, unit=high.unit, bare=False)
    elif high.unit == COUNT and high.bare and low.unit.measure in ("dollar", "euro", "sterling", "age"):
        high = replace(high, unit=low.unit, bare=False)
    return low, high


def _numeral_of(number: Number, read: dict[int, Numeral]) -> Numeral | None:
    return next((read[at] for at in range(number.span.start, number.span.end) if at in read), None)
