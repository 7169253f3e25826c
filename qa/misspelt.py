"""Names that a question has of nobody who speaks, and whose names come near: "Pskai" is near Psaki.

In: names as asked, or a question, and the voices of the archive. Out: the voices whose surnames are spelt
almost so, to be named to the asker; nobody is taken for one of them. By how many letters two words share
in order (Ratcliff and Obershelp, as difflib counts them).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache

from index.store import Voice
from index.text.function_words import FUNCTION_WORDS
from index.text.names import surname, words
from index.transcript import Span
from qa.speakers import is_asked, mentions

_ALIKE = 0.75
"""Share of their letters that two names have in common in order at least."""

_MOST = 3
_SHORTEST = 4
"""Letters of a name below which any is near another."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*")


def near(name: str, voices: Sequence[Voice]) -> list[Voice]:
    """Of each surname most like that of `name`, or like all of it, the voice most heard, the most like first."""
    bearers = _bearers(tuple(voices))
    spelt = [one for one in (surname(name), "-".join(words(name))) if one and len(one) >= _SHORTEST]
    alike = dict.fromkeys(like for one in spelt for like in get_close_matches(one, bearers, _MOST, _ALIKE))
    return [bearers[one] for one in alike]


def strangers(text: str, voices: Sequence[Voice]) -> tuple[str, ...]:
    """The single words of `text` that stand where it asks for somebody's words, and are almost a speaker's name."""
    asked = [one for one in _words(text) if is_asked(text, one)]
    named = list(mentions(text, voices)) if asked else []
    return tuple(
        text[one.start : one.end]
        for one in asked
        if not any(one.overlaps(other) for other in named) and _is_almost_a_name(text[one.start : one.end], voices)
    )


def _is_almost_a_name(word: str, voices: Sequence[Voice]) -> bool:
    """Whether `word` is spelt almost as a speaker's name; several of one name are no other: "the Bidens"."""
    is_plural = word.casefold().endswith("s") and word.casefold()[:-1] in _bearers(tuple(voices))
    return not is_plural and bool(near(word, voices))


def _words(text: str) -> Iterator[Span]:
    for found in _WORD.finditer(text):
        if found.group().casefold() not in FUNCTION_WORDS:
            yield Span(*found.span())


@lru_cache(maxsize=8)
def _bearers(voices: tuple[Voice, ...]) -> dict[str, Voice]:
    """Who is most heard under each surname, with a name behind the label if any has one."""
    bearers: dict[str, Voice] = {}
    for voice in sorted(voices, key=lambda one: (one.name is None, -one.turns)):
        last = surname(voice.name or voice.label) if voice.speaker else None
        if last:
            bearers.setdefault(last, voice)
    return bearers
