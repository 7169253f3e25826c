"""What a reader saw."""

from __future__ import annotations

from msgspec import Struct

from index.reading.reading import Reading
from index.transcript import Outside


class ReportedSpeaker(Struct, frozen=True):
    label: str
    name: str | None
    turns: int
    words: int


class Report(Struct, frozen=True, kw_only=True):
    id: str
    path: str
    format: str
    encoding: str
    title: str | None
    date: str | None
    language: str | None
    turns: int
    words: int
    speakers: tuple[ReportedSpeaker, ...]
    unattributed_words: int
    outside: tuple[Outside, ...]
    warnings: tuple[str, ...]


def report(reading: Reading, *, id: str, path: str) -> Report:
    """`reading`, as a report."""
    transcript = reading.transcript
    turns: dict[str, int] = {}
    words: dict[str, int] = {}
    unattributed = 0
    for turn in transcript.turns:
        spoken = len(turn.text.split())
        if turn.speaker is None:
            unattributed += spoken
        else:
            turns[turn.speaker] = turns.get(turn.speaker, 0) + 1
            words[turn.speaker] = words.get(turn.speaker, 0) + spoken
    return Report(
        id=id,
        path=path,
        format=reading.format,
        encoding=reading.encoding,
        title=transcript.title,
        date=transcript.date,
        language=transcript.language,
        turns=len(transcript.turns),
        words=sum(words.values()) + unattributed,
        speakers=tuple(
            ReportedSpeaker(label, transcript.names.get(label), turns[label], words[label]) for label in turns
        ),
        unattributed_words=unattributed,
        outside=transcript.outside,
        warnings=reading.warnings,
    )
