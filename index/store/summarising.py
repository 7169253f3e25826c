"""A transcript's summary, and the digest of its JSON form by which a change is told."""

from __future__ import annotations

import hashlib

from msgspec import json

from index.reading.canonical import encode
from index.store.nouns import Summary, SummarySpeaker
from index.transcript import Transcript


def summarised(transcript: Transcript) -> Summary:
    """Speakers in the order in which they are first heard; labels that name nobody are not among them."""
    turns: dict[str, int] = {}
    words: dict[str, int] = {}
    total = 0
    for turn in transcript.turns:
        spoken = len(turn.text.split())
        total += spoken
        if turn.speaker is not None:
            turns[turn.speaker] = turns.get(turn.speaker, 0) + 1
            words[turn.speaker] = words.get(turn.speaker, 0) + spoken
    assert transcript.id is not None
    return Summary(
        id=transcript.id,
        title=transcript.title,
        date=transcript.date,
        collection=transcript.collection,
        source=transcript.source,
        media=transcript.media,
        language=transcript.language,
        turns=len(transcript.turns),
        words=total,
        speakers=tuple(
            SummarySpeaker(label, transcript.names.get(label), turns[label], words[label]) for label in turns
        ),
    )


def form_of(transcript: Transcript) -> str:
    """SHA-256 of the JSON form: it changes whenever anything in that form does."""
    return hashlib.sha256(json.encode(encode(transcript))).hexdigest()
