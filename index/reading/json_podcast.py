"""The podcast namespace's JSON: `{"version", "segments": [{"speaker", "startTime", "endTime", "body"}]}`."""

from __future__ import annotations

from index.errors import Unreadable
from index.reading import segments
from index.reading.file import File
from index.reading.reading import Reading
from index.reading.utterances import Utterance, reading_of

FORMAT = "json-podcast"


def recognises(file: File) -> bool:
    """`segments` that have a `body`."""
    found = file.json.get("segments") if file.is_json and isinstance(file.json, dict) else None
    return isinstance(found, list) and any(isinstance(s, dict) and "body" in s for s in found[:5])


def read(file: File) -> Reading:
    """Raises Unreadable where a field has the wrong type, NotATranscript where nothing is said."""
    if not isinstance(file.json, dict):
        raise Unreadable("a podcast's JSON transcript is an object with `segments`")
    spoken: list[Utterance] = []
    voice: str | None = None
    for at, segment in enumerate(segments.objects(file.json.get("segments"), "segments")):
        place = f"segments[{at}]"
        # The specification lets a speaker be given only where it changes.
        voice = segments.label(segment, "speaker", place) or voice
        start, end = segments.second(segment, "startTime", place), segments.second(segment, "endTime", place)
        spoken.append(Utterance(segments.text(segment, "body", place).strip(), voice, start, end))
    return reading_of(file, FORMAT, spoken)
