"""What a reader saw in a file, for the person who has to believe it: `ingest --dry-run`, a job's report."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from index.reading.reading import Reading
from index.transcript import Outside, Transcript


class SpeakerSeen(Struct, frozen=True):
    """A label, the person the record puts behind it, and how much is said under it."""

    label: str
    name: str | None
    turns: int
    words: int


class Report(Struct, frozen=True, kw_only=True):
    """`unattributed_words` are said under no label or one that names nobody; `outside` is nobody's speech."""

    id: str
    path: str
    format: str
    encoding: str
    title: str | None
    date: str | None
    language: str | None
    turns: int
    words: int
    speakers: tuple[SpeakerSeen, ...]
    unattributed_words: int
    outside: tuple[Outside, ...]
    warnings: tuple[str, ...]


def report(reading: Reading, *, id: str, path: str) -> Report:
    """The report of one reading; `id` is the transcript's, `path` where the file stood."""
    transcript = reading.transcript
    words = [len(turn.text.split()) for turn in transcript.turns]
    return Report(
        id=id,
        path=path,
        format=reading.format,
        encoding=reading.encoding,
        title=transcript.title,
        date=transcript.date,
        language=transcript.language,
        turns=len(transcript.turns),
        words=sum(words),
        speakers=speakers_seen(transcript),
        unattributed_words=sum(n for turn, n in zip(transcript.turns, words) if turn.speaker is None),
        outside=transcript.outside,
        warnings=reading.warnings,
    )


def speakers_seen(transcript: Transcript) -> tuple[SpeakerSeen, ...]:
    """The voices of a transcript in order of first appearance, without labels that name nobody."""
    turns: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for turn in transcript.turns:
        if turn.speaker is not None:
            turns[turn.speaker] += 1
            words[turn.speaker] += len(turn.text.split())
    return tuple(SpeakerSeen(label, transcript.names.get(label), turns[label], words[label]) for label in turns)
