"""Gold: the evidence of a question, in words, and what of a hit counts against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from eval.datasets.dataset import Asked, Evidence
from index.hit import Hit
from index.transcript import Transcript

COUNTED = 150
"""Words of a hit that count, so that longer passages do not rank higher for free."""

_WORD = re.compile(r"\S+")


class Words(Struct, frozen=True):
    """A stretch of a transcript, and where in the transcript each of its words begins."""

    place: Evidence
    starts: tuple[int, ...]


def counted(hit: Hit) -> Words:
    """The first words of `hit`, as far as they count."""
    words = list(_WORD.finditer(hit.text))[:COUNTED]
    end = hit.start_char + (words[-1].end() if words else 0)
    place = Evidence(hit.transcript_id, hit.start_char, end)
    return Words(place, tuple(hit.start_char + word.start() for word in words))


def words_of(place: Evidence, record: Mapping[str, Transcript]) -> Words:
    """The words of `place`, of a transcript of `record`."""
    text = record[place.transcript].text[place.start : place.end]
    return Words(place, tuple(place.start + word.start() for word in _WORD.finditer(text)))


def overlap(one: Evidence, other: Evidence) -> bool:
    """Whether both have a character in common."""
    return one.transcript == other.transcript and one.start < other.end and other.start < one.end


def stretches(asked: Asked) -> list[Evidence]:
    """The evidence of all parts of the question, each stretch once."""
    return list(dict.fromkeys(chain.from_iterable(asked.evidence)))


def portions(asked: Asked, record: Mapping[str, Transcript]) -> list[Evidence]:
    """The evidence in portions of about as many words as count of a hit: what ranking is measured against.

    A stretch of up to 225 words is one portion, a longer one is divided into equal ones: a long turn
    is worth as many hits as it takes to show it.
    """
    return list(dict.fromkeys(chain.from_iterable(_divided(words_of(one, record)) for one in stretches(asked))))


def _divided(words: Words) -> Iterator[Evidence]:
    count = max(1, int(len(words.starts) / COUNTED + 0.5))
    bounds = [len(words.starts) * at // count for at in range(count + 1)]
    starts = [words.place.start, *(words.starts[at] for at in bounds[1:-1])]
    for start, end in zip(starts, [*starts[1:], words.place.end]):
        yield Evidence(words.place.transcript, start, end)


def held(words: Words, places: Sequence[Evidence]) -> int:
    """How many of `words` begin in any of `places`."""
    here = [one for one in places if one.transcript == words.place.transcript]
    return sum(any(one.start <= start < one.end for one in here) for start in words.starts)
