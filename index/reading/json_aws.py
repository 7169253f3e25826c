"""AWS: Transcribe's results, its call analytics, and Bedrock Data Automation's audio output.

Transcribe keeps words and punctuation apart as `items`: they are put together again as its own
transcript has them. Call analytics gives whole turns, in an order that is kept where they overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.errors import Unreadable
from index.reading import segments
from index.reading.file import File
from index.reading.reading import Reading
from index.reading.utterances import Utterance, reading_of
from index.transcript import Mark

FORMAT = "json-aws"

_MILLI = 0.001


def recognises(file: File) -> bool:
    """`results.items`, a `Transcript` of `Content`, or `audio_segments` with a `text`."""
    document = file.json if file.is_json else None
    if not isinstance(document, dict):
        return False
    results = document.get("results")
    return (
        (isinstance(results, dict) and isinstance(results.get("items"), list))
        or (isinstance(document.get("Transcript"), list) and ("Participants" in document or "JobName" in document))
        or (isinstance(document.get("audio_segments"), list) and "audio_items" in document)
    )


def read(file: File) -> Reading:
    """Raises Unreadable where a field has the wrong type, NotATranscript where nothing is said."""
    document = file.json
    if not isinstance(document, dict):
        raise Unreadable("AWS's JSON is an object with `results`, `Transcript` or `audio_segments`")
    if "audio_segments" in document:
        metadata = document.get("metadata")
        language = metadata.get("dominant_asset_language") if isinstance(metadata, dict) else None
        return reading_of(
            file, FORMAT, _automation(document), language=language.lower() if isinstance(language, str) else None
        )
    if "Transcript" in document:
        return reading_of(file, FORMAT, _calls(document), language=_language(document, "LanguageCode"))
    results = document.get("results")
    if not isinstance(results, dict):
        raise Unreadable("results: an object is expected")
    return reading_of(file, FORMAT, _items(results), language=_language(results, "language_code"))


def _language(document: dict[str, Any], name: str) -> str | None:
    return segments.text(document, name, "the document") or None


def _calls(document: dict[str, Any]) -> Iterator[Utterance]:
    for at, turn in enumerate(segments.objects(document.get("Transcript"), "Transcript")):
        place = f"Transcript[{at}]"
        text = segments.text(turn, "Content", place)
        items = segments.objects(turn.get("Items") or [], f"{place}.Items")
        yield Utterance(
            text,
            segments.label(turn, "ParticipantRole", place) or segments.label(turn, "ParticipantId", place),
            segments.second(turn, "BeginOffsetMillis", place, _MILLI),
            segments.second(turn, "EndOffsetMillis", place, _MILLI),
            _found(text, items, "Content", "BeginOffsetMillis", f"{place}.Items"),
            opens=True,
        )


def _automation(document: dict[str, Any]) -> Iterator[Utterance]:
    items = {
        item.get("item_index"): item for item in segments.objects(document.get("audio_items") or [], "audio_items")
    }
    for at, segment in enumerate(segments.objects(document.get("audio_segments"), "audio_segments")):
        place = f"audio_segments[{at}]"
        text = segments.text(segment, "text", place)
        speaker = segment.get("speaker")
        indices = segment.get("audio_item_indices")
        own = [items[n] for n in indices if isinstance(n, int) and n in items] if isinstance(indices, list) else []
        yield Utterance(
            text,
            segments.label(speaker, "speaker_label", place) if isinstance(speaker, dict) else None,
            segments.second(segment, "start_timestamp_millis", place, _MILLI),
            segments.second(segment, "end_timestamp_millis", place, _MILLI),
            _found(text, own, "content", "start_timestamp_millis", "audio_items"),
        )


def _found(text: str, items: list[dict[str, Any]], word: str, time: str, place: str) -> tuple[Mark, ...]:
    """Marks of the words that are found in `text`, in their order."""
    marks: list[Mark] = []
    at = 0
    for item in items:
        written = segments.text(item, word, place).strip()
        where = text.find(written, at, at + len(written) + 40) if written else -1
        if where < 0:
            continue
        at = where + len(written)
        second = segments.second(item, time, place, _MILLI)
        if second is not None:
            marks.append((where, second))
    return tuple(marks)


def _items(results: dict[str, Any]) -> Iterator[Utterance]:
    voices = _voices(results)
    label: str | None = None
    for at, item in enumerate(segments.objects(results.get("items"), "results.items")):
        place = f"results.items[{at}]"
        choices = segments.objects(item.get("alternatives") or [], f"{place}.alternatives")
        content = segments.text(choices[0], "content", f"{place}.alternatives[0]") if choices else ""
        start = segments.second(item, "start_time", place)
        end = segments.second(item, "end_time", place)
        # Punctuation has neither time nor, often, a speaker: it belongs to the word before it.
        mark = item.get("type") == "punctuation"
        if not mark:
            label = (
                segments.label(item, "speaker_label", place)
                or segments.label(item, "channel_label", place)
                or (voices.get(str(item.get("start_time"))) if voices else None)
            )
        yield Utterance(content, label, start, end, between="" if mark else " ")


def _voices(results: dict[str, Any]) -> dict[str, str]:
    """The start of a word, as printed, -> its speaker, where they are given apart from the words."""
    apart = results.get("speaker_labels")
    if not isinstance(apart, dict):
        return {}
    return {
        str(item.get("start_time")): label
        for n, segment in enumerate(segments.objects(apart.get("segments") or [], "results.speaker_labels.segments"))
        for item in segments.objects(segment.get("items") or [], f"results.speaker_labels.segments[{n}].items")
        if (label := segments.label(item, "speaker_label", f"results.speaker_labels.segments[{n}].items"))
    }
