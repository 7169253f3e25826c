"""Tracing: where in the archive a quotation stands, word for word, and where it does not, what comes nearest.

In: a quotation without its marks, a view of the archive and the part of it to look in. Out:
stretches of the record. The word index names the passages that may hold it; whether one does, the
ladder alone decides. It is looked for in whole turns too, for a quotation may run over the end
of a passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.store import Scope, StoredPassage, View
from index.text import difference, ladder
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

_MOST_CHANGED = 0.4
"""Share of a quotation's words that may differ for the place to be named as what was meant.

It decides what is shown beside a quotation that does not hold, never whether it holds.
"""


def exactly(quotation: str, view: View, scope: Scope) -> list[Stretch]:
    """Every place in `scope` where `quotation` stands, the best-ranked passages first; each place once."""
    words = ladder.normalised(quotation).text
    passages = view.passages(view.lexical(words, MOST_PASSAGES, scope, every=True).ids.tolist())
    found = [stretch for passage in passages for stretch in _in_passage(quotation, passage, view)]
    return _distinct(found or list(_in_turns(quotation, words, view, scope)))


def nearest(quotation: str, view: View, scope: Scope) -> list[Stretch]:
    """Every place whose words fewest changes make of `quotation`; none where nothing is alike."""
    if len(quotation.split()) < _FEWEST_WORDS:
        return []
    passages = view.passages(view.lexical(quotation, _NEAREST_PASSAGES, scope).ids.tolist())
    near = [
        (found.changes, passage, found.span.moved(at))
        for passage in passages
        for text, at in _pieces(passage)
        if (found := difference.nearest(quotation, text)) and found.changes <= _MOST_CHANGED * len(quotation.split())
    ]
    fewest = min((changes for changes, _, _ in near), default=0)
    return _distinct([_stretch(passage, span, view) for changes, passage, span in near if changes == fewest])


def _in_passage(quotation: str, passage: StoredPassage, view: View) -> Iterator[Stretch]:
    for text, at in _pieces(passage):
        for place in ladder.places(quotation, text):
            yield _stretch(passage, Span(place.span.start + at, place.span.end + at), view)


def _in_turns(quotation: str, words: str, view: View, scope: Scope) -> Iterator[Stretch]:
    """Where the quotation begins in one passage and ends in another, or has a word that is written otherwise there."""
    each = words.split()
    edges = (" ".join(each[:_EDGE]), " ".join(each[-_EDGE:]))
    ranked = [view.lexical(edge, _EDGE_PASSAGES, scope, every=True) for edge in edges]
    ranked.append(view.lexical(words, _NEAREST_PASSAGES, scope))
    ids = dict.fromkeys(id for one in ranked for id in one.ids.tolist())
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
