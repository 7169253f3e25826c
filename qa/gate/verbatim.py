"""Whether a drafted sentence is one or more whole sentences of the record: then no rule over words has anything to ask.

By the ladder, so that a mark, a sign or a unit that differs is a difference. Part of a sentence does
not count: "the bus will run" stands in "nobody believes that the bus will run".
"""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from index.text.asides import asides
from index.text.function_words import CALENDAR
from index.text.ladder import normalised, places
from index.text.quoted import quoted
from index.text.reporting import SAYING, attributions
from index.transcript import Span
from qa.citing import sentences_of
from qa.gate.evidence import Evidence, Stretch

_WORD = re.compile(r"\w")


class Placement(Struct, frozen=True, eq=False):
    """Where a drafted sentence stands: a span of the transcript of `stretch`, within it."""

    stretch: Stretch
    span: Span


@lru_cache(maxsize=16)  # each rule asks in turn
def is_verbatim(text: str, evidence: Evidence) -> Placement | None:
    """Where all of `text`, or what stands between quotation marks around it, is whole sentences of a stretch."""
    said = _unquoted(text)
    for stretch in evidence.stretches:
        for place in places(said, stretch.text):
            if len(place.pieces) == 1 and _is_whole(stretch, place.span):
                return Placement(stretch, place.span.moved(stretch.span.start))
    return None


def is_whole_told(text: str, evidence: Evidence) -> bool:
    """Whether `text` says no more than that somebody said, and perhaps when, what is whole sentences of a stretch.

    `Psaki said that …`, `In May 2021 Psaki said: “…”`. Who and when is to be asked still.
    """
    told = _told(text)
    return told is not None and is_verbatim(told, evidence) is not None


def _told(text: str) -> str | None:
    """What `text` has somebody say, if it says nothing else."""
    by = next((one for one in attributions(text) if one.outer), None)
    if by is None or by.manner != "said":
        return None
    inner = quoted(text)
    if len(inner) == 1:
        start, end = inner[0].span.start, inner[0].span.end
    elif verb := _SAYS.match(text, by.span.end):
        start, end = verb.end(), len(text)
    else:
        return None
    if by.span.end > start:
        around = text[:start] + text[end : by.span.start] + " " + text[by.span.end :]
    else:
        around = text[: by.span.start] + " " + text[by.span.end : start] + " " + text[end:]
    return text[start:end] if all(map(_is_telling, _AROUND.findall(around.lower()))) else None


_SAYS = re.compile(r" [a-z]+ (?:that )?")
_AROUND = re.compile(r"\w+")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
_BESIDE = SAYING | CALENDAR | frozenset("a also an and as at had has in it of on that the then".split())


def _is_telling(word: str) -> bool:
    return word in _BESIDE or _YEAR.fullmatch(word) is not None


def _unquoted(text: str) -> str:
    """`text` without the quotation marks around all of it."""
    inner = quoted(text)
    outside = text[: inner[0].span.start] + text[inner[0].span.end :] if len(inner) == 1 else text
    return text if _WORD.search(outside) or not inner else inner[0].text


def _is_whole(stretch: Stretch, span: Span) -> bool:
    """Whether `span` of the stretch's text begins where a sentence begins and ends where one ends."""
    if not _says(stretch.text[: span.start]) and _ends(stretch.text[span.end :]):
        return True
    turn = stretch.turn
    begins = stretch.span.start - stretch.transcript.spans[stretch.transcript.turn_at(stretch.span.start)].start
    cues = tuple(mark[0] for mark in turn.marks)
    whole = [one for one in sentences_of(turn.text, stretch.transcript.language, cues) if not one.aside]
    printed = stretch.text[span.start : span.end]
    start, end = span.start + begins + len(printed) - len(printed.lstrip()), span.end + begins
    first = max((one.start for one in whole if one.start <= start), default=0)
    last = min((one.end for one in whole if one.end >= end), default=len(turn.text))
    return not _says(turn.text[first:start]) and _ends(turn.text[end:last])


def _ends(text: str) -> bool:
    """Whether nothing is said in `text`, the rest of a sentence, and it makes no question of what was."""
    return "?" not in text and not _says(text)


def _says(text: str) -> bool:
    """Whether there is a word in `text` that is no aside."""
    return _WORD.search(normalised(text).text) is not None


@lru_cache(maxsize=2_000)
def without_asides(text: str) -> str:
    """`text` without stage directions and editors' insertions."""
    for aside in reversed(asides(text)):
        text = text[: aside.start] + " " + text[aside.end :]
    return text
