"""Mentions: the names in a text, as runs of words with capitals.

In: a text. Out: its mentions, each a run of words ("Secretary of State Mike Pompeo") without the
ordinary words that have a capital only because they begin a sentence. By form alone, for English.
An unknown word that might be either is taken for a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from index.text.function_words import CALENDAR, FUNCTION_WORDS, is_ordinary
from index.transcript import Span

CONNECTORS = frozenset("of the for and on in de von van der den del di da du la le el al bin ibn".split())
"""Small words inside a name."""

_LETTERS = r"[^\W\d_]"
_STOPLESS = re.compile(r"[^\W_]+(?:[-‑\u2060&'’]+[^\W_]+)*")
_WORD = re.compile(
    rf"(?i:\b(?:dr|mrs?|ms|sen|rep|gov|gen|adm|sec|prof|lt|col|st)\.(?=\s))|(?:{_LETTERS}\.){{2,}}|{_LETTERS}\.(?=\s)|{_STOPLESS.pattern}"
)
_BEGINS = re.compile(r"(?:[.!?:;…]['\"”’)\]]*\s+|[\"“‘(\[•\n–—]|\s-\s|--)\s*[\"“‘'(\[…]*\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_CLITIC = re.compile(r"n?['’](?:t|d|m|s|re|ve|ll)?$")
_INITIALS = re.compile(rf"(?:{_LETTERS}\.)+")


class Word(Struct, frozen=True, gc=False):
    """A word of a text. `folded`: small, no accents, no possessive, no stops. `begins`: it stands where any word has
    a capital."""

    text: str
    folded: str
    span: Span
    capital: bool
    begins: bool


class Mention(Struct, frozen=True, gc=False):
    """A run of words with capitals and what joins them. `words`: those with capitals, in order."""

    words: tuple[Word, ...]
    span: Span


@lru_cache(maxsize=2_000)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`, in order."""
    return tuple(_word(text, match) for match in _found(text))


def _found(text: str) -> Iterator[re.Match[str]]:
    """The words of `text`; where no stop stands before its end none can be of an initial or a title."""
    return (_WORD if "." in text[:-1] else _STOPLESS).finditer(text)


def _word(text: str, match: re.Match[str]) -> Word:
    printed, start = match.group(), match.start()
    capital = not printed.islower() and _has_capital(printed)
    begins = start == 0 or (capital and _BEGINS.search(text, max(0, start - 12), start) is not None)
    return Word(printed, folded(printed), Span(start, match.end()), capital, begins)


def _has_capital(printed: str) -> bool:
    small = printed.lower()
    return printed != small and not (printed[0].isdigit() and small[-2:] in _ORDINALS)


_ORDINALS = frozenset(("st", "nd", "rd", "th"))


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """`word` small, without accents, possessive, word joiners and, of initials, stops."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c) and c != "\u2060")
    plain = _POSSESSIVE.sub("", plain.replace("\u2011", "-").replace("\u2010", "-"))
    return plain.replace(".", "").replace("’", "'").lower()


@lru_cache(maxsize=2_000)
def mentions(text: str) -> tuple[Mention, ...]:
    """The names in `text`, ascending and apart."""
    found: list[Mention] = []
    run: list[Word] = []
    joining: list[Word] = []
    for match in _found(text):
        if not run and match.group().islower():
            continue
        word = _word(text, match)
        if run and not _joined(text, (joining or run)[-1], word):
            _close(run, found)
            run, joining = [], []
        if word.capital and not _is_no_name(word, text):
            run.append(word)
            joining = []
        elif run and word.text in CONNECTORS and word.text != "and" and word.text != "in" and word.text != "on":
            joining.append(word)
        else:
            _close(run, found)
            run, joining = [], []
    _close(run, found)
    return tuple(found)


def _close(run: list[Word], found: list[Mention]) -> None:
    if run:
        found.append(Mention(tuple(run), Span(run[0].span.start, run[-1].span.end)))


def _joined(text: str, word: Word, other: Word) -> bool:
    """Whether nothing but white space stands between, nor did a possessive end the first."""
    return not text[word.span.end : other.span.start].strip(" \u00a0\n") and not word.text.endswith(("'s", "’s"))


def _is_no_name(word: Word, text: str) -> bool:
    small = word.folded
    if small in CALENDAR and small not in ("may", "march"):
        return True
    if small == "i" or (small[:1] in ("i", "a") and _CLITIC.sub("", word.text.lower()) in ("i", "a")):
        return True
    if small in ("may", "march") and not word.begins:
        return True
    if len(word.text) == 1 and word.begins:
        return True
    if small == "no" and re.match(r"\.?\s*\d", text[word.span.end :]):
        return True
    if small == "fourth" and text.startswith(" of July", word.span.end):
        return True
    if not word.begins or (word.text.isupper() and len(small) > 1 and not _shouted(text)):
        return False
    whole = _CLITIC.sub("", word.text.lower()).replace("’", "'")
    parts = re.split(r"[-‑]", whole)
    return (
        small in FUNCTION_WORDS or word.text.lower().replace("’", "'") in FUNCTION_WORDS or all(map(is_ordinary, parts))
    )


def _shouted(text: str) -> bool:
    return text.isupper()
