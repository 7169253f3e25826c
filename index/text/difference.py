"""Differences: two texts held against each other word by word, and the stretch of a text that comes nearest to another.

In: a quotation and the words of the record. Out: runs of words that both have, that only the
quotation has, or that only the record has. It says *how* a quotation differs; whether it stands
in the record is decided by the ladder alone, whose normal form is what is compared here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from index.text.ladder import Normalised, insertions, normalised
from index.transcript import Span

RunKind = Literal["kept", "added", "removed"]

_TOKEN = re.compile(r"\w+(?:[.,:/](?=\d)\w+|'\w+)*%?|[^\s\w]")
_WORD = re.compile(r"\w")

_CHANGE = 1 << 16
_LOST = _CHANGE + 1
"""A change, and one that keeps a word of the quotation less: of equally many changes those that keep more are fewer."""


class Run(Struct, frozen=True):
    """Words in a row: *kept* stand in both texts, *added* in the quotation alone, *removed* in the record alone.

    `text` has the white space before it; those kept and added, one after another, are the quotation.
    """

    kind: RunKind
    text: str


class Near(Struct, frozen=True):
    """A stretch of a text near to a quotation; so many `changes` of one word lie between the two."""

    span: Span
    changes: int


class _Tokens(Struct, frozen=True, eq=False):
    """Words and marks of a text in normal form: what each is, and where it stands there."""

    form: Normalised
    keys: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """Where the tokens from `start` to `end`, at least one, stand in the text itself."""
        return self.form.span(self.places[start][0], self.places[end - 1][1])


def difference(quotation: str, true: str) -> tuple[Run, ...]:
    """What was made of the words `true` in `quotation`; one run, *kept*, where the ladder sees no difference."""
    own = insertions(quotation)
    asked, record = _tokens(quotation, own), _tokens(true, own)
    ours, theirs = _compared(asked), _compared(record)
    if ours and theirs and ours[0][:1].lower() + ours[0][1:] == theirs[0][:1].lower() + theirs[0][1:]:
        theirs[0] = ours[0]
    runs: list[Run] = []
    for what, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if what == "equal":
            runs.append(Run("kept", _slice(asked, c, d, len(ours))))
            continue
        if b > a:
            runs.append(Run("removed", _slice(record, a, b, len(theirs))))
        if d > c:
            runs.append(Run("added", _slice(asked, c, d, len(ours))))
    return tuple(runs)


def nearest(quotation: str, text: str) -> Near | None:
    """The stretch of `text` that fewest words set apart from `quotation`; None where more than half of them would be.

    The alignment is Sellers' (1980): the edit distance, by words, to any stretch. For display alone: None also
    where it would take more than `_MOST_STEPS`, as of a quotation of many pages.
    """
    asked, record = _tokens(quotation), _tokens(text)
    ours = [key.casefold() for key in asked.keys if _WORD.match(key)]
    words = [at for at, key in enumerate(record.keys) if _WORD.match(key)]
    theirs = [record.keys[at].casefold() for at in words]
    most = len(ours) // 2
    promising = _promising(ours, theirs, most)
    if len(ours) * sum(end - begin for begin, end in promising) > _MOST_STEPS:
        return None
    best: tuple[int, int, int, int] | None = None
    for begin, end in promising:
        cost, first, last = _aligned(ours, theirs[begin:end])
        # Of equals the one as long as the quotation, then the first.
        here = cost, abs(last - first - len(ours)), begin + first, begin + last
        best = min(best or here, here, key=lambda one: one[:2])
    if best is None or best[0] // _CHANGE > most or best[2] == best[3]:
        return None
    return Near(record.span(words[best[2]], words[best[3] - 1] + 1), best[0] // _CHANGE)


_MOST_STEPS = 5_000_000
"""Of words held against words: a second or two."""


def _promising(ours: Sequence[str], theirs: Sequence[str], most: int) -> list[tuple[int, int]]:
    """Where `theirs` has enough of the words `ours` that a stretch may lie there of which `most` changes make `ours`.

    Such a stretch has no more words than `ours` and `most`, and all of `ours` but `most` are among them.
    """
    length, enough = len(ours) + most, len(ours) - most
    missing, shared = Counter(ours), 0
    found: list[tuple[int, int]] = []
    for at, word in enumerate(theirs):
        if word in missing:
            shared += missing[word] > 0
            missing[word] -= 1
        if at >= length and (gone := theirs[at - length]) in missing:
            missing[gone] += 1
            shared -= missing[gone] > 0
        if ours and shared >= enough:
            begin = max(0, at + 1 - length)
            if found and begin <= found[-1][1]:
                begin, _ = found.pop()
            found.append((begin, at + 1))
    return found


def _aligned(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int, int]:
    """What the least changes cost that make `ours` of a stretch of `theirs`, and where it begins and ends."""
    costs, starts = [0] * (len(theirs) + 1), list(range(len(theirs) + 1))
    for word in ours:
        cost, start = [costs[0] + _LOST], [0]
        for at, other in enumerate(theirs):
            least, begin = costs[at] + (0 if word == other else _LOST), starts[at]
            if costs[at + 1] + _LOST < least:
                least, begin = costs[at + 1] + _LOST, starts[at + 1]
            if cost[at] + _CHANGE < least:
                least, begin = cost[at] + _CHANGE, start[at]
            cost.append(least)
            start.append(begin)
        costs, starts = cost, start
    # Of equals the one as long as the quotation, so that a word changed at its edge is shown with what it was.
    last = min(range(len(costs)), key=lambda at: (costs[at], abs(at - starts[at] - len(ours))))
    return costs[last], starts[last], last


@lru_cache(maxsize=256)
def _tokens(text: str, keeping: frozenset[str] = frozenset()) -> _Tokens:
    form = normalised(text, keeping)
    found = list(_TOKEN.finditer(form.text))
    return _Tokens(form, tuple(one.group() for one in found), tuple(one.span() for one in found))


def _compared(tokens: _Tokens) -> list[str]:
    """Without a comma or full stop at the end, which the ladder lets differ."""
    keys = list(tokens.keys)
    return keys[:-1] if keys[-1:] in ([","], ["."]) else keys


def _slice(tokens: _Tokens, start: int, end: int, count: int) -> str:
    """The tokens from `start` to `end` as printed, with what stands before them, and after the last of `count`."""
    text = tokens.form.original
    begin = tokens.span(start - 1, start).end if start else 0
    return text[begin : len(text) if end == count else tokens.span(end - 1, end).end]
