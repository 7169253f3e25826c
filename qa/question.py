"""A question as understood: the kind of fact it asks for, and whose words it wants."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from index.store import Voice
from index.text.names import surname
from qa.kinds import Asks, asked_kind
from qa.speakers import ADVERB, SAYING, speakers_asked


class Exchange(Struct, frozen=True):
    """A question asked before, and the text of its answer."""

    question: str
    answer: str


class Understood(Struct, frozen=True):
    """`text` as asked; `asks` the kind of fact; `speakers` whose words are wanted, as the question names
    them or, for a role, as the record labels them.

    `wants_speaker`: the speaker of the right words is the answer ("Who said …").
    `surnames`: of everybody who speaks in the archive, lower case.
    """

    text: str
    asks: Asks
    speakers: tuple[str, ...]
    wants_speaker: bool
    surnames: frozenset[str]


def understand(text: str, voices: Sequence[Voice], recognise: bool = True) -> Understood:
    """`text` against the `voices` of the archive; with `recognise` off no speaker is looked for."""
    known = (surname(voice.name or voice.label) for voice in voices if voice.speaker)
    return Understood(
        text=text,
        asks=asked_kind(text),
        speakers=speakers_asked(text, voices) if recognise else (),
        wants_speaker=bool(_WHO_SAID.search(text)),
        surnames=frozenset(one for one in known if one),
    )


_WHO_SAID = re.compile(rf"^\W*(?:who|which (?:\w+ )?\w+)\s+(?:first\s+)?{ADVERB}{SAYING}\b", re.IGNORECASE)
