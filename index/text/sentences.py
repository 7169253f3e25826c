"""Sentences: where each begins and ends in a turn's text.

In: the text, its language, and the characters at which cues begin. Out: spans, ascending,
apart, without the white space around them; together they cover every other character.
Boundaries are sentencex's (about 300 languages), but for titles ("Ms. Hallam") and digits that an
editor put in ("3.[5] million"). Three things are added: a blank line always ends a sentence; an aside
at the edge of one (`(Laughter.)`) is a span of its own; and speech without sentence marks is cut where
a cue begins, else after 40 words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from sentencex import get_sentence_boundaries

from index.text.asides import asides, is_remark
from index.transcript import Span

LONGEST_UNMARKED = 40
"""Words of speech without a sentence mark that are taken as one sentence."""

_UNPUNCTUATED = 100
"""Words without any punctuation inside after which even a closing full stop is no sign of a sentence."""

_WORD = re.compile(r"\S+")
_PARAGRAPH = re.compile(r"\n\s*\n")
_ENDED = re.compile(r"[.!?…:;—–。！？؟।][\"'”’)\]»]*$|-{1,2}$")
_STOP = re.compile(r"[.!?…][\"'”’]*$")
_TITLES = "Ms|Mmes|Mx|Amb|Atty|Cllr|Treas|Dir|Chmn|Dep|Gens|Profs"
"""Short forms before a name that the library takes for the end of a sentence."""
_NO_END = re.compile(rf"(?:\b(?:{_TITLES})\.|\d\.\[\d+\])[^\S\n]*\Z")
"""Ends no sentence: a title before a name, and digits that an editor put into a number ("3.[5] million")."""
_INNER_MARK = re.compile(r"[,;:—–]\s|[.!?…]\s")


class Sentence(Struct, frozen=True):
    """A span of a turn's text; `aside` where it is nobody's speech."""

    start: int
    end: int
    aside: bool = False


def sentences(text: str, language: str | None = None, cues: Sequence[int] = ()) -> list[Sentence]:
    """The sentences of one turn's `text`; `cues` are the offsets at which captions begin."""
    directions = asides(text)
    return [
        sentence
        for paragraph in _paragraphs(text)
        for bounded in _boundaries(text, paragraph, language or "en")
        for whole in _parted(text, bounded, directions)
        for spoken in _without_edges(text, whole, directions)
        for sentence in ([spoken] if spoken.aside else _pieces(text, spoken, cues))
    ]


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for gap in _PARAGRAPH.finditer(text):
        yield Span(at, gap.start())
        at = gap.end()
    yield Span(at, len(text))


_WITHOUT_STOPS = re.compile(r"(?:\w|[^\S\n]|[,'’\"“”()$%&/–—-])*[.!?]?[\"”’']?")
"""One sentence in any language: letters, space and marks that end none, and one that may, at the end."""


def _boundaries(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    if _WITHOUT_STOPS.fullmatch(text, paragraph.start, paragraph.end):
        if trimmed := _trimmed(text, paragraph.start, paragraph.end):
            yield trimmed
        return
    open_at: int | None = None
    for found in get_sentence_boundaries(language, text[paragraph.start : paragraph.end]):
        start, end = found["start_index"] + paragraph.start, found["end_index"] + paragraph.start
        start = start if open_at is None else open_at
        open_at = start if _NO_END.search(text, start, end) else None
        if open_at is None and (trimmed := _trimmed(text, start, end)):
            yield trimmed
    if open_at is not None and (trimmed := _trimmed(text, open_at, paragraph.end)):
        yield trimmed


def _parted(text: str, bounded: Span, directions: Sequence[Span]) -> Iterator[Span]:
    """`bounded`, cut before a remark that follows a full stop: "… in May. (Applause.) It fetched …" is two."""
    at = bounded.start
    for aside in directions:
        inside = bounded.start < aside.start and aside.end < bounded.end
        if inside and is_remark(text[aside.start : aside.end]) and _STOP.search(text[at : aside.start].rstrip()):
            before = _trimmed(text, at, aside.start)
            if before:
                yield before
            at = aside.start
    rest = _trimmed(text, at, bounded.end)
    if rest:
        yield rest


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _without_edges(text: str, whole: Span, directions: Sequence[Span]) -> Iterator[Sentence]:
    """`whole` with the asides at its two edges taken off as sentences of their own."""
    inside = [aside for aside in directions if whole.contains(aside)]
    if inside == [whole]:
        yield Sentence(whole.start, whole.end, aside=True)
        return
    inside = [aside for aside in inside if is_remark(text[aside.start : aside.end])]
    start, end = whole.start, whole.end
    trailing: list[Span] = []
    while inside and inside[0].start == start:
        first = inside.pop(0)
        yield Sentence(first.start, first.end, aside=True)
        rest = _trimmed(text, first.end, end)
        if rest is None:
            return
        start = rest.start
    while inside and inside[-1].end == end:
        trailing.append(inside.pop())
        rest = _trimmed(text, start, trailing[-1].start)
        if rest is None:
            break
        end = rest.end
    else:
        yield Sentence(start, end)
    for last in reversed(trailing):
        yield Sentence(last.start, last.end, aside=True)


def _pieces(text: str, sentence: Sentence, cues: Sequence[int]) -> Iterator[Sentence]:
    printed = text[sentence.start : sentence.end]
    length = len(printed.split())
    if length <= LONGEST_UNMARKED or not _is_unmarked(printed, length):
        yield sentence
        return
    words = [Span(*word.span()) for word in _WORD.finditer(text, sentence.start, sentence.end)]
    begins = set(cues)
    first = 0
    for at, word in enumerate(words):
        following = words[at + 1].start if at + 1 < len(words) else None
        long_enough = at + 1 - first >= LONGEST_UNMARKED
        at_cue = following in begins and at + 1 - first >= LONGEST_UNMARKED // 4
        if following is None or long_enough or at_cue:
            yield Sentence(words[first].start, word.end)
            first = at + 1


def _is_unmarked(text: str, words: int) -> bool:
    return not _ENDED.search(text) or (words > _UNPUNCTUATED and not _INNER_MARK.search(text))


def is_question(text: str) -> bool:
    """Whether `text` ends as a question does, within whatever quotation marks and brackets."""
    return text.rstrip("\"'”’)] ").endswith("?")
