"""A QMSum meeting as published (Zhong et al. 2021): what was said, and what was asked about it."""

from __future__ import annotations

import re

from msgspec import Struct

from index.transcript import Transcript, Turn

_MARKUP = re.compile(r"\{[a-z]+\}\s?")

Spans = tuple[tuple[int, int], ...]
"""First and last turn, both inclusive."""


class Said(Struct, frozen=True):
    """A turn."""

    speaker: str
    content: str


class Topic(Struct, frozen=True):
    """A heading that an annotator gave to stretches of the meeting."""

    topic: str
    relevant_text_span: tuple[tuple[str, str], ...]

    @property
    def spans(self) -> Spans:
        return _numbers(self.relevant_text_span)


class Query(Struct, frozen=True):
    """A question about the meeting, an answer in an annotator's own words, and where the answer was found."""

    query: str
    answer: str
    relevant_text_span: tuple[tuple[str, str], ...]

    @property
    def spans(self) -> Spans:
        return _numbers(self.relevant_text_span)


class Meeting(Struct, frozen=True):
    """The file, its general queries left out: any stretch of a meeting would answer them."""

    meeting_transcripts: tuple[Said, ...]
    topic_list: tuple[Topic, ...] = ()
    specific_query_list: tuple[Query, ...] = ()

    def transcript(self) -> Transcript:
        """The turns, the marks of noises taken out."""
        said = self.meeting_transcripts
        return Transcript(turns=tuple(Turn(_MARKUP.sub("", one.content), one.speaker, one.speaker) for one in said))


def _numbers(spans: tuple[tuple[str, str], ...]) -> Spans:
    return tuple((int(first), int(last)) for first, last in spans)
