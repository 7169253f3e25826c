"""A transcript of a few words whose every offset can be counted by hand, and what is made over it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eval.datasets.dataset import Evidence
from index.filters import Filters
from index.hit import Hit
from index.search import Ranks
from index.transcript import Speaker, Transcript, Turn
from qa.answer import Abstention, Answer, Citation, Recognised, Searched, Sentence, Usage, with_markers

NUMBERED = " ".join(f"w{at:03}" for at in range(1000))
"""A thousand words of four letters: word n begins at 5 n."""

LONG = Transcript(id="long", turns=(Turn(text=NUMBERED, label="A", speaker="A"),))

SHORT = Transcript(
    id="short",
    turns=(
        Turn(text="The bridge costs 42 million crowns.", label="MR. OAKES", speaker="MR. OAKES"),
        Turn(text="And who pays for it?", label="Q"),
        Turn(text="The bridge is closed for ten weeks.", label="MAYOR SMITH", speaker="MAYOR SMITH"),
        Turn(text="The bridge is too dear, friends.", label="MR. SMITH", speaker="MR. SMITH"),
    ),
    speakers=(
        Speaker("MR. OAKES", "Ruben Oakes"),
        Speaker("MAYOR SMITH", "Anna Smith"),
        Speaker("MR. SMITH", "Peter Smith"),
    ),
)


@pytest.fixture
def record() -> dict[str, Transcript]:
    return {"long": LONG, "short": SHORT}


Hits = Callable[..., list[Hit]]


@pytest.fixture
def hits(record: dict[str, Transcript]) -> Hits:
    """Hits of stretches of the long transcript, given as first word and count of words."""

    def make(*stretches: tuple[int, int], transcript: str = "long") -> list[Hit]:
        return [hit_of(record[transcript], 5 * first, 5 * (first + count) - 1) for first, count in stretches]

    return make


def hit_of(transcript: Transcript, start: int, end: int) -> Hit:
    return Hit(
        passage_id=start,
        transcript_id=str(transcript.id),
        title=None,
        date=None,
        start_char=start,
        end_char=end,
        text=transcript.text[start:end],
        score=1.0,
        ranks=Ranks(None, None),
        turns=(),
        start=None,
        end=None,
    )


def words(first: int, count: int) -> Evidence:
    """A stretch of words of the long transcript."""
    return Evidence("long", 5 * first, 5 * (first + count) - 1)


def turn(at: int) -> Evidence:
    """A turn of the short transcript."""
    span = SHORT.spans[at]
    return Evidence("short", span.start, span.end)


def citation(number: int, at: int, **changed: object) -> Citation:
    """The turn `at` of the short transcript, cited as it stands there unless `changed`."""
    span, said = SHORT.spans[at], SHORT.turns[at]
    fields = {
        "number": number,
        "transcript_id": "short",
        "title": None,
        "date": None,
        "collection": None,
        "label": said.label,
        "speaker": said.speaker,
        "name": SHORT.names.get(said.label or ""),
        "quote": said.text,
        "before": "",
        "after": "",
        "start_char": span.start,
        "end_char": span.end,
        "start": None,
        "end": None,
        "passage_id": 1,
        "url": "",
        "media_url": None,
        "transcript_digest": SHORT.digest,
    }
    return Citation(**(fields | changed))  # type: ignore[arg-type]  # a dict of mixed values


def answer(*citations: Citation, sentences: tuple[tuple[str, tuple[int, ...]], ...] = ()) -> Answer:
    """An answer that quotes `citations`, one a sentence unless `sentences` say otherwise; without any it abstains."""
    said = sentences or tuple((one.quote, (one.number,)) for one in citations)
    made = tuple(Sentence(text=text, citations=cited, kind="quote") for text, cited in said)
    return Answer(
        id="1",
        asked_at="2024-01-01T00:00:00Z",
        question="?",
        understood_as="?",
        filters=Filters(),
        recognised=Recognised(),
        status="answered" if made else "abstained",
        text=with_markers(made),
        sentences=made,
        citations=citations,
        dropped=(),
        abstention=None if made else Abstention(reason="unsupported", message="No."),
        searched=Searched(transcripts=2, passages=9, since=None, until=None, undated=0),
        model="extractive",
        style="quotes",
        timings={"embed": 1.0},
        usage=Usage(),
        version="1",
        generation=1,
    )
