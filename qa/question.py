"""A question as understood: the kind of fact it asks for, whose words it wants, and of when and where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from index.store import Summary, Voice
from index.text.names import surname
from qa.beyond import beyond
from qa.follow_up import Exchange, follow_up
from qa.keeping import keeps
from qa.kinds import Asks, asked_kind
from qa.misspelt import strangers
from qa.recognising import Spoken, spoken
from qa.speakers import ADVERB, SAYING, speakers_asked

__all__ = ["Exchange", "Understood", "follow_up", "keeps", "understand"]


class Understood(Struct, frozen=True):
    """`text` as asked; `asks` the kind of fact; `speakers` whose words are wanted, as the question names
    them or, for a role, as the record labels them.

    `since`, `until` (ISO dates, both inclusive) and `transcripts` (ids): when and where the words wanted
    were spoken, where the question asks for them so.
    `wants_speaker`: the speaker of the right words is the answer ("Who said …").
    `surnames`: of everybody who speaks in the archive, lower case.
    `beyond`: times that it names and the archive does not reach. `strangers`: words that stand where a name
    does whose words are wanted, and are almost a speaker's.
    """

    text: str
    asks: Asks
    speakers: tuple[str, ...]
    wants_speaker: bool
    surnames: frozenset[str]
    since: str | None = None
    until: str | None = None
    transcripts: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


def understand(
    text: str, voices: Sequence[Voice], summaries: Sequence[Summary] = (), recognise: bool = True
) -> Understood:
    """`text` against the `voices` and transcripts of the archive; with `recognise` off nothing becomes a filter."""
    known = (surname(voice.name or voice.label) for voice in voices if voice.speaker)
    speakers = speakers_asked(text, voices) if recognise else ()
    placed = spoken(text, speakers, summaries) if recognise else Spoken()
    asks = asked_kind(text)
    return Understood(
        text=text,
        asks=asks,
        speakers=speakers,
        wants_speaker=bool(_WHO_SAID.search(text)),
        surnames=frozenset(one for one in known if one),
        since=placed.since,
        until=placed.until,
        transcripts=placed.transcripts,
        beyond=() if placed.since or placed.until else beyond(text, asks, summaries),
        strangers=strangers(text, voices) if recognise else (),
    )


_WHO_SAID = re.compile(
    rf"^\W*(?:who|which (?:\w+ )?\w+)\s+(?:first\s+|else\s+)?{ADVERB}(?:{SAYING}|spoke|talked)\b", re.IGNORECASE
)
