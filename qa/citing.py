"""Citations: a span of the record made into a quote with all that the record says about it.

In: a view of the archive, a transcript's id and a span. Out: `Citation`. Nothing in it comes
from a model: the quote is the text at the span, speaker and seconds are looked up by offset.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.store import View
from index.text.sentences import Sentence, is_question, sentences
from index.transcript import Span, Transcript
from qa.answer import Citation, Preceding


def cite(view: View, transcript_id: str, span: Span, passage_id: int, number: int) -> Citation:
    """The citation of `span`, which must lie within one turn of the transcript."""
    transcript = view.transcript(transcript_id)
    index = transcript.turn_at(span.start)
    turn = transcript.turns[index]
    if not transcript.spans[index].contains(span):
        raise ValueError(f"{transcript_id}: {span.start}-{span.end} is not within one turn")
    before, after = _neighbours(transcript, index, span)
    asked = None if before else _question_before(transcript, index)
    start, end = transcript.second_at(span.start), transcript.second_after(span.end)
    return Citation(
        number=number,
        transcript_id=transcript_id,
        title=transcript.title,
        date=transcript.date,
        collection=transcript.collection,
        label=turn.label,
        speaker=turn.speaker,
        name=transcript.names.get(turn.label) if turn.label else None,
        quote=transcript.text[span.start : span.end],
        before=before,
        after=after,
        start_char=span.start,
        end_char=span.end,
        start=start,
        end=end,
        passage_id=passage_id,
        url=f"/transcripts/{transcript_id}#c{span.start}-{span.end}",
        media_url=f"{transcript.media}#t={start:g}" if transcript.media and start is not None else transcript.media,
        asked=asked,
        source=transcript.source,
        transcript_digest=transcript.digest,
    )


def widened(transcript: Transcript, span: Span) -> Span:
    """`span` with the sentence before it in its turn, if that is speech and nothing stands between."""
    index = transcript.turn_at(span.start)
    before = [one for one in _sentences(transcript, index) if one.end <= span.start]
    if not before or before[-1].aside or transcript.text[before[-1].end : span.start].strip():
        return span
    return Span(before[-1].start, span.end)


def whole(transcript: Transcript, span: Span) -> Span:
    """`span` with all of the sentences in which it begins and ends."""
    spans = [Span(one.start, one.end) for one in _sentences(transcript, transcript.turn_at(span.start))]
    there = [span, *(one for one in spans if one.overlaps(span))]
    return Span(min(one.start for one in there), max(one.end for one in there))


def _neighbours(transcript: Transcript, index: int, span: Span) -> tuple[str, str]:
    """The sentence before and the one after, where the same turn has them."""
    whole = _sentences(transcript, index)
    before = [one for one in whole if one.end <= span.start]
    after = [one for one in whole if one.start >= span.end]
    return _text(transcript, before[-1:]), _text(transcript, after[:1])


_LAST = 3
"""Sentences at the end of a turn among which its question is looked for."""

_ALONE = 40
"""Characters of a question below which the sentence before it is shown too: "Which is it?"."""


def _question_before(transcript: Transcript, index: int) -> Preceding | None:
    """The question that the turn before `index` ends with, and what follows it there; None where it asks nothing."""
    said = [one for one in _sentences(transcript, index - 1) if not one.aside] if index else []
    last = said[-_LAST:]
    asks = [at for at, one in enumerate(last) if is_question(transcript.text[one.start : one.end])]
    if not asks:
        return None
    first = asks[0]
    if first and last[-1].end - last[first].start < _ALONE:
        first -= 1
    return Preceding(label=transcript.turns[index - 1].label, text=transcript.text[last[first].start : last[-1].end])


def _text(transcript: Transcript, one: Sequence[Sentence]) -> str:
    return transcript.text[one[0].start : one[0].end] if one else ""


def _sentences(transcript: Transcript, index: int) -> list[Sentence]:
    """The sentences of one turn, as spans of the transcript."""
    turn, at = transcript.turns[index], transcript.spans[index].start
    whole = sentences_of(turn.text, transcript.language, tuple(mark[0] for mark in turn.marks))
    return [Sentence(one.start + at, one.end + at, one.aside) for one in whole]


@lru_cache(maxsize=512)
def sentences_of(text: str, language: str | None, cues: tuple[int, ...]) -> tuple[Sentence, ...]:
    """The sentences of a turn's text: one that is cited is mostly asked about more than once."""
    return tuple(sentences(text, language, cues))
