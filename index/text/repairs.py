"""Repairs: where one who speaks puts something in, or takes words up again ("no evidence of any — of any attack").

In: a text. Out: the text with spaces for fillers and for the dashes before what is taken up again, so that a clause
goes on over them. A dash before a clause of its own stays.
"""

from __future__ import annotations

import itertools
import re

from index.text.function_words import FUNCTION_WORDS

BREAKS = frozenset(
    "but because while although though whereas unless except if when which who whose where since as so however".split()
)
"""Words that begin a clause."""
WORD = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*")

_FILLER = re.compile(
    r"(?:,|\s[—–-]|\s?--)\s*(?:you know|I mean|as you know|of course|frankly|sort of)\s*(?:,|[—–-]|--)", re.I
)
"""What is put in while one speaks: a negation reaches over it."""
_DASH = re.compile(r"\s*(?:--|[–—])\s*")
_FINITE = frozenset(
    "is are was were be has have had do does did will would can could shall should may might must".split()
)


def without_repairs(text: str) -> str:
    """`text`, of the same length, without fillers and the dashes over which words before are taken up."""
    text = _FILLER.sub(lambda found: " " * len(found.group()), text)
    for dash in _DASH.finditer(text):
        before = [word.lower() for word in WORD.findall(text, max(0, dash.start() - 30), dash.start())][-2:]
        words = WORD.finditer(text, dash.end())
        after = [word.group().lower() for word in itertools.islice(words, _TAKEN_UP)]
        again = not set(before).isdisjoint(after[:3]) and after[:1] and after[0] in FUNCTION_WORDS
        parted = next((at for at, word in enumerate(after) if word in BREAKS or word == "that"), len(after))
        if again and _FINITE.isdisjoint(after[:parted]):
            text = text[: dash.start()] + " " * len(dash.group()) + text[dash.end() :]
    return text


_TAKEN_UP = 8
"""Words after a dash by which one sees whether it begins a clause of its own."""
