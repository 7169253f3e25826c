"""Real sentences as evidence for themselves."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from index import reading
from index.errors import OnrecordError
from index.text.sentences import sentences
from index.transcript import Span, Transcript
from qa.gate.evidence import Evidence, Stretch

ROOT = Path(__file__).resolve().parents[3]


def _sentences(paths: Sequence[Path]) -> Iterator[Evidence]:
    for path in paths:
        try:
            transcript: Transcript = reading.read(path.read_bytes(), path.name).transcript
        except OnrecordError:
            continue
        for turn, span in zip(transcript.turns, transcript.spans):
            for one in sentences(turn.text):
                if not one.aside:
                    stretch = Stretch(path.stem, transcript, Span(one.start, one.end).moved(span.start), 1)
                    yield Evidence((stretch,))


@pytest.fixture(scope="session")
def real() -> list[Evidence]:
    """Every sentence of the samples, and of 25 of the briefings where they are at hand."""
    paths = sorted((ROOT / "samples").iterdir())
    briefings = Path(os.environ.get("ONRECORD_DEVELOPMENT_DATA", ROOT.parent / "shared" / "data")) / "briefings"
    found = sorted(briefings.rglob("*.md"))
    return list(_sentences(paths + random.Random(4).sample(found, min(25, len(found)))))
