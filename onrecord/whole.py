"""A whole transcript as programs see it: its summary, its canonical text and the turns as spans of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from index.store import Summary
    from index.transcript import Transcript


def whole(summary: Summary, transcript: Transcript) -> dict[str, Any]:
    """The summary with `text`, `digest`, `outside` and, in place of their number, the turns.

    Offsets are code points into `text`, times seconds; a turn's `marks` count from its first character.
    """
    turns = [
        {
            "label": turn.label,
            "speaker": turn.speaker,
            "start_char": span.start,
            "end_char": span.end,
            "start": turn.start,
            "end": turn.end,
            "marks": turn.marks,
        }
        for turn, span in zip(transcript.turns, transcript.spans)
    ]
    spoken = {"text": transcript.text, "digest": transcript.digest, "outside": transcript.outside, "turns": turns}
    document: dict[str, Any] = msgspec.to_builtins(summary)
    return document | spoken
