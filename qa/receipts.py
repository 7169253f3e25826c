"""Receipts: the quotes of a saved answer, each held against the record as it is today.

In: an answer and a view of the archive. Out: for each citation whether it still holds.

- *holds*: the same characters stand at the same offsets, said by the same voice on the same day.
- *moved*: word for word, by the ladder, elsewhere in the same transcript, within one turn of the same
  voice; or in the transcript of another id that holds the same speech (the same digest), where the
  old id is gone.
- *changed*: the same words are now another's or another day's, or other words stand there; `now` is
  what comes nearest: the sentences around the stretch of one turn that fewest words set apart from the
  quote, if no more than half of them do.
- *removed*: the transcript is in the archive no more.

Nothing is embedded and no model is asked.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Literal

import msgspec
from msgspec import Struct

from index.errors import OnrecordError
from index.store import View
from index.text.difference import nearest
from index.text.ladder import insertions, normalised, places
from index.text.sentences import sentences
from index.transcript import Span, Transcript
from qa.answer import Answer, Citation
from qa.tampering import problems

State = Literal["holds", "moved", "changed", "removed"]


class NotAnAnswer(OnrecordError):
    """What was saved is no answer; the message says what is wrong, and where."""


class CitationToday(Struct, frozen=True, kw_only=True):
    """A citation and the record today.

    `now`: what stands there, where it is not the quote to the letter; None where nothing comes near.
    `start_char` and `end_char`: where, in code points of the text of `transcript_id`. `detail`: what has
    changed, in words a user can read.
    """

    number: int
    state: State
    quote: str
    now: str | None = None
    transcript_id: str
    start_char: int | None = None
    end_char: int | None = None
    detail: str | None = None


class Receipt(Struct, frozen=True, kw_only=True):
    """An answer's citations, in their order; none where the answer abstained. `problems`: what of the answer itself its
    citations do not bear out (`tampering.py`)."""

    citations: tuple[CitationToday, ...]
    problems: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether every quote is still the record's own words, and the answer what it quotes."""
        return not self.problems and all(one.state in ("holds", "moved") for one in self.citations)


def read(data: bytes) -> Answer:
    """The answer that `onrecord ask --json` printed into `data`. NotAnAnswer."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return msgspec.json.decode(data.decode(encoding), type=Answer)
    except UnicodeDecodeError as error:
        raise NotAnAnswer(f"it is no text in {encoding}, from byte {error.start} on") from error
    except msgspec.ValidationError as error:
        raise NotAnAnswer(f"it is no answer as `onrecord ask --json` prints it: {error}") from error
    except msgspec.DecodeError as error:
        raise NotAnAnswer(f"it is no JSON: {error}") from error


def verify(answer: Answer, view: View) -> Receipt:
    """Every citation of `answer` as it stands in `view`, and what of the answer they do not bear out."""
    return Receipt(citations=tuple(today(citation, view) for citation in answer.citations), problems=problems(answer))


def today(citation: Citation, view: View) -> CitationToday:
    """`citation` as it stands in `view`."""
    id = citation.transcript_id if view.form(citation.transcript_id) else view.saying(citation.transcript_digest)
    if id is None:
        return CitationToday(
            number=citation.number,
            state="removed",
            quote=citation.quote,
            transcript_id=citation.transcript_id,
            detail="the transcript is no longer in the archive",
        )
    return _compared(citation, id, view.transcript(id))


def _compared(citation: Citation, id: str, transcript: Transcript) -> CitationToday:
    """`citation` beside the transcript that has its id, or the same speech under another."""
    cited = Span(citation.start_char, citation.end_char)
    standing = _standing(citation, transcript)
    ours = [span for span in standing if not _otherwise(citation, transcript, span)]
    found = next(iter(ours or standing), None) or _nearest(citation, transcript)
    now = transcript.text[found.start : found.end] if found else None
    detail = _otherwise(citation, transcript, found) if found else "nothing like it stands in the transcript"
    state: State = "changed"
    if ours:
        state = "holds" if (found, now, id) == (cited, citation.quote, citation.transcript_id) else "moved"
        detail = None if id == citation.transcript_id else f"the transcript is now {id}"
    return CitationToday(
        number=citation.number,
        state=state,
        quote=citation.quote,
        now=None if ours and now == citation.quote else now,
        transcript_id=id,
        start_char=found.start if found else None,
        end_char=found.end if found else None,
        detail=detail,
    )


def _standing(citation: Citation, transcript: Transcript) -> list[Span]:
    """Where the words of the quote stand, each within one turn: where it was cited, else the likeliest first."""
    cited = Span(citation.start_char, citation.end_char)
    within = any(turn.contains(cited) for turn in transcript.spans)
    if within and transcript.text[cited.start : cited.end] == citation.quote:
        return [cited]
    found = list(_to_the_letter(citation.quote, transcript)) or list(_by_the_ladder(citation.quote, transcript))
    return sorted(found, key=lambda span: (-_neighbours(citation, transcript, span), abs(span.start - cited.start)))


def _to_the_letter(quote: str, transcript: Transcript) -> Iterator[Span]:
    for turn, span in zip(transcript.turns, transcript.spans):
        for found in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", turn.text) if quote else ():
            yield Span(*found.span()).moved(span.start)


def _by_the_ladder(quote: str, transcript: Transcript) -> Iterator[Span]:
    """Case and closing stop, which a quotation may change, are the record's own here, and hold too."""
    own = insertions(quote)
    wanted = normalised(quote, own).text
    for turn, span in zip(transcript.turns, transcript.spans):
        for place in places(quote, turn.text):
            if normalised(turn.text[place.span.start : place.span.end], own).text == wanted:
                yield place.span.moved(span.start)


def _neighbours(citation: Citation, transcript: Transcript, span: Span) -> int:
    """How many of the two sentences that stood beside the quote stand beside `span`."""
    turn = transcript.spans[transcript.turn_at(span.start)]
    before = transcript.text[turn.start : span.start].rstrip()
    after = transcript.text[span.end : turn.end].lstrip()
    return (bool(citation.before) and before.endswith(citation.before)) + (
        bool(citation.after) and after.startswith(citation.after)
    )


def _otherwise(citation: Citation, transcript: Transcript, span: Span) -> str | None:
    """Who says now what stands at `span`, or when, where the citation has it otherwise."""
    turn = transcript.turns[transcript.turn_at(span.start)]
    then = citation.label, citation.speaker, citation.name
    now = turn.label, turn.speaker, transcript.names.get(turn.label) if turn.label else None
    if then != now:
        return f"said by {_voice(*then)} then, by {_voice(*now)} now"
    if citation.date != transcript.date:
        return f"dated {citation.date or 'nothing'} then, {transcript.date or 'nothing'} now"
    return None


def _voice(label: str | None, speaker: str | None, name: str | None) -> str:
    if not label:
        return "nobody named"
    return f"{label} (not named)" if speaker is None else f"{label} ({name})" if name else label


def _nearest(citation: Citation, transcript: Transcript) -> Span | None:
    """The whole sentences around the stretch of one turn that fewest words set apart from the quote."""
    found: list[tuple[int, int, Span]] = []
    for turn, at in zip(transcript.turns, transcript.spans):
        near = nearest(citation.quote, turn.text)
        if near:
            whole = sentences(turn.text, transcript.language, [mark[0] for mark in turn.marks])
            around = [one for one in whole if near.span.overlaps(Span(one.start, one.end))]
            span = Span(around[0].start, around[-1].end).moved(at.start)
            found.append((near.changes, abs(span.start - citation.start_char), span))
    return min(found)[2] if found else None
