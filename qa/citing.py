"""Citations: a span of the record made into a quote with all that the record says about it.

In: a view of the archive, a transcript's id and a span. Out: `Citation`. Nothing in it comes
from a model: the quote is the text at the span, speaker and seconds are looked up by offset.
"""

from __future__ import annotations

from index.store import View
from index.text.sentences import sentences
from index.transcript import Span, Transcript
from qa.answer import Citation


def cite(view: View, transcript_id: str, span: Span, passage_id: int, number: int) -> Citation:
    """The citation of `span`, which must lie within one turn of the transcript."""
    transcript = view.transcript(transcript_id)
    index = transcript.turn_at(span.start)
    turn = transcript.turns[index]
    if not transcript.spans[index].contains(span):
        raise ValueError(f"{transcript_id}: {span.start}-{span.end} is not within one turn")
    before, after = _neighbours(transcript, index, span)
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
        transcript_digest=transcript.digest,
    )


def _neighbours(transcript: Transcript, index: int, span: Span) -> tuple[str, str]:
    """The sentence before and the one after, where the same turn has them."""
    turn, at = transcript.turns[index], transcript.spans[index].start
    whole = sentences(turn.text, transcript.language, [mark[0] for mark in turn.marks])
    before = [one for one in whole if one.end + at <= span.start]
    after = [one for one in whole if one.start + at >= span.end]
    return (
        turn.text[before[-1].start : before[-1].end] if before else "",
        turn.text[after[0].start : after[0].end] if after else "",
    )
