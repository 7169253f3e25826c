"""A transcript's summary, and the digest of its JSON form by which a change is told."""

from __future__ import annotations

import hashlib

from msgspec import json

from index.reading.canonical import encode
from index.reading.report import speakers_seen
from index.store.nouns import Summary, SummarySpeaker
from index.transcript import Transcript


def summarised(transcript: Transcript) -> Summary:
    """`transcript`, which has its id, without its text."""
    return Summary(
        id=str(transcript.id),
        title=transcript.title,
        date=transcript.date,
        collection=transcript.collection,
        source=transcript.source,
        media=transcript.media,
        language=transcript.language,
        turns=len(transcript.turns),
        words=sum(len(turn.text.split()) for turn in transcript.turns),
        speakers=tuple(
            SummarySpeaker(seen.label, seen.name, seen.turns, seen.words) for seen in speakers_seen(transcript)
        ),
    )


def form_of(transcript: Transcript) -> str:
    """SHA-256 of the JSON form: it changes whenever anything in that form does."""
    return hashlib.sha256(json.encode(encode(transcript))).hexdigest()
