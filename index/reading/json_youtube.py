"""YouTube's captions as JSON: `[{"text", "start", "duration"}]` of youtube-transcript-api, and `json3` events."""

from __future__ import annotations

from typing import Any

from index.errors import Unreadable
from index.reading import segments
from index.reading.captions import Cue, CueLine, utterances
from index.reading.file import File
from index.reading.reading import Reading
from index.reading.utterances import reading_of
from index.transcript import Mark

FORMAT = "json-youtube"


def recognises(file: File) -> bool:
    """A list, or `snippets`, of objects with `text` and `start`; or `events` of `segs`."""
    if not file.is_json:
        return False
    document = file.json
    if isinstance(document, dict) and isinstance(document.get("events"), list):
        return any(isinstance(event, dict) and "tStartMs" in event for event in document["events"][:20])
    first = _snippets(document)[:1]
    return bool(first) and isinstance(first[0], dict) and {"text", "start"} <= first[0].keys()


def _snippets(document: object) -> list[Any]:
    found = document.get("snippets") if isinstance(document, dict) else document
    return found if isinstance(found, list) else []


def read(file: File) -> Reading:
    """Raises Unreadable where a field has the wrong type, NotATranscript where nothing is said."""
    document = file.json
    language = segments.label(document, "language_code", "the document") if isinstance(document, dict) else None
    if isinstance(document, dict) and "events" in document:
        cues = [_event(e, f"events[{at}]") for at, e in enumerate(segments.objects(document["events"], "events"))]
    else:
        snippets = segments.objects(_snippets(document), "snippets")
        cues = [_snippet(snippet, f"[{at}]") for at, snippet in enumerate(snippets)]
    spoken, warnings = utterances([cue for cue in cues if cue.lines])
    return reading_of(file, FORMAT, spoken, language=language, warnings=warnings)


def _snippet(snippet: dict[str, Any], place: str) -> Cue:
    start = segments.second(snippet, "start", place)
    if start is None:
        raise Unreadable(f"{place}.start: a second is expected")
    length = segments.second(snippet, "duration", place) or 0.0
    lines = tuple(CueLine(line.strip()) for line in segments.text(snippet, "text", place).split("\n") if line.strip())
    return Cue(1, start, start + length, lines)


def _event(event: dict[str, Any], place: str) -> Cue:
    start = segments.second(event, "tStartMs", place, 0.001) or 0.0
    length = segments.second(event, "dDurationMs", place, 0.001) or 0.0
    text, marks = "", list[Mark]()
    for n, piece in enumerate(segments.objects(event.get("segs") or [], f"{place}.segs")):
        offset = segments.second(piece, "tOffsetMs", f"{place}.segs[{n}]", 0.001) or 0.0
        written = segments.text(piece, "utf8", f"{place}.segs[{n}]").replace("\n", " ")
        marks.append((len(text) + len(written) - len(written.lstrip()), start + offset))
        text += written
    begins = len(text) - len(text.lstrip())
    bare = text.strip()
    kept = tuple((at - begins, second) for at, second in marks if 0 <= at - begins < len(bare))
    return Cue(1, start, start + length, (CueLine(bare, None, kept),) if bare else ())
