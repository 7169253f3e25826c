"""Tracing: where in the archive a quotation stands, word for word, and where it does not, what comes nearest.

In: a quotation without its marks, a view of the archive and the part of it to look in. Out:
stretches of the record. The word index names the passages that may hold it; whether one does, the
ladder alone decides. It is looked for in whole turns too, for a quotation may run over the end
of a passage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from index.store import Scope, StoredPassage, View
from index.text import ladder
from index.transcript import Span
from qa.gate import Stretch

MOST_PASSAGES = 60
"""Passages that hold all words of a quotation and are looked into."""

_EDGE = 8
"""Words at either end of a quotation by which the passage is found in which it begins or ends."""

_EDGE_PASSAGES = 8
_NEAREST_PASSAGES = 12
_FEWEST_WORDS = 4
"""Words of a quotation below which nothing is called an altered form of it."""

_ALIKE = 0.6
"""Share of a quotation's words that must stand close together for the place to be named as what was meant.

It decides what is shown beside a quotation that does not hold, never whether it holds.
"""

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_BRACKETED = re.compile(r"\[[^\]]*\]|[…]|\.\.\.")


class Near(Struct, frozen=True, eq=False):
    """What comes nearest to a quotation that stands nowhere: the true words."""

    stretch: Stretch
    alike: float


def exactly(quotation: str, view: View, scope: Scope) -> list[Stretch]:
    """Every place in `scope` where `quotation` stands, the best-ranked passages first; each place once."""
    words = _BRACKETED.sub(" ", quotation)
    passages = view.passages(view.lexical(words, MOST_PASSAGES, scope, every=True).ids.tolist())
    found = [stretch for passage in passages for stretch in _in_passage(quotation, passage, view)]
    return _distinct(found or list(_in_turns(quotation, words, view, scope)))


def nearest(quotation: str, view: View, scope: Scope) -> Near | None:
    """The words of the record most like `quotation`; None where nothing is alike."""
    wanted = _WORD.findall(quotation.casefold())
    if len(wanted) < _FEWEST_WORDS:
        return None
    passages = view.passages(view.lexical(quotation, _NEAREST_PASSAGES, scope).ids.tolist())
    near = [one for passage in passages for one in _windows(wanted, passage, view)]
    best = max(near, key=lambda one: one.alike, default=None)
    return best if best and best.alike >= _ALIKE else None


def _in_passage(quotation: str, passage: StoredPassage, view: View) -> Iterator[Stretch]:
    for text, at in _pieces(passage):
        for place in ladder.places(quotation, text):
            yield _stretch(passage, Span(place.span.start + at, place.span.end + at), view)


def _in_turns(quotation: str, words: str, view: View, scope: Scope) -> Iterator[Stretch]:
    """Where the quotation begins in one passage and ends in another."""
    each = words.split()
    edges = (" ".join(each[:_EDGE]), " ".join(each[-_EDGE:]))
    ids = dict.fromkeys(
        id for edge in edges for id in view.lexical(edge, _EDGE_PASSAGES, scope, every=True).ids.tolist()
    )
    for passage in view.passages(list(ids)):
        transcript = view.transcript(passage.transcript_id)
        touched = range(transcript.turn_at(passage.passage.start), transcript.turn_at(passage.passage.end - 1) + 1)
        for turn in touched:
            for place in ladder.places(quotation, transcript.turns[turn].text):
                yield _stretch(passage, place.span.moved(transcript.spans[turn].start), view)


def _pieces(passage: StoredPassage) -> Iterator[tuple[str, int]]:
    """The passage's words turn by turn, each with where it begins in the transcript."""
    for piece in passage.passage.pieces:
        yield passage.passage.text[piece.at : piece.at + piece.end - piece.start], piece.start


def _stretch(passage: StoredPassage, span: Span, view: View) -> Stretch:
    return Stretch(passage.transcript_id, view.transcript(passage.transcript_id), span, passage.id)


def _distinct(found: Sequence[Stretch]) -> list[Stretch]:
    return list({(one.transcript_id, one.span): one for one in found}.values())


def _windows(wanted: Sequence[str], passage: StoredPassage, view: View) -> Iterator[Near]:
    """Of each piece of the passage the stretch of as many words that shares most with `wanted`."""
    for text, at in _pieces(passage):
        words = list(_WORD.finditer(text))
        folded = [word.group().casefold() for word in words]
        first = _best_window(wanted, folded)
        if first is None:
            continue
        begin, end = _trimmed(wanted, folded, first)
        alike = SequenceMatcher(None, wanted, folded[begin:end], autojunk=False).ratio()
        span = Span(words[begin].start() + at, words[end - 1].end() + at)
        yield Near(_stretch(passage, span, view), alike)


def _best_window(wanted: Sequence[str], words: Sequence[str]) -> int | None:
    """Where the window of the length of `wanted` begins that shares most words with it; None where none does."""
    size, needed = len(wanted), Counter(wanted)
    inside: Counter[str] = Counter(words[:size])
    shared = sum((needed & inside).values())
    best, at = shared, 0
    for begin in range(1, len(words) - size + 1):
        gone, new = words[begin - 1], words[begin + size - 1]
        shared -= gone in needed and inside[gone] <= needed[gone]
        inside[gone] -= 1
        inside[new] += 1
        shared += new in needed and inside[new] <= needed[new]
        if shared > best:
            best, at = shared, begin
    return at if best * 2 >= size else None


def _trimmed(wanted: Sequence[str], words: Sequence[str], first: int) -> tuple[int, int]:
    """The window grown by a few words on either side and cut back to where it and `wanted` begin and end alike."""
    low, high = max(0, first - _SLACK), min(len(words), first + len(wanted) + _SLACK)
    blocks = SequenceMatcher(None, wanted, words[low:high], autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        return first, min(len(words), first + len(wanted))
    head, tail = blocks[0], blocks[-1]
    begin = low + head.b - min(head.a, head.b)
    left_of_end = len(wanted) - tail.a - tail.size
    end = low + tail.b + tail.size + min(left_of_end, len(words) - low - tail.b - tail.size)
    return begin, max(begin + 1, end)


_SLACK = 4
"""Words by which the true words may begin earlier or end later than a window of the same length."""
