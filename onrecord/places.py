"""Places of the record as a reader sees them: who, where, at what time, and what was searched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.text.names import given, meant
from onrecord.terminal import line

if TYPE_CHECKING:
    from index.store import Voice
    from qa.answer import Searched


def who(label: str | None, speaker: str | None, name: str | None) -> str:
    """`SECRETARY POMPEO (Michael R. Pompeo)`; a voice that the record does not name is called so."""
    if not label:
        return "speaker not named"
    if speaker is None:
        return f"{line(label)} (not named)"
    return f"{line(label)} ({line(name)})" if name and name != label else line(label)


def time_code(seconds: float) -> str:
    """`1:02:03`, `0:07`."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def where(transcript_id: str, start_char: int, end_char: int, start: float | None, end: float | None) -> str:
    """Transcript, characters and, where the record has any, time code."""
    place = f"{line(transcript_id)}, characters {start_char}–{end_char}"
    if start is None:
        return place
    return f"{place}, at {time_code(start)}" + (f"–{time_code(end)}" if end is not None else "")


def counted(number: int, noun: str) -> str:
    """`1 turn`, `1,204 turns`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def searched(scope: Searched) -> str:
    """What was searched, in words."""
    parts = [f"{counted(scope.passages, 'passage')} of {counted(scope.transcripts, 'transcript')}"]
    if scope.since:
        parts.append(scope.since if scope.since == scope.until else f"{scope.since} to {scope.until}")
    if scope.undated:
        parts.append(f"{counted(scope.undated, 'undated transcript')} left out")
    return ", ".join(parts)


def voices_meant(asked: Iterable[str], voices: Iterable[Voice]) -> list[str]:
    """For each name asked for, a line on the voices that bear it: none, one, or several people."""
    known = [voice for voice in voices if voice.speaker]
    printed = [(voice.label, voice.name) for voice in known]
    return [_meant(name, [voice for voice, said in zip(known, meant([name], printed)) if said]) for name in asked]


def _meant(name: str, voices: list[Voice]) -> str:
    found = list(dict.fromkeys(who(voice.label, voice.speaker, voice.name) for voice in voices))
    people = {voice.name or voice.label for voice in voices}
    if not found:
        return f"Nobody called “{line(name)}” speaks in the archive."
    if len(people) == 1 and given(name) and not any(voice.name for voice in voices):
        return f"“{line(name)}” is taken for {', '.join(found)}; the record gives no first name there."
    if len(people) == 1:
        return f"“{line(name)}” is {', '.join(found)}."
    return f"“{line(name)}” may be any of {len(people)} voices, and all were searched: {'; '.join(found)}."
