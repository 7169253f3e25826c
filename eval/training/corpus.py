"""The texts that what the product ships may be fitted on.

In: the folder of development data. Out: passages of the QMSum training meetings (MIT) and of
the White House press briefings of 2021 (CC0), in a fixed order. Nothing that is used to
report a figure is read: neither the validation meetings, nor 2022, nor the claims.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from index.passages import CountTokens, passages
from index.transcript import Transcript, Turn

_MARKUP = re.compile(r"\{[a-z]+\}\s?")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_ESCAPE = re.compile(r"\\([^\w\s])")


def permissive_passages(data: Path, count: CountTokens) -> list[str]:
    """The indexed texts of all passages, meetings first."""
    return [passage.text for transcript in permissive_transcripts(data) for passage in passages(transcript, count)]


def permissive_transcripts(data: Path) -> Iterator[Transcript]:
    """The meetings, then the briefings."""
    for path in sorted((data / "qmsum" / "train").glob("*.json")):
        yield _meeting(path.read_text("utf-8"))
    for path in sorted((data / "briefings" / "2021").glob("*.md")):
        yield _briefing(path.read_text("utf-8"))


def _meeting(text: str) -> Transcript:
    spoken = json.loads(text)["meeting_transcripts"]
    return Transcript(turns=tuple(Turn(_MARKUP.sub("", turn["content"]), turn["speaker"]) for turn in spoken))


def _briefing(text: str) -> Transcript:
    """Paragraphs as turns, each with the label printed in it: enough to be fitted on."""
    body = _ESCAPE.sub(r"\1", _FRONT_MATTER.sub("", text))
    return Transcript(turns=tuple(Turn(" ".join(block.split())) for block in re.split(r"\n\s*\n", body)))
