"""Whose words a question wants: "What did Pompeo say about …" wants Pompeo's, "about Pompeo" nobody's.

In: the question and the voices of the archive. Out: names as the question has them or, for a role
("the mayor"), the labels that print it. A person counts only where the words around the name ask
for what that person says. Rules over English wording; each looks at the few words beside a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.store import Voice
from index.text.date_patterns import MONTH
from index.text.names import ends_in_title, is_institution, meant, surname
from index.transcript import Span


def speakers_asked(text: str, voices: Sequence[Voice]) -> tuple[str, ...]:
    """Whose words `text` asks for, in the order it names them; empty where it asks for nobody's."""
    named = sorted(mentions(text, voices))
    asked = [mention for mention in named if is_asked(text, mention)]
    for mention in reversed(named):  # "Psaki and Fauci said": the first is asked with the second
        follower = next((one for one in asked if _JOINED.fullmatch(text[mention.end : one.start])), None)
        if follower and mention not in asked:
            asked.append(mention)
    names = (name for mention in sorted(asked) for name in _named(text[mention.start : mention.end], voices))
    return tuple(dict.fromkeys(names))


_SAYING = "|".join(
    r"""
    say says said saying tell tells told telling think thinks thought den(?:y|ies|ied) put\sit gave give[sn]?
    criticiz\w+ point(?:s|ed)?\sout characteri[sz]e[sd]? respon[ds]e admit(?:s|ted)? refer(?:s|red)?
    express(?:es|ed)? (?:state|argue|announce|describe|believe|promise|acknowledge|estimate|quote|cite)[sd]?
    (?:attribute|compare|urge|praise|name|note|pledge|advise)[sd]?
    (?:claim|mention|explain|call|warn|predict|confirm|insist|suggest|report|reveal|remark|answer|respond)(?:s|ed)?
    (?:recommend|defend|comment|complain|liken)(?:s|ed)?
    """.split()
)
SAYING = f"(?:{_SAYING})"
"""Verbs of what people do with words."""

ADVERB = r"(?:\w{1,20}ly\s+|(?:ever|also|have|has|had)\s+)?"

UTTERANCE = (
    r"(?:positions?|views?|opinions?|answers?|responses?|explanations?|reactions?|words|arguments?|remarks?|comments?|"
    r"statements?|speech(?:es)?|account|estimates?|telling|testimony|take)"
)
"""Nouns of what people do with words."""

_SPEAKS = re.compile(rf"(?:,[^,]{{1,80}},)?\s+{ADVERB}{SAYING}\b", re.IGNORECASE)
_HAS_SAID = re.compile(rf"['’]s?\s+(?:\w{{1,20}}\s+)?{UTTERANCE}\b", re.IGNORECASE)
_SAID_BY = re.compile(
    rf"(?:\baccording to|\b(?:{SAYING}|{UTTERANCE}|made)\s+(?:by|of|from))\s+(?:the\s+)?$", re.IGNORECASE
)
_PASSIVE = re.compile(r"\b(?:is|was|are|were|be|been|being)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|\band\b|\bor\b|,\s*and\b)\s*(?:the\s+)?", re.IGNORECASE)
_BESIDE = 60
"""Characters before a name that are looked at."""


def is_asked(text: str, mention: Span) -> bool:
    """Whether `text` asks for the words of whoever is named there."""
    before = text[max(0, mention.start - _BESIDE) : mention.start]
    if before.rstrip().endswith("&") or text[mention.end :].lstrip().startswith("&"):
        return False
    if _HAS_SAID.match(text, mention.end) or _SAID_BY.search(before):
        return True
    return bool(_SPEAKS.match(text, mention.end)) and not _PASSIVE.search(before)


def mentions(text: str, voices: Sequence[Voice]) -> Iterator[Span]:
    """Where `text` names somebody: a voice's surname with what belongs to it, a role, or what looks like a person."""
    taken: list[Span] = []
    for found in _known(tuple(voices)).finditer(text):
        if _begins_an_institution(text, found):
            continue
        before = _TITLES_AND_GIVEN.search(text[max(0, found.start() - _BESIDE) : found.start()])
        length = len(_AT_THE_BEGINNING.sub("", before.group())) if before else 0
        taken.append(Span(found.start() - length, _end_of_name(text, found, voices)))
    for found in _CAPITALISED.finditer(text):
        start = found.end() - len(_AT_THE_BEGINNING.sub("", found.group()))
        span = Span(start, found.end())
        if not any(span.overlaps(one) for one in taken) and _looks_like_a_person(text[span.start : span.end]):
            taken.append(span)
    yield from (one for one in taken if not any(other != one and other.contains(one) for other in taken))


def _begins_an_institution(text: str, found: re.Match[str]) -> bool:
    """Whether a surname is the first word of an institution's name: "the White House" is nobody called White."""
    follows = _NEXT.match(text, found.end())
    return follows is not None and is_institution(follows["word"].capitalize()) and not _MONTH.match(follows["word"])


def _end_of_name(text: str, found: re.Match[str], voices: Sequence[Voice]) -> int:
    """Where the name ends that begins with a role: "Mayor Varly" is whoever that is, and not the mayor."""
    follows = _SURNAME.match(text, found.end()) if found.group().casefold() in _holders(tuple(voices)) else None
    return follows.end() if follows and surname(follows.group()) else found.end()


@lru_cache(maxsize=8)
def _known(voices: tuple[Voice, ...]) -> re.Pattern[str]:
    """Matches the surnames of those who speak, and their roles as printed, in any case."""
    surnames = {surname(voice.name or voice.label) for voice in voices if voice.speaker}
    named = {one for one in surnames if one} | set(_roles(voices))
    longest_first = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    return re.compile(rf"\b(?:{longest_first})\b" if named else r"(?!)", re.IGNORECASE)


_MOST_IN_A_ROLE = 3
"""People whom a role may mean and still be taken as one."""


@lru_cache(maxsize=8)
def _holders(voices: tuple[Voice, ...]) -> dict[str, tuple[str, ...]]:
    """For each role that labels print ("mayor"), the labels that print it."""
    holders: dict[str, dict[str, None]] = {}
    for voice in voices:
        label = _THE.sub("", voice.label.casefold())
        last = surname(label)
        role = label.removesuffix(last).strip() if last and label.endswith(last) else ("" if last else label)
        if voice.speaker and role and role.rstrip(".") not in _COURTESY and surname(role) is None:
            holders.setdefault(role, {})[voice.label] = None
    return {role: tuple(labels) for role, labels in holders.items()}


def _roles(voices: tuple[Voice, ...]) -> list[str]:
    return [role for role, labels in _holders(voices).items() if len(set(map(surname, labels))) <= _MOST_IN_A_ROLE]


def _named(mention: str, voices: Sequence[Voice]) -> tuple[str, ...]:
    return _holders(tuple(voices)).get(mention.casefold(), (mention,))


def _looks_like_a_person(name: str) -> bool:
    return len(name.split()) >= 2 and surname(name) is not None and not is_institution(name) and not ends_in_title(name)


def hyphened(text: str, voices: Sequence[Voice]) -> str:
    """`text` with the hyphens that are in the surnames of those who speak: "Jean Pierre" is Jean-Pierre."""
    pattern = _without_hyphen(tuple(voices))
    return pattern.sub(lambda found: "-".join(found.group().split()), text) if pattern else text


@lru_cache(maxsize=8)
def _without_hyphen(voices: tuple[Voice, ...]) -> re.Pattern[str] | None:
    """Matches surnames that are printed with hyphens and stand without, unless a longer name goes on behind."""
    named = {surname(voice.name or voice.label) for voice in voices if voice.speaker}
    parts = sorted(one.split("-") for one in named if one and "-" in one)
    spaced = "|".join(r"\s+".join(map(re.escape, one)) for one in parts)
    return re.compile(rf"\b(?i:{spaced})\b(?!\s+[A-ZÀ-Þ])") if spaced else None


def people_meant(names: Sequence[str], voices: Sequence[Voice]) -> list[Voice]:
    """The voices that `names` mean."""
    return [voice for voice, is_meant in zip(voices, meant(names, [(v.label, v.name) for v in voices])) if is_meant]


_NEXT = re.compile(r"\s+(?P<word>[^\W\d_]+)")
_MONTH = re.compile(MONTH, re.IGNORECASE)
_COURTESY = frozenset("mr mrs ms miss dr".split())
_THE = re.compile(r"^the\s+")
_CAPITAL = r"[A-ZÀ-Þ][\w'’.-]{0,30}"
_WHOLE = rf"{_CAPITAL}(?<!['’]s)"
_SURNAME = re.compile(rf"\s+{_WHOLE}(?:\s+{_WHOLE})?")
_CAPITALISED = re.compile(rf"{_WHOLE}(?:\s+(?:(?:von|van|de|der|la|bin|al)\s+){{0,2}}{_WHOLE}){{1,4}}")
_TITLES_AND_GIVEN = re.compile(
    rf"(?:(?:{_CAPITAL}|(?i:dr|mr|mrs|ms|sen|rep|gov|gen|adm|sec|prof|secretary|president)\.?)\s+){{1,4}}$"
)
_AT_THE_BEGINNING = re.compile(
    r"^(?:(?:the|did|does|do|has|have|had|was|is|are|what|when|how|why|where|who|and|but|so|according|to|tell|list)\s+)+",
    re.IGNORECASE,
)
