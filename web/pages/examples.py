"""Questions to begin with, made from the archive: who is heard most, and what they keep naming.

In: a view. Out: three questions at most, each about a voice and a name that it speaks several times in one
transcript and that stands in few others. Where no such name is found, about the voice and the day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

from index.store import Summary, View, Voice
from index.text.names import surname
from index.transcript import Transcript
from web.pages.wording import day

MOST = 3
_VOICES = 8
_LOOKED_AT = 4
"""Transcripts of a voice in which a name is looked for."""
_LEAST_WORDS = 150
_LEAST_TIMES = 2
_WORD = r"[A-Z][\w’'-]*[a-z][\w’'-]*"
_NAME = re.compile(
    r"\b(?:(?P<the>the)|about|and|as|at|by|from|for|in|of|on|or|that|to|with) "
    rf"(?P<name>{_WORD}(?: (?:(?:of|for|and) )?{_WORD}){{1,3}})"
)
"""After such a word a name stands whole: "new Strategic Concept" alone would want its article."""
_POSSESSIVE = re.compile(r"['’]s?\b.*$")
_OFFICE = re.compile(
    r"(?:The|Vice|President|Prime|Mr|Ms|Mrs|Dr|Madam|Secretary|Senator|Governor|Minister|Mayor|Councillor|Captain|"
    r"General|Chair\w*|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
"""How the name of somebody or of a day begins."""


def examples(view: View) -> tuple[str, ...]:
    """The questions; none of an empty archive."""
    summaries = view.summaries()
    voices = [one for one in view.voices() if one.speaker]
    heard = sorted(voices[:_VOICES], key=lambda one: one.name is None)
    recent = [_recent(voice, summaries) for voice in heard]
    read = {one.id: view.transcript(one.id) for some in recent for one in some}
    spread = Counter(name for transcript in read.values() for name in _names(transcript.text))
    asked: list[str] = []
    for voice, some in zip(heard, recent):
        name = _named_most(voice, [read[one.id] for one in some], spread, len(read), _surnames(voices))
        if name and not any(question.endswith(f" {name}?") for question in asked):
            asked.append(f"What did {_called(voice)} say about {name}?")
    asked += [_on_a_day(voice, some[0]) for voice, some in zip(heard, recent) if some]
    return tuple(asked[:MOST])


def _recent(voice: Voice, summaries: Sequence[Summary]) -> list[Summary]:
    """The latest transcripts, in English, in which `voice` is heard for a while."""
    found = [
        one
        for one in summaries
        if (one.language or "en").startswith("en")
        and any(who.label == voice.label and who.words >= _LEAST_WORDS for who in one.speakers)
    ]
    return sorted(found, key=lambda one: one.date or "", reverse=True)[:_LOOKED_AT]


def _named_most(
    voice: Voice, transcripts: Sequence[Transcript], spread: Counter[str], read: int, people: set[str]
) -> str | None:
    """What `voice` names several times in one transcript, and few others do: the most often, the rarest."""
    scores: dict[str, float] = {}
    for transcript in transcripts:
        spoken = "\n".join(turn.text for turn in transcript.turns if turn.label == voice.label)
        for name, times in _names(spoken).items():
            bare = name.removeprefix("the ")
            if times >= _LEAST_TIMES and not _OFFICE.match(bare) and not people & set(bare.lower().split()):
                scores[name] = max(scores.get(name, 0.0), times * log((1 + read) / (1 + spread[name])))
    return max(scores, key=lambda name: scores[name], default=None)


def _names(text: str) -> Counter[str]:
    """Names of several words, with their article where most times they have one, and how often they stand."""
    bare: Counter[str] = Counter()
    articled: Counter[str] = Counter()
    for found in _NAME.finditer(text):
        name = _POSSESSIVE.sub("", found["name"])
        if " " in name:
            bare[name] += 1
            articled[name] += found["the"] is not None
    return Counter({f"the {name}" if 2 * articled[name] > times else name: times for name, times in bare.items()})


def _on_a_day(voice: Voice, summary: Summary) -> str:
    when = f" on {day(summary.date)}" if summary.date else ""
    return f"What did {_called(voice)} say{when}?"


def _called(voice: Voice) -> str:
    if voice.name:
        return voice.name
    return voice.label.title() if voice.label.isupper() else voice.label


def _surnames(voices: Sequence[Voice]) -> set[str]:
    """Of who speaks: what is said about one of them is mostly what somebody else says."""
    return {found.lower() for one in voices for found in (surname(one.label), surname(one.name or "")) if found}
