"""The normal form of a text: what the ladder leaves of it, with the way back to its offsets.

In: a text. Out: `Normalised`. The rungs stand in `index.text.ladder`; each is a rewriting of
the text that remembers what it replaced, so that a span goes back down rung by rung.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct

from index.text.asides import asides, is_remark
from index.transcript import Span

OMISSION = "[…]"
"""How the normal form writes an omission in brackets."""

_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_MARKUP = re.compile(
    r"</?(?:i|b|u|s|em|strong|c|v|lang|ruby|rt|font)(?:\.[\w.-]+)*>|<(?:v|lang)(?:\.[\w.-]+)*\s[^<>]*>|<font\s[^<>]*>"
    r"|<(?:\d+:)?\d\d:\d\d[.,]\d{3}>|\{\\[a-z]+\d*\}|\{/?[ibus]\}",
    re.IGNORECASE,
)
_CHANGED_LETTER = re.compile(r"\[(?<!\w\[)([^\W_])\](?=\w)")
_FRENCH_SPACE = re.compile("(?<=[«‹])[\u00a0\u2009\u202f]+|[\u00a0\u2009\u202f]+(?=[»›])")
_SPACES = re.compile(r"\s(?:(?<=\A\s)\s*|\s+|(?=[;:!?])|\Z)")
_SPACE = re.compile(r"[^\S ]")
_OMISSIONS = re.compile(r" ?[\[(][ .…]*(?:…|\. ?\. ?\.)[ .…]*[\])] ?")
_ELLIPSES = re.compile(r"[ .…]*(?:…|\. ?\. ?\.)(?:[ …]|\.(?!\d))*")
_DASHES = re.compile(" -[- ]*|-[- ]+")
_QUOTES = re.compile("'{2,}")
_ONE_FOR_ONE = dict.fromkeys("\"`´‘’‚‛“”„‟«»‹›′″‴ʼ＂＇「」『』", "'") | dict.fromkeys("‐‑‒–—―−⸺⸻﹘﹣－", "-")
_FOREIGN = re.compile("[" + "".join(_ONE_FOR_ONE) + "]")
_OPENING = "[(♪"
"""What an aside begins with."""

_JAMO = range(0x1160, 0x1200)
"""Korean vowels and finals: they compose with what stands before them."""


class _Map(Struct, frozen=True):
    """One rung's edits: `new[i]` of the text it gives stand for `old[i]` of the text it took; the rest is unchanged."""

    new: list[Span]
    old: list[Span]

    def start(self, at: int) -> int:
        """Where a span that begins at `at` begins in the text before; what was dropped there is left out."""
        known = bisect_right(self.new, at, key=lambda edit: edit.start) - 1
        if known < 0:
            return at
        return self.old[known].start if at < self.new[known].end else self.old[known].end + at - self.new[known].end

    def end(self, at: int) -> int:
        """Where a span that ends at `at` ends in the text before; what was dropped there is left out."""
        known = bisect_left(self.new, at, key=lambda edit: edit.start) - 1
        if known < 0:
            return at
        return self.old[known].end + max(0, at - self.new[known].end)


class Normalised(Struct, frozen=True, eq=False):
    """`text` is the normal form of `original`."""

    original: str
    text: str
    rungs: tuple[_Map, ...]

    def span(self, start: int, end: int) -> Span:
        """The characters of `original` that `text[start:end]`, which must not be empty, stand for."""
        for rung in reversed(self.rungs):
            start, end = rung.start(start), rung.end(end)
        return Span(start, end)


@lru_cache(maxsize=512)
def normalised(text: str, keeping: frozenset[str] = frozenset()) -> Normalised:
    """The normal form of `text`; asides whose normal form is in `keeping` are not dropped."""
    return _climbed(text, keeping)


def asides_of(text: str) -> list[str]:
    """The asides of `text`, in normal form; an omission is none."""
    if not any(opening in text for opening in _OPENING):
        return []
    form = _climbed(text, None).text
    return [one for aside in asides(form) if (one := form[aside.start : aside.end]) != OMISSION]


def _climbed(text: str, keeping: frozenset[str] | None) -> Normalised:
    """`text` up the ladder; None keeps every aside."""
    form, rungs = text, list[_Map]()

    def rewrite(edits: Iterator[tuple[int, int, str]]) -> bool:
        nonlocal form
        form, rung = _rewritten(form, edits)
        if rung.new:
            rungs.append(rung)
        return bool(rung.new)

    revealing = True
    while revealing:  # What is dropped may bring together what is itself to be dropped.
        if not form.isascii():
            rewrite(_edits(_UNSEEN, form, ""))
        if not unicodedata.is_normalized("NFC", form):
            rewrite(_composed(form))
        revealing = ("<" in form or "{" in form) and rewrite(_edits(_MARKUP, form, ""))
        revealing |= "[" in form and rewrite(_edits(_CHANGED_LETTER, form, lambda found: found[1]))
        if any(mark in form for mark in "«»‹›"):
            rewrite(_edits(_FRENCH_SPACE, form, ""))
        rewrite(_edits(_SPACES, form, _one_space))
        form = _FOREIGN.sub(lambda found: _ONE_FOR_ONE[found[0]], _SPACE.sub(" ", form))
        if "…" in form or ".." in form or ". ." in form:
            rewrite(_edits(_OMISSIONS, form, OMISSION))
            rewrite(_edits(_ELLIPSES, form, _one_ellipsis))
        if "-" in form:
            rewrite(_edits(_DASHES, form, "-"))
        if "''" in form:
            rewrite(_edits(_QUOTES, form, "'"))
        if keeping is not None and any(opening in form for opening in _OPENING):
            revealing |= rewrite(_dropped_asides(form, keeping))
    return Normalised(text, form, tuple(rungs))


def _rewritten(text: str, edits: Iterator[tuple[int, int, str]]) -> tuple[str, _Map]:
    """`text` with each of `edits` (start, end, what stands there instead) made."""
    parts, new, old, at, length = list[str](), list[Span](), list[Span](), 0, 0
    for start, end, instead in edits:
        if text[start:end] == instead:
            continue
        length += start - at
        new.append(Span(length, length + len(instead)))
        old.append(Span(start, end))
        parts += (text[at:start], instead)
        at, length = end, length + len(instead)
    return ("".join((*parts, text[at:])) if new else text), _Map(new, old)


def _edits(
    pattern: re.Pattern[str], text: str, instead: str | Callable[[re.Match[str]], str]
) -> Iterator[tuple[int, int, str]]:
    for found in pattern.finditer(text):
        yield found.start(), found.end(), instead if isinstance(instead, str) else instead(found)


def _one_space(found: re.Match[str]) -> str:
    at_edge = found.start() == 0 or found.end() == len(found.string)
    return "" if at_edge or found.string[found.end()] in ";:!?" else " "


def _one_ellipsis(found: re.Match[str]) -> str:
    """An omission in brackets stays what it is."""
    start, end = found.span()
    bracketed = found.string[max(0, start - 1) : end + 1] == OMISSION
    return found[0] if bracketed else "…"


def _composed(text: str) -> Iterator[tuple[int, int, str]]:
    """NFC, letter by letter with the marks on it."""
    starts = [at for at, character in enumerate(text) if not at or not _is_mark(character)]
    for start, end in zip(starts, [*starts[1:], len(text)]):
        yield start, end, unicodedata.normalize("NFC", text[start:end])


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or ord(character) in _JAMO


def _dropped_asides(text: str, keeping: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    at = 0
    for aside in asides(text):
        printed = text[aside.start : aside.end]
        if printed in keeping or printed == OMISSION:
            continue
        before = aside.start > at and text[aside.start - 1] == " "
        after = text[aside.end : aside.end + 1] == " "
        at = aside.end + after
        # "need[ed]" without its ending is one word; "so (Laughter.), yes" has no space before its comma.
        parts = (before or after or is_remark(printed)) and text[at : at + 1] not in {*",.;:!?)", ""}
        yield aside.start - before, at, " " if parts and aside.start > before else ""
