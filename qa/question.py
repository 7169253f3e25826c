"""A question as understood: the kind of fact it asks for, whose words it wants, and of when and where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from index.store import Summary, Voice
from index.text.names import surname
from qa.beyond import beyond
from qa.fact_time import fact_time
from qa.follow_up import Exchange, follow_up
from qa.impossible import impossible_days
from qa.keeping import keeps
from qa.kinds import Asks, asked_kind
from qa.misspelt import strangers
from qa.recognising import Spoken, spoken
from qa.speakers import ADVERB, SAYING, hyphened, speakers_asked
from qa.telling import Told, taken_as_fact, told

__all__ = ["Exchange", "Understood", "follow_up", "keeps", "understand"]


class Understood(Struct, frozen=True):
    """`text` as asked, but with names spelt as the record does and without what only its asker can tell
    ("yesterday"); `asks` the kind of fact; `speakers` whose words are wanted, as the question names them or, for a
    role, as the record labels them.

    `since`, `until` (ISO dates, both inclusive) and `transcripts` (ids): when and where the words wanted
    were spoken, where the question asks for them so.
    `wants_speaker`: the speaker of the right words is the answer ("Who said …").
    `surnames`: of everybody who speaks in the archive, lower case.
    `beyond`: times that it names and the archive does not reach. `fact_time`: the month or day within the archive,
    as it names it, that what it asks for is of. `strangers`: words that stand where a name
    does whose words are wanted, and are almost a speaker's.
    `impossible`: what is wrong with days that it names and no calendar has, in words. `notes`: how the times
    in it that are told from the moment of asking were taken, in words.
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
    fact_time: str | None = None
    strangers: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def understand(
    text: str, voices: Sequence[Voice], summaries: Sequence[Summary] = (), recognise: bool = True
) -> Understood:
    """`text` against the `voices` and transcripts of the archive; with `recognise` off nothing becomes a filter."""
    known = (surname(voice.name or voice.label) for voice in voices if voice.speaker)
    text = hyphened(text, voices) if recognise else text
    speakers = speakers_asked(text, voices) if recognise else ()
    impossible = impossible_days(text) if recognise else ()
    placed = spoken(text, speakers, summaries) if recognise and not impossible else Spoken()
    asks = asked_kind(text)
    of = None if placed.since or placed.until or not recognise else fact_time(text, asks, summaries)
    timed = told(text, speakers, placed, summaries) if recognise else Told(text)
    return Understood(
        text=timed.text,
        asks=asks,
        speakers=speakers,
        wants_speaker=bool(_WHO_SAID.search(text)),
        surnames=frozenset(one for one in known if one),
        since=placed.since,
        until=placed.until,
        transcripts=placed.transcripts,
        fact_time=of,
        beyond=() if placed.since or placed.until else beyond(text, asks, summaries),
        strangers=strangers(text, voices) if recognise else (),
        impossible=impossible,
        notes=(*timed.notes, taken_as_fact(of)) if of else timed.notes,
    )


_WHO_SAID = re.compile(
    rf"^\W*(?:who|which (?:\w+ )?\w+)\s+(?:first\s+|else\s+)?{ADVERB}(?:{SAYING}|spoke|talked)\b", re.IGNORECASE
)
