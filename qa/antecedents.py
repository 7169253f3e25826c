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

_MEN = frozenset("mr mister sir herr lord congressman chairman spokesman councilman king prince".split())
_WOMEN = frozenset("ms mrs miss madam dame frau lady congresswoman chairwoman spokeswoman councilwoman queen princess".split())
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


@lru_cache(maxsize=1024)
def _sex(name: str, voices: tuple[Voice, ...]) -> str | None:
    """"m", "f", or None where the labels don't tell or contradict each other."""
    printed = [name, *(voice.label for voice in voices if voice.speaker and bears(name, voice.label, voice.name))]
    told = {sex for one in printed for word in re.findall(r"[^\W\d_]+", one.lower()) for sex in _told(word)}
    return told.pop() if len(told) == 1 else None


def _told(word: str) -> list[str]:
    return ["m"] if word in _MEN else ["f"] if word in _WOMEN else []
