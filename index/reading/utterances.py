"""Utterances -> turns: what captions and recognisers give, cue by cue or segment by segment.

Utterances of one voice that follow each other are one turn, joined by one space; each leaves a
mark, so that every cue's second is found again from an offset.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from index.errors import NotATranscript
from index.reading import people
from index.reading.file import File
from index.reading.nobody import speaker_of
from index.reading.reading import Reading
from index.transcript import Mark, Outside, Transcript, Turn


class Utterance(Struct, frozen=True):
    """`marks` count from the start of `text`. `opens`: another voice begins, even under the same label."""

    text: str
    label: str | None = None
    start: float | None = None
    end: float | None = None
    marks: tuple[Mark, ...] = ()
    opens: bool = False
    between: str = " "
    """What joins it to the utterance before it in the same turn."""


def turns(utterances: Iterable[Utterance]) -> tuple[Turn, ...]:
    """One turn for each run of utterances under one label; blank ones are nobody's."""
    runs: list[list[Utterance]] = []
    for utterance in utterances:
        if not utterance.text.strip():
            continue
        if not runs or utterance.opens or utterance.label != runs[-1][-1].label:
            runs.append([])
        runs[-1].append(utterance)
    return tuple(_turn(run) for run in runs)


def _turn(run: Sequence[Utterance]) -> Turn:
    parts: list[str] = []
    marks: list[Mark] = []
    length = 0
    for utterance in run:
        if parts:
            parts.append(utterance.between)
            length += len(utterance.between)
        inner = tuple((length + at, second) for at, second in utterance.marks)
        if utterance.start is not None and not (utterance.marks and utterance.marks[0][0] == 0):
            marks.append((length, utterance.start))
        marks += inner
        parts.append(utterance.text)
        length += len(utterance.text)
    ends = [utterance.end for utterance in run if utterance.end is not None]
    start, end = run[0].start, max(ends, default=None)
    if start is not None and end is not None and end < start:
        end = None
    label = run[0].label
    return Turn("".join(parts), label=label, speaker=speaker_of(label), start=start, end=end, marks=tuple(marks))


def reading_of(
    file: File,
    format: str,
    utterances: Iterable[Utterance],
    *,
    title: str | None = None,
    date: str | None = None,
    language: str | None = None,
    outside: Iterable[Outside] = (),
    warnings: Iterable[str] = (),
) -> Reading:
    """The reading of a file whose speech is `utterances`. Raises NotATranscript where nothing is said."""
    spoken = turns(utterances)
    if not spoken:
        raise NotATranscript("it holds no word of speech")
    speakers, doubtful = people.named(Counter(t.label for t in spoken if t.label and t.speaker), title or "")
    transcript = Transcript(
        turns=spoken, title=title, date=date, language=language or None, speakers=speakers, outside=tuple(outside)
    )
    return Reading(
        transcript=transcript,
        format=format,
        encoding=file.encoding,
        warnings=(*file.warnings, *warnings, *doubtful),
    )
