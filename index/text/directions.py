"""Directions: words that say the opposite of one another, such as "rose" and "fell".

In: a text. Out: for each pair of opposites which side it has, and before which words. A short
table of everyday English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

_ANYWHERE = """
    increase increases increased increasing rise rises rose risen rising grow grows grew grown growing climbed soared
    surged | decrease decreases decreased decreasing fall falls fell fallen falling decline declines declining drop
    drops dropped dropping shrink shrank plunged reduce reduces reduced reducing reduction; highest | lowest; higher |
    lower; largest biggest greatest | smallest; larger bigger | smaller; maximum | minimum; support supports supported
    supporting back backs backed | oppose opposes opposed opposing; best | worst; better improve improved improving
    improves | worse worsen worsened worsening worsens; faster | slower; strengthen strengthened stronger | weaken
    weakened weaker; win wins won | lose loses lost; northern north | southern south; eastern east | western west; men
    man male boys boy | women woman female girls girl; imports import imported | exports export exported; buy buys
    bought purchased | sell sells sold; praise praised praises praising | criticize criticized criticise criticised
    condemn condemned; optimistic | pessimistic; success succeeded successful | failure failures unsuccessful;
    majority | minority; arrived arrive arrival | departed depart departure; hired hire | fired; guilty | innocent;
    earliest | latest; longest | shortest; longer | shorter; cheaper | costlier; easier | harder; older | younger;
    oldest | youngest; opened reopened reopen reopens open opens opening | closed close closes closing shut; accept
    accepted accepts approve approved approves approval adopted | reject rejected rejects; allow allows allowed permit
    permitted | forbid forbids forbade forbidden prohibit prohibits prohibited banned; mandatory compulsory |
    voluntary optional; temporary temporarily | permanent permanently; lift lifted | impose imposed; easy | difficult;
    early | late; safe | dangerous unsafe; rich wealthy | poor; victory | defeat; hot | cold; warmer | colder
"""
_BEFORE_A_WORD = """
    more | less fewer; above over | below under; before | after; first | last; all every each both | some most many
    few; always | sometimes often never; up | down; most | least fewest; minimum | maximum; with | without; for |
    against; everyone everybody | someone somebody; inside | outside; left | right; daily | weekly monthly yearly;
    half | double
"""
_ENDS = {"to": 0, "from": 1}
"""Of the last pair. Alone they say nothing of a place: one visits a clinic and hears from it."""
_APART = 6
"""Words between the two ends of "from the bridge to the weir", at most."""


class Directions(Struct, frozen=True):
    """`sides`: pairs of opposites and side, anywhere. `before`: likewise, each with the word before which it stands."""

    sides: frozenset[tuple[int, int]]
    before: frozenset[tuple[int, int, str]]


_Table = dict[str, tuple[tuple[int, int], ...]]


def _table(pairs: str) -> _Table:
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for at, pair in enumerate(pairs.split(";")):
        for side, words in enumerate(pair.split("|")):
            for word in words.split():
                found[word] = (*found.get(word, ()), (at, side))
    return found


_SIDES, _SIDES_BEFORE = _table(_ANYWHERE), _table(_BEFORE_A_WORD)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’-][^\W_]+)*")
_SMALL = frozenset(
    "the a an of to than his her their our its that this these those be been is was were are it they we he she".split()
)


@lru_cache(maxsize=2_000)
def directions(text: str) -> Directions:
    """The directions that `text` gives."""
    words = _WORD.findall(text.lower())
    known = frozenset(words)
    sides = {side for word in known & _SIDES.keys() for side in _SIDES[word]}
    if known.isdisjoint(_SIDES_BEFORE) and known.isdisjoint(_ENDS):
        return Directions(frozenset(sides), frozenset())
    before = {
        (pair, side, following)
        for at, word in enumerate(words)
        for pair, side in (() if word == "against" and _is_held_ready(words[:at]) else _SIDES_BEFORE.get(word, ()))
        for following in _following(words, at)
    }
    return Directions(frozenset(sides), frozenset(before | set(_ends(words))))


def _is_held_ready(words: list[str]) -> bool:
    """Whether "against" is the same as "for": "a reserve of 7 million against things that may happen"."""
    return not _HELD_READY.isdisjoint(words[-5:])


_HELD_READY = frozenset(
    """
    reserve reserves provision provisions insurance insure insured guard guarded guards hedge hedged protect protects
    protected protection safeguard safeguards cushion buffer precaution precautions
    """.split()
)


def _following(words: list[str], at: int) -> list[str]:
    return [other for other in words[at + 1 : at + 4] if other not in _SMALL][:1]


def _ends(words: list[str]) -> Iterator[tuple[int, int, str]]:
    """Each "to" and "from" with the word that leads to it ("sent aid to Ukraine"), or as one of two ends, or before a
    figure or year."""
    pair = len(_BEFORE_A_WORD.split(";"))
    for at, word in enumerate(words):
        if word not in _ENDS:
            continue
        near = {*words[max(0, at - _APART) : at], *words[at + 1 : at + 1 + _APART]} & _ENDS.keys()
        leading = words[at - 1 : at] if at else []
        for following in _following(words, at):
            if near - {word} or following[0].isdigit():
                yield pair, _ENDS[word], following
            for one in leading:
                if one not in _SMALL:
                    yield pair, _ENDS[word], f"{one[:4]}… {following}"
