"""Whisper's JSON (`openai-whisper`, `faster-whisper`, `verbose_json`) and WhisperX's, which adds speakers.

`{"language", "segments": [{"start", "end", "text", "speaker"?, "words"?: [{"word", "start", "speaker"?}]}]}`.
Words leave marks where they are found in the segment's text; a word with another speaker begins a turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from index.errors import Unreadable
from index.reading import segments
from index.reading.file import File
from index.reading.reading import Reading
from index.reading.utterances import Utterance, reading_of

FORMAT = "json-whisper"

_UNSPACED = frozenset("zh yue ja th lo my km chinese cantonese japanese thai lao myanmar burmese khmer".split())


def recognises(file: File) -> bool:
    """An object with `segments` that have a `text`; or with an empty list of them beside a `text`."""
    if not (file.is_json and isinstance(file.json, dict)):
        return False
    found = file.json.get("segments")
    if not isinstance(found, list):
        return False
    return any(isinstance(s, dict) and "text" in s for s in found[:5]) or (not found and "text" in file.json)


def read(file: File) -> Reading:
    """Raises Unreadable where a field has the wrong type, NotATranscript where nothing is said."""
    document = file.json
    if not isinstance(document, dict):
        raise Unreadable("Whisper's JSON is an object with `segments`")
    entries = segments.objects(document.get("segments"), "segments")
    language = segments.text(document, "language", "the document") or None
    between = "" if language in _UNSPACED and not any(_text(e, "")[:1].isspace() for e in entries) else " "
    spoken = [u for at, entry in enumerate(entries) for u in _segment(entry, f"segments[{at}]", between)]
    whole = segments.text(document, "text", "the document").strip()
    warnings: list[str] = []
    if not any(u.text for u in spoken):
        spoken = [Utterance(whole)]
        warnings.append("no segment says a word: `text` is read, without times")
    elif lacking := _lacking(whole, "".join(between + u.text for u in spoken), unspaced=language in _UNSPACED):
        unit = "characters" if language in _UNSPACED else "words"
        warnings.append(f"{lacking} {unit} of `text` are in no segment and left out")
    return reading_of(file, _name(document, entries), spoken, language=_code(language), warnings=warnings)


def _lacking(whole: str, said: str, unspaced: bool) -> int:
    """How many words of `whole` are not among those of `said`; characters where words are not set apart."""
    word = re.compile(r"\w" if unspaced else r"\w+")
    return (Counter(word.findall(whole.casefold())) - Counter(word.findall(said.casefold()))).total()


def _name(document: dict[str, Any], entries: list[dict[str, Any]]) -> str:
    diarised = any("speaker" in entry for entry in entries)
    return "json-whisperx" if diarised or "word_segments" in document else FORMAT


def _code(language: str | None) -> str | None:
    """The code of a language; `english` is no code."""
    return language if language and len(language.split("-")[0]) <= 3 else None


def _text(entry: dict[str, Any], place: str) -> str:
    return segments.text(entry, "text", place)


def _segment(entry: dict[str, Any], place: str, between: str) -> Iterator[Utterance]:
    text = _text(entry, place).strip()
    label = segments.label(entry, "speaker", place)
    start, end = segments.second(entry, "start", place), segments.second(entry, "end", place)
    words = _words(entry, text, place)
    voices = [(0, label), *((at, who) for at, _, who in words if who is not None)]
    if len(voices) > 1 and not text[: voices[1][0]].strip():
        voices = [(0, voices[1][1]), *voices[2:]]
    cuts = [voices[0], *(after for before, after in pairwise(voices) if before[1] != after[1])]
    for (first, who), (last, _) in pairwise([*cuts, (len(text), None)]):
        piece = text[first:last].strip()
        marks = tuple((at - first, second) for at, second, _ in words if second is not None and first <= at < last)
        begins = start if first == 0 else marks[0][1] if marks else None
        yield Utterance(piece, who, begins, end, marks, between=between)


def _words(entry: dict[str, Any], text: str, place: str) -> list[tuple[int, float | None, str | None]]:
    """Where each word stands in `text`, its second and its speaker; words that aren't found there are passed over."""
    found: list[tuple[int, float | None, str | None]] = []
    at = 0
    for n, word in enumerate(segments.objects(entry.get("words") or [], f"{place}.words")):
        here = f"{place}.words[{n}]"
        written = (segments.text(word, "word", here) or segments.text(word, "text", here)).strip()
        where = text.find(written, at, at + len(written) + 40) if written else -1
        if where >= 0:
            found.append((where, segments.second(word, "start", here), segments.label(word, "speaker", here)))
            at = where + len(written)
    return found
