"""The ladder: what may differ between a quotation and the record it is taken from, and nothing else may.

In: a text. Out: its normal form, with the way back to offsets of the text. In: a quotation and a
text. Out: the places where it stands, exactly after normalisation; nothing here is a matter of
degree. The rungs, in order:

1. characters that are not seen (soft hyphen, zero width, direction marks) are dropped; then NFC;
2. caption mark-up is dropped (`<i>`, `<v Name>`, `<00:01.000>`, `{\\an8}`); `[T]he` is `The`;
3. white space of every kind is one space, none at the ends nor before `;:!?`;
4. quotation marks and apostrophes of every kind are one mark; dashes of every kind and number are
   one, ellipses (`...`, `. . .`, `….`) are one, `[...]` and `(…)` are `[…]`, all without space around;
5. asides are dropped: `(Laughter.)`, `[crosstalk]`, and words an editor put into the speech (`[the]`).

A quotation may lack an aside of the record. It may have one only where the record has it: an
inserted word in its place, a stage direction within the words quoted; `[sic]` it may always have.
Letters and digits are never changed. The first letter of a quotation may differ in case, and a
comma or full stop at its end need not stand in the record, but a full stop never stands for a question
mark. A quotation never begins or ends
within a word or a number (`art` in `party`, `20` in `2.20`, `can` in `can't`); before a possessive
`'s` it may end. `…` and `[…]` in a quotation may stand for words left out: its pieces, of two words or
more each, then follow one another in the record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from index.text.asides import asides, is_remark
from index.text.normal import OMISSION, Normalised, asides_of, normalised
from index.transcript import Span

__all__ = ["Normalised", "Place", "find", "insertions", "normalised", "places"]

_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese."""

_INSIDE = tuple(
    (re.compile(f"(?:{left})$"), re.compile(right))
    for left, right in (
        (r"\d", r"[.,:/]\d|[%‰]"),
        (r"\d[.,:/]|(?:^|\W)\.", r"\d"),
        (r"\w", r"'\w"),
        (r"\w'", r"\w"),
        (r"(?:^|\W)[^\W\d]", r"\.[^\W\d]"),
        (r"(?:^|\W)[^\W\d]\.", r"[^\W\d]"),
    )
)
"""What stands before and after a place inside a number (`1,200`, `9/11`, `.5`, `20%`), `can't`, or `U.S`."""

_POSSESSIVE = re.compile(r"'s(?!\w)")
_HYPHENS = frozenset("-‐‑")
_GROUPING = frozenset("\u00a0\u2009\u202f")


class Place(Struct, frozen=True):
    """Where a quotation stands in a text: one piece, or several with words left out between them."""

    pieces: tuple[Span, ...]

    @property
    def span(self) -> Span:
        return Span(self.pieces[0].start, self.pieces[-1].end)

    @property
    def gaps(self) -> tuple[Span, ...]:
        """What the quotation leaves out."""
        return tuple(Span(one.end, other.start) for one, other in zip(self.pieces, self.pieces[1:]))


def find(quotation: str, text: str) -> Place | None:
    """The first place where `quotation` (without its own marks) stands in `text`; None where it does not."""
    return next(places(quotation, text), None)


def places(quotation: str, text: str) -> Iterator[Place]:
    """Every place where `quotation` stands in `text`; word for word if it does anywhere, else with words left out."""
    if _is_plain(text) and not all(letters in text for letters in _letters(quotation)):
        return
    asked = _asked(quotation)
    record = normalised(text, asked.insertions)
    for pieces in asked.readings:
        found = [place for place in _standing(pieces, record) if asked.has_only_remarks_of(text, place.span)]
        if found:
            yield from found
            return


_OMITTED = re.compile(r"\[…\]|…")
_WORD = re.compile(r"\w")
_LETTERS = re.compile(r"[a-zA-Z]+")
_REWRITTEN = frozenset("<{[(♪\u034f")
"""Marks by which rungs drop or join what stands between letters."""


@lru_cache(maxsize=2_000)
def _is_plain(text: str) -> bool:
    """Whether every rung leaves each run of letters of `text` as it is, so that what lacks one stands nowhere in it."""
    return text.isprintable() and _REWRITTEN.isdisjoint(text) and unicodedata.is_normalized("NFC", text)


@lru_cache(maxsize=512)
def _letters(quotation: str) -> frozenset[str]:
    """The runs of letters of `quotation`, each without its first, whose case may differ; none where rungs change it."""
    return frozenset(word[1:] for word in _LETTERS.findall(quotation)) if _is_plain(quotation) else frozenset()


@lru_cache(maxsize=512)
def insertions(quotation: str) -> frozenset[str]:
    """The words put into the speech, in brackets, that `quotation` has: the normal form keeps them on request."""
    return frozenset(aside for aside in asides_of(quotation) if not is_remark(aside))


class _Asked(Struct, frozen=True):
    """A quotation, prepared. `readings`: its pieces, without omissions first."""

    readings: tuple[tuple[str, ...], ...]
    insertions: frozenset[str]
    remarks: tuple[str, ...]

    def has_only_remarks_of(self, text: str, span: Span) -> bool:
        """Whether every stage direction in the quotation stands within what is quoted, or at its edge."""
        if not self.remarks:
            return True
        start, end = span.start, span.end
        for aside in asides(text):
            end = aside.end if aside.start >= end and not text[end : aside.start].strip() else end
        for aside in reversed(asides(text)):
            start = aside.start if aside.end <= start and not text[aside.end : start].strip() else start
        return set(self.remarks) <= {_words(one) for one in asides_of(text[start:end])}


@lru_cache(maxsize=512)
def _asked(quotation: str) -> _Asked:
    own = insertions(quotation)
    form = normalised(quotation, own).text
    readings = dict.fromkeys((_bare([form]), _bare(form.split(OMISSION)), _bare(_OMITTED.split(form))))
    remarks = tuple(_words(one) for one in asides_of(quotation) if is_remark(one))
    possible = tuple(pieces for pieces in readings if pieces and (len(pieces) == 1 or all(map(_is_piece, pieces))))
    return _Asked(possible, own, tuple(one for one in remarks if one != "sic"))


def _words(aside: str) -> str:
    """An aside by its words alone: `(Laughter.)` and `[laughter]` are the same direction."""
    return " ".join(re.findall(r"\w+", aside)).casefold()


def _bare(pieces: Sequence[str]) -> tuple[str, ...]:
    """Without the space around pieces, and without those in which nothing is said."""
    return tuple(piece.strip() for piece in pieces if _WORD.search(piece))


def _is_piece(text: str) -> bool:
    """Whether it is long enough to be known for the record's own beside an omission."""
    return len(text.split()) > 1 or len(_SPACELESS.findall(text)) > 3


def _standing(pieces: tuple[str, ...], record: Normalised) -> Iterator[Place]:
    """The places where `pieces` follow one another, each as short as may be."""
    shortest: dict[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] = {}
    for first in _occurrences(pieces[0], record):
        chain = [first]
        for piece in pieces[1:]:
            following = next(_occurrences(piece, record, chain[-1][1]), None)
            if following is None:
                break
            chain.append(following)
        else:
            shortest[tuple(chain[1:] or chain)] = tuple(chain)
    for spans in shortest.values():
        yield Place(tuple(record.span(start, end) for start, end in spans))


def _occurrences(piece: str, record: Normalised, at: int = 0) -> Iterator[tuple[int, int]]:
    """Where `piece` stands in the normal form from `at` on, cutting no word, with the marks at its edges if they do."""
    core = piece.lstrip("' ").rstrip("', .")
    if not core:
        return
    head, tail = piece[: piece.index(core)], piece[piece.index(core) + len(core) :]
    text, rest, first = record.text, core[1:], {core[0], core[0].upper(), core[0].lower()}
    found = text.find(rest, at + 1)
    while found > 0:
        start, end = found - 1, found + len(rest)
        asserts = "." in tail and text[end : end + 1] == "?"
        if text[start] in first and not (asserts or _cuts(record, start, False) or _cuts(record, end, True)):
            with_head = start - len(head) if text.startswith(head, max(at, start - len(head))) else start
            yield max(at, with_head), end + (len(tail) if text.startswith(tail, end) else 0)
        found = text.find(rest, found + 1) if found < len(text) else -1


def _cuts(record: Normalised, at: int, ending: bool) -> bool:
    """Whether a quotation that begins or is `ending` at `at` would cut a word or a number in two."""
    text = record.text
    if not 0 < at < len(text):
        return False
    before, after = text[max(0, at - 3) : at], text[at : at + 4]
    if _in_word(before[-1]) and _in_word(after[0]):
        return not (_SPACELESS.match(before[-1]) or _SPACELESS.match(after[0]))
    if ending and _POSSESSIVE.match(after):
        return False
    if any(left.search(before) and right.match(after) for left, right in _INSIDE):
        return True
    if before[-1] == "-" and after[0].isdigit() and not ending:
        return _joins(record, at - 1)
    if after[0] == "-" and before[-1].isdigit() and ending:
        return _joins(record, at) and _in_word(after[1:2])
    space = at - 1 if not ending else at
    grouped = text[space] == " " and text[space - 1].isdigit() and text[space + 1 : space + 4].isdigit()
    return grouped and record.original[record.span(space, space + 1).start] in _GROUPING


def _joins(record: Normalised, dash: int) -> bool:
    """Whether the dash is part of the number beside it: the hyphen of `COVID-19`, the sign of `-5`."""
    span = record.span(dash, dash + 1)
    printed = record.original[span.start : span.end]
    if printed[-1:].isspace():
        return False
    return printed in _HYPHENS or printed[:1].isspace() or not _in_word(record.text[dash - 1 : dash])


def _in_word(character: str) -> bool:
    return character.isalnum() or (character != "" and unicodedata.category(character) in {"Mn", "Mc", "Pc"})
