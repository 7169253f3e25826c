"""Antecedents: whom "he", "she" or "they" of a question means, after the questions before it.

In: the names that the history holds, last first, and the voices of the archive. Out: one name, or
None where it can't be told. Whether somebody is a he or a she is told by the record's labels
(MR. KIRBY, MS. PSAKI) and the questions' own words, never by a given name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.store import Voice
from index.text.names import bears
from index.transcript import Span
from qa.speakers import mentions, people_meant


def people(text: str, voices: Sequence[Voice]) -> list[Span]:
    """Where `text` names people, in order, the first of many: "Secretary Pompeo" is not also a secretary."""
    found = sorted(mentions(text, voices))
    return [one for one in found if not any(other != one and other.contains(one) for other in found)][:_MOST_PEOPLE]


def speaks(name: str, voices: Sequence[Voice]) -> bool:
    """Whether `name` means anybody who speaks in the record."""
    return _speaks(name, tuple(voices))


@lru_cache(maxsize=4096)
def _speaks(name: str, voices: tuple[Voice, ...]) -> bool:
    return bool(people_meant([name], voices))


_MOST_PEOPLE = 20
_MEN = frozenset("mr mister sir herr lord congressman chairman spokesman councilman king prince".split())
_WOMEN = frozenset(
    "ms mrs miss madam dame frau lady congresswoman chairwoman spokeswoman councilwoman queen princess".split()
)
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())


def one_of(pronoun: str, levels: Sequence[Sequence[str]], voices: Sequence[Voice]) -> str | None:
    """Whom `pronoun` means: of the first level of names that holds anybody it may mean, the only one."""
    record = tuple(voices)
    for names in levels:
        fitting = [name for name in names if _may_be(pronoun.lower(), name, record)]
        if fitting:
            return fitting[0] if len(_apart(fitting)) == 1 else None
    return None


def _may_be(pronoun: str, name: str, voices: tuple[Voice, ...]) -> bool:
    sex = _sex(name, voices)
    return not ((pronoun in _HE and sex == "f") or (pronoun in _SHE and sex == "m"))


def _apart(names: Sequence[str]) -> list[str]:
    """The names without those that are a longer or shorter form of another."""
    found: list[str] = []
    for name in names:
        if not any(bears(name, other, None) for other in found):
            found.append(name)
    return found


_CERTAIN = 0.9
"""Share of a person's turns whose labels must agree: a slip ("MR. PSAKI") tells nothing."""


@lru_cache(maxsize=1024)
def _sex(name: str, voices: tuple[Voice, ...]) -> str | None:
    """"m", "f", or None where the labels don't tell or contradict each other."""
    if told := _told(name):
        return told
    turns = {"m": 0, "f": 0}
    for voice in voices:
        if voice.speaker and (told := _told(voice.label)) and bears(name, voice.label, voice.name):
            turns[told] += voice.turns
    most = max(turns, key=turns.__getitem__)
    return most if turns[most] and turns[most] >= _CERTAIN * sum(turns.values()) else None


def _told(printed: str) -> str | None:
    words = set(re.findall(r"[^\W\d_]+", printed.lower()))
    men, women = not words.isdisjoint(_MEN), not words.isdisjoint(_WOMEN)
    return None if men == women else "m" if men else "f"
