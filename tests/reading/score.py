"""How much of the hand-made expectations (tests/reading/expectations) the readers meet.

    python tests/reading/score.py        prints each file's score, what is not met, and the sum
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import NotATranscript, OnrecordError
from index.reading import read
from index.reading.reading import Reading

HERE = Path(__file__).resolve().parent
EXPECTATIONS = sorted((HERE / "expectations").glob("*.json"))

Check = tuple[str, bool]
"""What is expected, in words, and whether it is so."""


def checks(expected: dict[str, Any], folder: Path) -> list[Check]:
    """Every single thing that one file of expectations asks for."""
    path = folder / expected["file"]
    outcome, reading = "read", None
    try:
        reading = read(path.read_bytes(), path.name)
    except NotATranscript:
        outcome = "skipped"
    except OnrecordError:
        outcome = "failed"
    found = [(f"outcome {expected['outcome']}, not {outcome}", outcome == expected["outcome"])]
    return found if reading is None else [*found, *_seen(expected, reading)]


def folded(text: str | None) -> str | None:
    """Runs of white space as one space."""
    return None if text is None else " ".join(text.split())


def _seen(expected: dict[str, Any], reading: Reading) -> Iterator[Check]:
    transcript = reading.transcript
    texts = [folded(turn.text) or "" for turn in transcript.turns]
    if expected["format"] is not None:
        yield f"format {expected['format']}, not {reading.format}", reading.format.startswith(expected["format"])
    for field in ("title", "date"):
        if field in expected:
            value = folded(getattr(transcript, field))
            yield f"{field} {expected[field]!r}, not {value!r}", value == folded(expected[field])
    if "labels" in expected:
        labels = list(dict.fromkeys(turn.label for turn in transcript.turns))
        yield f"labels {expected['labels']}, not {labels}", labels == expected["labels"]
    for label in expected.get("nobody", ()):
        spoken = [turn for turn in transcript.turns if turn.label == label]
        yield f"{label!r} is nobody", bool(spoken) and all(turn.speaker is None for turn in spoken)
    for label, name in expected.get("speakers", {}).items():
        spoken = [turn for turn in transcript.turns if turn.label == label]
        yield f"{label!r} speaks", bool(spoken) and all(turn.speaker == label for turn in spoken)
        known = transcript.names.get(label)
        yield f"{label!r} is {name!r}, not {known!r}", folded(known) == name
    if expected.get("turn_count") is not None:
        yield f"{expected['turn_count']} turns, not {len(texts)}", len(texts) == expected["turn_count"]
    for turn in expected["turns"]:
        yield from _turn(turn, reading, texts)
    outside = [folded(entry.text) or "" for entry in transcript.outside]
    for text in expected["outside_contains"]:
        yield f"outside: {text!r}", any((folded(text) or "") in entry for entry in outside)
    for text in expected["not_in_speech"]:
        yield f"not in the speech: {text!r}", not any((folded(text) or "") in entry for entry in texts)
    for text in expected["in_speech"]:
        yield f"in one turn: {text!r}", any((folded(text) or "") in entry for entry in texts)
    for about in expected["warnings_about"]:
        yield f"a warning about {about!r}", any(part in w for part in about.split("|") for w in reading.warnings)


def _turn(expected: dict[str, Any], reading: Reading, texts: list[str]) -> Iterator[Check]:
    at = expected["index"]
    there = -len(texts) <= at < len(texts)
    turn, text = (reading.transcript.turns[at], texts[at]) if there else (None, "")
    label = turn.label if turn else None
    yield f"turn {at}: label {expected['label']!r}, not {label!r}", there and label == expected["label"]
    first, last = folded(expected["first_words"]) or "", folded(expected["last_words"]) or ""
    yield f"turn {at}: begins {first!r}, not {text[: len(first)]!r}", text.startswith(first)
    yield f"turn {at}: ends {last!r}, not {text[-len(last) :]!r}", text.endswith(last)
    if expected.get("start") is not None:
        start = turn.start if turn else None
        near = start is not None and abs(start - expected["start"]) < 0.005
        yield f"turn {at}: starts at {expected['start']}, not {start}", near


def main() -> None:
    folder = Path(os.environ.get("ONRECORD_DEVELOPMENT_DATA", HERE.parent.parent.parent / "shared" / "data"))
    met = asked = 0
    for path in EXPECTATIONS:
        results = checks(json.loads(path.read_text()), folder)
        good = sum(ok for _, ok in results)
        met, asked = met + good, asked + len(results)
        print(f"{good:4} of {len(results):4}  {path.stem}")
        for what, ok in results:
            if not ok:
                print(f"              not met: {what}")
    print(f"{met:4} of {asked:4}  {100 * met / asked:.1f} %")
    sys.exit(met < asked)


if __name__ == "__main__":
    main()
