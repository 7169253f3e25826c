"""Passages to write questions to: drawn from an archive in an order that a seed fixes, every word as likely as another.

In: a view of the archive, a seed, what was drawn before. Out: passages with their sentences numbered, and for
those that somebody picks the evidence as `questions.jsonl` has it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from msgspec import Struct

from eval.datasets.form import EvidenceForm
from eval.datasets.standing import standing
from index.passages import Passage, passages
from index.store import View
from index.transcript import Transcript

Place = tuple[str, int, int]
"""A transcript's id and the characters of a passage."""


class Said(Struct, frozen=True):
    """A sentence of a passage: its characters, its words, and the label under which it stands."""

    start: int
    end: int
    text: str
    label: str | None


class Drawn(Struct, frozen=True):
    """A passage to look at, and the transcript it is of."""

    place: Place
    transcript: Transcript
    said: tuple[Said, ...]


def draws(view: View, seed: int, before: frozenset[Place] = frozenset()) -> Iterator[Drawn]:
    """Every passage once, but those drawn `before`; the same archive and seed give the same order."""
    remaining = {one.id: one.words for one in view.summaries() if one.words}
    undrawn: dict[str, list[Drawn]] = {}
    chance = random.Random(seed)
    while remaining:
        (id,) = chance.choices(list(remaining), list(remaining.values()))
        if id not in undrawn:
            transcript = view.transcript(id)
            undrawn[id] = [drawn(transcript, passage) for passage in passages(transcript, _counted)]
            chance.shuffle(undrawn[id])
        if undrawn[id]:
            one = undrawn[id].pop()
            if one.place not in before:
                yield one
        else:
            del remaining[id]


def drawn(transcript: Transcript, passage: Passage) -> Drawn:
    """`passage` with its sentences, without those in which only the room speaks (`(Applause.)`)."""
    said = tuple(_said(transcript, one.start, one.end) for one in passage.sentences if not one.aside)
    return Drawn((str(transcript.id), passage.start, passage.end), transcript, said)


def _said(transcript: Transcript, start: int, end: int) -> Said:
    return Said(start, end, transcript.text[start:end], transcript.turns[transcript.turn_at(start)].label)


def evidence(one: Drawn, first: int, last: int) -> EvidenceForm:
    """The sentences from `first` to `last`, counted from 0: by quote where it stands once, else by characters."""
    start, end = one.said[first].start, one.said[last].end
    id, quote = one.place[0], one.transcript.text[start:end]
    turn = one.transcript.spans[one.transcript.turn_at(start)]
    if end <= turn.end and len(list(standing(quote, one.transcript))) == 1:
        return EvidenceForm(id, quote=" ".join(quote.split()), label=one.said[first].label)
    return EvidenceForm(id, start=start, end=end)


def _counted(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]
