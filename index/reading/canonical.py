"""The JSON form of a transcript, the one that `export` writes and every part of Onrecord takes.

In: JSON, or what a JSON decoder made of it. Out: a Transcript whose fields agree, or
InvalidTranscript naming the field that does not. A turn's text is taken as it is, unaltered.
`speaker` follows from `label` alone, so `decode(encode(t)) == t`.
"""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any, Never

import msgspec
from msgspec import Struct

from index.errors import InvalidTranscript
from index.reading.file import File
from index.reading.nobody import speaker_of
from index.reading.reading import Reading
from index.transcript import Mark, Outside, Speaker, Transcript, Turn

FORMAT = "json"

_ID = re.compile(r"[A-Za-z0-9._-]{1,200}")


class TurnForm(Struct, forbid_unknown_fields=True):
    """A turn; `speaker` may be left out, since it follows from `label`."""

    text: str
    label: str | None = None
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    marks: tuple[Mark, ...] = ()


class SpeakerForm(Struct, forbid_unknown_fields=True):
    """A label and the person behind it."""

    label: str
    name: str | None = None


class OutsideForm(Struct, forbid_unknown_fields=True):
    """Text that is nobody's speech, and where it stood."""

    text: str
    where: str = ""


class TranscriptForm(Struct, forbid_unknown_fields=True):
    """A transcript as it is written: all but `turns` may be absent."""

    turns: list[TurnForm]
    id: str | None = None
    title: str | None = None
    date: str | None = None
    collection: str | None = None
    source: str | None = None
    media: str | None = None
    language: str | None = None
    speakers: list[SpeakerForm] = []
    outside: list[OutsideForm] = []


def recognises(file: File) -> bool:
    """An object with a list of `turns`."""
    return file.is_json and isinstance(file.json, dict) and isinstance(file.json.get("turns"), list)


def read(file: File) -> Reading:
    """Raises Unreadable for broken JSON, InvalidTranscript for fields that contradict each other."""
    transcript = _checked(file.json)
    return Reading(transcript=transcript, format=FORMAT, encoding=file.encoding, warnings=file.warnings)


def decode(data: bytes | dict[str, Any]) -> Transcript:
    """The transcript in `data`. Raises InvalidTranscript, naming the field."""
    if not isinstance(data, bytes):
        return _checked(data)
    try:
        return _checked(msgspec.json.decode(data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidTranscript(f"no JSON: {error}") from None


def encode(transcript: Transcript) -> dict[str, Any]:
    """The JSON form of `transcript`, in built-in types; what is absent is left out."""
    whole: dict[str, Any] = msgspec.to_builtins(transcript)
    fields = ("id", "title", "date", "collection", "source", "media", "language", "speakers", "turns", "outside")
    return {name: whole[name] for name in fields if name == "turns" or whole[name] not in (None, (), [])}


def _checked(document: object) -> Transcript:
    if not isinstance(document, dict):
        raise InvalidTranscript("a transcript is a JSON object with a list of turns")
    given = _present(document)
    for name in ("turns", "speakers", "outside"):
        if isinstance(given.get(name), list):
            given[name] = [_present(entry) if isinstance(entry, dict) else entry for entry in given[name]]
    try:
        raw = msgspec.convert(given, TranscriptForm)
        msgspec.json.encode(raw)
    except msgspec.ValidationError as error:
        _invalid(str(error))
    except UnicodeEncodeError:
        raise InvalidTranscript("a text holds half a character (a lone surrogate)") from None
    if not raw.turns:
        raise InvalidTranscript("turns: there is none")
    if raw.id is not None and not _ID.fullmatch(raw.id):
        raise InvalidTranscript("id: 1 to 200 of the characters A-Z a-z 0-9 . _ - are allowed")
    return Transcript(
        turns=tuple(_turn(turn, f"turns[{at}]") for at, turn in enumerate(raw.turns)),
        id=raw.id,
        title=raw.title,
        date=_day(raw.date),
        collection=raw.collection,
        source=raw.source,
        media=raw.media,
        language=raw.language,
        speakers=_speakers(raw.speakers),
        outside=tuple(Outside(entry.text, entry.where) for entry in raw.outside),
    )


def _present(entry: dict[Any, Any]) -> dict[str, Any]:
    """`entry` without what is as good as absent; an empty text is a text."""
    return {
        str(key): value
        for key, value in entry.items()
        if value is not None and (value != "" or key in ("text", "where"))
    }


def _invalid(message: str) -> Never:
    what, _, place = message.partition(" - at `$")
    field = place.rstrip("`").lstrip(".").replace("[...]", "[]")
    raise InvalidTranscript(f"{field}: {what}" if field else what)


def _turn(raw: TurnForm, field: str) -> Turn:
    label = raw.label if raw.label is not None else raw.speaker
    if raw.speaker is not None and raw.speaker != label:
        raise InvalidTranscript(
            f"{field}.speaker: {raw.speaker!r} is not the label {label!r}; a person's name belongs in `speakers`"
        )
    for name, second in (("start", raw.start), ("end", raw.end)):
        if second is not None and not (math.isfinite(second) and second >= 0):
            raise InvalidTranscript(f"{field}.{name}: {second} is no second of a recording")
    if raw.start is not None and raw.end is not None and raw.end < raw.start:
        raise InvalidTranscript(f"{field}.end: {raw.end} is before its start, {raw.start}")
    last = 0
    for at, (character, second) in enumerate(raw.marks):
        if not last <= character <= len(raw.text):
            raise InvalidTranscript(f"{field}.marks[{at}]: character {character} is out of order or beyond the text")
        if not (math.isfinite(second) and second >= 0):
            raise InvalidTranscript(f"{field}.marks[{at}]: {second} is no second of a recording")
        last = character
    return Turn(
        raw.text,
        label=label,
        speaker=speaker_of(label),
        start=_unsigned(raw.start),
        end=_unsigned(raw.end),
        marks=tuple((character, second + 0.0) for character, second in raw.marks),
    )


def _unsigned(second: float | None) -> float | None:
    """`second`, where -0.0 is 0.0: the two are equal, and their JSON is not."""
    return None if second is None else second + 0.0


def _day(date: str | None) -> str | None:
    if date is None:
        return None
    try:
        return datetime.fromisoformat(date).date().isoformat()
    except ValueError:
        raise InvalidTranscript(f"date: {date!r} is no ISO 8601 date (YYYY-MM-DD)") from None


def _speakers(given: list[SpeakerForm]) -> tuple[Speaker, ...]:
    names: dict[str, str | None] = {}
    for at, entry in enumerate(given):
        if names.get(entry.label) and entry.name and names[entry.label] != entry.name:
            raise InvalidTranscript(f"speakers[{at}].name: {entry.label!r} is {names[entry.label]!r} above")
        names[entry.label] = entry.name or names.get(entry.label)
    return tuple(Speaker(label, name) for label, name in names.items())
