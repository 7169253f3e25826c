"""Ordinary English words: `python -m eval.training.ordinary_words DATA` writes index/text/ordinary_words.txt.

A word is ordinary where it is printed small at least three times and, inside a sentence, with
a capital at most once in three. So "vaccines" is, "Psaki" is not, nor are "Price" and "White".
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections import Counter
from pathlib import Path

from eval.training.corpus import permissive_transcripts

TARGET = Path(__file__).resolve().parents[2] / "index" / "text" / "ordinary_words.txt"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_INSIDE = re.compile(r"[\w,]\s$")
_OFTEN, _MOSTLY_SMALL = 3, 2 / 3


def ordinary_words(data: Path) -> list[str]:
    """The words, sorted; those of one or two letters are left to the function words."""
    small: Counter[str] = Counter()
    proper: Counter[str] = Counter()
    for transcript in permissive_transcripts(data):
        for found in _WORD.finditer(transcript.text):
            word = found.group().replace("’", "'")
            if word.islower():
                small[word] += 1
            elif word[0].isupper() and _INSIDE.search(transcript.text, max(0, found.start() - 2), found.start()):
                proper[word.lower()] += 1
    return sorted(
        word
        for word, often in small.items()
        if often >= _OFTEN and len(word) > 2 and often >= _MOSTLY_SMALL * (often + proper[word])
    )


if __name__ == "__main__":
    TARGET.write_text(textwrap.fill(" ".join(ordinary_words(Path(sys.argv[1]))), 118) + "\n", "utf-8")
