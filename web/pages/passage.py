"""A passage that was found, voice by voice, with the words that were looked for."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, structs

from index.errors import UnknownTranscript
from index.hit import Hit, HitTurn
from index.store import Summary, View
from qa.speakers import people_meant
from web.pages.emphasis import Stretch, emphasised, looked_for


class Voice(Struct, frozen=True):
    """What one turn has of a passage; `name` is who the record says is behind the label.

    `wanted`: whether it is one of the speakers who were looked for, as all are where none was.
    """

    label: str | None
    named: bool
    name: str | None
    wanted: bool
    stretches: tuple[Stretch, ...]


class Passage(Struct, frozen=True):
    """A hit, whose text is left to its voices."""

    hit: Hit
    collection: str | None
    voices: tuple[Voice, ...]


def passages(view: View, found: Sequence[Hit], query: str, speakers: Sequence[str]) -> tuple[Passage, ...]:
    """The passages `found` for `query`, among those of `speakers` if any were asked for."""
    people = {(one.label, one.name) for one in people_meant(speakers, view.voices())} if speakers else None
    words = looked_for(query)
    return tuple(_passage(view, hit, words, people) for hit in found)


def _passage(view: View, hit: Hit, words: frozenset[str], people: set[tuple[str, str | None]] | None) -> Passage:
    summary = _summary(view, hit.transcript_id)
    names = {voice.label: voice.name for voice in summary.speakers} if summary else {}

    def voice(turn: HitTurn) -> Voice:
        text = hit.text[turn.start_char - hit.start_char : turn.end_char - hit.start_char].strip()
        name = names.get(turn.label or "")
        wanted = people is None or (turn.label, name) in people
        return Voice(
            turn.label, turn.speaker is not None, name, wanted, emphasised(text, words if wanted else frozenset())
        )

    voices = tuple(one for one in map(voice, hit.turns) if one.stretches)
    return Passage(structs.replace(hit, text=""), summary.collection if summary else None, voices)


def _summary(view: View, id: str) -> Summary | None:
    """None where the transcript went since the passage was found."""
    try:
        return view.summary(id)
    except UnknownTranscript:
        return None
