"""Whether a model's rewriting of a follow-up may be asked in its place.

It may where it is one question that keeps what was asked and takes whatever it adds from the
history. By words: what a model makes up has to be some word, and that word is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.function_words import FUNCTION_WORDS
from index.text.sentences import sentences
from qa.leaning import LONGEST_QUESTION, Exchange
from qa.matching import stems

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_ASKING = frozenset("what when where why who whom whose which how many much not no never".split())
_LEADING = re.compile(
    r"^\W*(?:(?:and|but|so|also|then|well|now|okay|ok)\b\W*)*(?:(?:what|how)\s+about\b|the\s+same\b)?", re.IGNORECASE
)
_NO_CONTENT = frozenset("same tell more else okay ok well".split())
_ADDED = stems("say said says speak spoke talk mention regarding concerning happen")
"""Words that a rewriting may add by itself."""


def keeps(rewritten: str, text: str, history: Sequence[Exchange]) -> bool:
    """Whether `rewritten`, which a model made of `text`, may be asked instead of it."""
    if not 0 < len(rewritten.strip()) <= LONGEST_QUESTION or "\n" in rewritten.strip():
        return False
    if len(sentences(rewritten)) != 1 or "?" in rewritten.strip()[:-1]:
        return False
    before = " ".join(f"{exchange.question} {exchange.answer}" for exchange in history)
    has, wanted = _content(rewritten), _content(_LEADING.sub("", text))
    if not wanted <= has or not _asking(_LEADING.sub("", text)) <= _asking(rewritten):
        return False
    return has <= wanted | _content(text) | _content(before) | _ADDED


def _content(text: str) -> frozenset[str]:
    """The stems of the words that say something, figures among them."""
    words = (found.group().replace("’", "'") for found in _WORD.finditer(text))
    kept = [word.removesuffix("'s") for word in words if word.lower().removesuffix("'s") not in FUNCTION_WORDS]
    return stems(" ".join(word for word in kept if word.lower() not in _NO_CONTENT))


def _asking(text: str) -> frozenset[str]:
    return frozenset(found.group().lower() for found in _WORD.finditer(text)) & _ASKING
