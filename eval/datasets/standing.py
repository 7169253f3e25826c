"""Where a piece of evidence stands in its transcript: by turns, by characters, or by a quote found exactly.

In: evidence as written and its transcript. Out: the stretch; LookupError says what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator

from eval.datasets.dataset import Evidence
from eval.datasets.form import EvidenceForm
from index.text.ladder import places
from index.transcript import Span, Transcript


def stretch(form: EvidenceForm, transcript: Transcript) -> Evidence:
    """The stretch that `form` means."""
    by_characters = form.start is not None or form.end is not None
    if (form.turns is not None) + by_characters + (form.quote is not None) != 1:
        raise LookupError("give one of `quote`, `turns`, or `start` and `end`")
    if form.label is not None and form.quote is None:
        raise LookupError("`label` goes with `quote` alone")
    if form.quote is not None:
        span = _quoted(form.quote, form, transcript)
    elif form.turns is not None:
        span = spoken(transcript, *form.turns)
    else:
        span = _between(form, transcript)
    return Evidence(str(transcript.id), span.start, span.end)


def spoken(transcript: Transcript, first: int, last: int) -> Span:
    """From the first to the last turn, both inclusive, counted from 0."""
    if not 0 <= first <= last < len(transcript.turns):
        raise LookupError(f"turns {first} to {last}: {transcript.id} has turns 0 to {len(transcript.turns) - 1}")
    return Span(transcript.spans[first].start, transcript.spans[last].end)


def standing(quote: str, transcript: Transcript) -> Iterator[tuple[str, Span]]:
    """Every place in one turn where `quote` stands, exactly by the ladder, with that turn's label ("" for none)."""
    for turn, span in zip(transcript.turns, transcript.spans):
        for place in places(quote, turn.text):
            yield turn.label or "", place.span.moved(span.start)


def _quoted(quote: str, form: EvidenceForm, transcript: Transcript) -> Span:
    everywhere = list(standing(quote, transcript))
    found = [span for label, span in everywhere if form.label in (None, label)]
    if len(found) > 1:
        found = [span for span in found if transcript.text[span.start : span.end] == quote] or found
    if len(found) == 1:
        return found[0]
    where = f"in {form.transcript}"
    if len(found) > 1:
        raise LookupError(f"“{quote}” stands {len(found)} times {where}; quote more of it, or give `turns`")
    if everywhere:
        who = ", ".join(dict.fromkeys(repr(label) for label, _ in everywhere))
        raise LookupError(f"“{quote}” stands {where} under {who}, not {form.label!r}; mend the label")
    raise LookupError(f"“{quote}” stands in no turn {where}; copy it from there, and from one turn alone")


def _between(form: EvidenceForm, transcript: Transcript) -> Span:
    start, end = form.start, form.end
    if start is None or end is None or not 0 <= start < end <= len(transcript.text):
        raise LookupError(f"characters {start} to {end}: {form.transcript} has characters 0 to {len(transcript.text)}")
    return Span(start, end)
