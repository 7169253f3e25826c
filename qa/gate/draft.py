"""Drafts: what a model writes, read as sentences and the numbers each rests on, while it is written.

In: pieces of text. Out: `Drafted`, in order, each as soon as what follows can't change it. Markers
may stand before or after the full stop, at the end or the beginning of a line, or alone; lists,
headings, emphasis, code fences and preambles are read for what they are. A sentence never ends
inside a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.text.prose import written_sentences
from index.transcript import Span
from qa.gate.markers import Markers, bare_numbers, markers
from qa.shown import Number

LONGEST_LINE = 4_000
"""Characters of one line after which a model is taken to have lost itself: the rest is left unread."""


class Drafted(Struct, frozen=True):
    """A sentence without markers, or, where `text` is empty, bare numbers whose own words are meant."""

    text: str
    numbers: tuple[Number, ...]


class DraftReader:
    """Reads one draft line by line, and within a line sentence by sentence."""

    def __init__(self) -> None:
        self._line = ""
        self._open: Drafted | None = None
        """A sentence that cites nothing yet: a line of markers alone may follow it."""

    def feed(self, piece: str) -> list[Drafted]:
        """What `piece` completes."""
        *whole, self._line = (self._line + piece).split("\n")
        read = [drafted for line in whole for drafted in self._take(_sentences(line))]
        done, self._line = _settled(self._line)
        return read + list(self._take(done))

    def end(self) -> list[Drafted]:
        """What is left when the draft is over."""
        line, self._line = self._line, ""
        read = list(self._take(_sentences(line)))
        if self._open:
            read.append(self._open)
            self._open = None
        return read

    def _take(self, read: Sequence[Drafted]) -> Iterator[Drafted]:
        for drafted in read:
            waiting, self._open = self._open, None
            if waiting and not drafted.text:
                yield Drafted(waiting.text, drafted.numbers)
                continue
            if waiting:
                yield waiting
            if drafted.numbers:
                yield drafted
            else:
                self._open = drafted


def _settled(line: str) -> tuple[list[Drafted], str]:
    """The sentences of an unfinished line that no more text can change, and the rest of the line."""
    if len(line) > LONGEST_LINE:
        return [], line[:LONGEST_LINE]
    clean = _cleaned(line)
    if clean.leads:
        return [], line
    spans = _spans(clean.text)
    if len(spans) < 2 or len(clean.text[spans[-1].start :].split()) < _WORDS_AHEAD:
        return [], line
    cut = clean.original(spans[-1].start)
    return _sentences(line[:cut]), line[cut:]


_WORDS_AHEAD = 3
"""Words of the next sentence that must be seen before the one before it is settled."""


class _Clean(Struct, frozen=True):
    """A line without markers and mark-up: its text, and for each marker where in it it stood."""

    text: str
    places: tuple[tuple[int, Markers], ...]
    leads: bool
    """Whether its markers stand before what they cite."""

    def original(self, at: int) -> int:
        """Where in the line the character at `at` of the text stands."""
        return at + sum(len(one.span) for place, one in self.places if place <= at)


def _cleaned(line: str) -> _Clean:
    found = markers(line)
    text, places, at = "", [], 0
    for one in found:
        text += line[at : one.span.start]
        places.append((len(text), one))
        at = one.span.end
    text += line[at:]
    leads = bool(found) and not _worded(line[: found[0].span.start]) and bool(_worded(line[found[-1].span.end :]))
    return _Clean(text, tuple(places), leads)


def _worded(text: str) -> str:
    return text.strip(" \t.,;:!?-*•#>\"'”’)")


def _sentences(line: str) -> list[Drafted]:
    """The sentences of one whole line (or a stretch of one that ends where a sentence does)."""
    if not line.strip() or _FENCE.match(line):
        return []
    if numbers := bare_numbers(line):
        return [Drafted("", tuple(numbers))]
    clean = _cleaned(line)
    spans = _spans(clean.text)
    if not spans:
        return [Drafted("", tuple(number for _, one in clean.places for number in one.numbers))] if clean.places else []
    cited: list[list[Number]] = [[] for _ in spans]
    for place, one in clean.places:
        cited[_owner(spans, place, clean.leads)].extend(one.numbers)
    read = [
        Drafted(_plain(clean.text[span.start : span.end]), tuple(dict.fromkeys(numbers)))
        for span, numbers in zip(spans, cited)
    ]
    return [one for one in read if one.numbers or (one.text and not _is_preamble(one.text))]


def _owner(spans: Sequence[Span], place: int, leads: bool) -> int:
    """Which sentence a marker at `place` cites for: the one it stands in or behind, or before where markers lead."""
    if leads:
        return next((at for at, span in enumerate(spans) if place < span.end), len(spans) - 1)
    return max((at for at, span in enumerate(spans) if span.start < place), default=0)


def _spans(text: str) -> list[Span]:
    """The sentences of a line, without what lists and headings put before them."""
    start = found.end() if (found := _OPENING.match(text)) else 0
    return [one.moved(start) for one in written_sentences(text[start:])]


def _plain(text: str) -> str:
    """Without Markdown's emphasis, with no gap where a marker stood, and nothing unseen that turns figures round."""
    plain = text if text.isascii() else _UNSEEN.sub("", text)
    plain = plain if _MARKS_OF_EMPHASIS.isdisjoint(plain) else _EMPHASIS.sub(r"\2", plain)
    plain = _GAP.sub(r"\1", " ".join(plain.split()))
    return _TWO_STOPS.sub(".", plain).strip()


def _is_preamble(text: str) -> bool:
    """Whether it announces what follows, or is a heading; it says nothing of the record."""
    return text.endswith(":") or not _SAID.search(text) or bool(_PLEASANTRY.match(text))


_SAID = re.compile(r"\w")
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]\s+|#{1,6}\s+|>\s*|\(?\d{1,2}[.)]\s+|\(?[a-z]\)\s+)*", re.IGNORECASE)
_OPENING = re.compile(_LIST_MARK.pattern + r"(?:\W{0,2}(?:answer|response|summary)\W{0,2}:\W{0,2}\s)?", re.IGNORECASE)
_MARKS_OF_EMPHASIS = frozenset("*_`")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_GAP = re.compile(r"\s+([.,;:!?](?:\s|$))")
_TWO_STOPS = re.compile(r"(?<![.\s])\.\.(?!\.)")
_PLEASANTRY = re.compile(
    r"(?:(?:sure|certainly|of course|okay|ok)[,.!]?\s*)?"
    r"(?:here (?:is|are|'s)\b[^.]*|(?:the )?(?:answer|summary)|i hope (?:this|that) helps)?[.!:]?$",
    re.IGNORECASE,
)
