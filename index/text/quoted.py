"""Quotation marks: which stretches of a sentence stand between them.

In: a sentence as somebody wrote it. Out: its quotations, outermost ones only. Straight and
typographic marks, double and single, guillemets either way round, German and Asian marks, and
`` ``these'' `` are known. An apostrophe is none (`don't`, `the workers' rights`, `'90s`, `'em`), nor is an
inch mark (`6"`). A single word between marks is a quotation like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from msgspec import Struct

from index.transcript import Span


class Quotation(Struct, frozen=True):
    """`text` is what stands between the marks; `span` where it does, in the sentence."""

    text: str
    span: Span


_CLOSING = {
    "“": "”\"“",
    "„": "“”\"",
    "‟": "”\"",
    "”": "”\"",
    '"': "\"”",
    "＂": "＂",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "``": ("''", '"'),
    "''": ("''", "``"),
    "‘": "’'",
    "‚": "‘’",
    "'": "'’",
}
"""What may open a quotation, and what closes it: the first of these that follows at all."""

_SINGLE = frozenset("‘‚'")
_ALSO_CLOSES = frozenset(("”", '"', "＂", "»", "›", "''", "“"))
_MARK = re.compile("``|''|[" + "".join(mark for mark in _CLOSING if len(mark) == 1) + "’」』]")
_ELISION = re.compile(r"(?:\d0s|tis|twas|twere|em|til|till|cause|cuz|bout|round|n|hood)\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
_OPENERS = frozenset("([{<-–—/")


class _Mark(Struct, frozen=True):
    """A mark with the characters before and after it, empty at the edges."""

    text: str
    start: int
    end: int
    before: str
    after: str
    elides: bool

    @property
    def begins(self) -> bool:
        """Whether it stands as one that opens: nothing, space or an opening before it, and something after it."""
        return self.after.strip() != "" and not self.ends

    @property
    def ends(self) -> bool:
        """Whether it stands as one that closes: something before it, and no word after it."""
        return self.before.strip() != "" and self.before not in _OPENERS and not _WORD.match(self.after)


@lru_cache(maxsize=512)
def quoted(text: str) -> tuple[Quotation, ...]:
    """The quotations in `text`, in order; one never closed reaches to the end, one never opened begins at the last."""
    return tuple(_quotations(text, _marks(text)))


def _marks(text: str) -> list[_Mark]:
    return [
        _Mark(
            found.group(),
            found.start(),
            found.end(),
            text[found.start() - 1 : found.start()] if found.start() else "",
            text[found.end() : found.end() + 1],
            _ELISION.match(text, found.end()) is not None,
        )
        for found in _MARK.finditer(text)
    ]


def _quotations(text: str, marks: list[_Mark]) -> Iterator[Quotation]:
    at = done = 0
    while at < len(marks):
        mark = marks[at]
        if _opens(mark):
            closing = _closing(mark, marks[at + 1 :])
            end = closing.start if closing else len(text)
            yield from _between(text, mark.end, end)
            done = closing.end if closing else len(text)
        elif mark.text in _ALSO_CLOSES and mark.ends and not _is_inch(mark):
            yield from _between(text, done, mark.start)
            done = mark.end
        at += 1
        while at < len(marks) and marks[at].start < done:
            at += 1


def _opens(mark: _Mark) -> bool:
    if mark.text not in _CLOSING:
        return False
    if mark.text in _SINGLE:
        return not _WORD.match(mark.before) and mark.after.strip() != "" and not mark.elides
    return mark.begins or (mark.text not in _ALSO_CLOSES and not mark.ends)


def _is_inch(mark: _Mark) -> bool:
    return mark.text in {'"', "''", "＂"} and mark.before.isdigit()


def _closing(opening: _Mark, following: list[_Mark]) -> _Mark | None:
    """The mark that closes `opening`; None where none does."""
    if opening.text in _SINGLE:
        return _single_closing(opening, following)
    for closing in _CLOSING[opening.text]:
        depth = 0
        for mark in following:
            if mark.text == closing:
                if not depth:
                    return mark
                depth -= 1
            elif mark.text == opening.text:
                depth += 1
    return None


def _single_closing(opening: _Mark, following: list[_Mark]) -> _Mark | None:
    """As `_closing`, where a mark may be an apostrophe: for a plural's (`the workers' rights`) a later one is taken."""
    own = list(takewhile(lambda mark: not (mark.text in _SINGLE and _opens(mark) and mark.begins), following))
    able = [mark for mark in own if mark.text in _CLOSING[opening.text] and mark.ends]
    for mark in able[:-1]:
        if not (mark.before == "s" and mark.after == " "):
            return mark
    return able[-1] if able else None


def _between(text: str, start: int, end: int) -> Iterator[Quotation]:
    """What stands from `start` to `end`, if anything is said there."""
    inner = text[start:end]
    if _WORD.search(inner):
        begin = start + len(inner) - len(inner.lstrip())
        yield Quotation(inner.strip(), Span(begin, begin + len(inner.strip())))
