"""Prose: the sentences of a text that somebody wrote about the record, rather than said in it.

In: a text. Out: its sentences as spans. None of them ends inside a quotation of the same
paragraph, and none is marks alone: those belong to the sentence before.
"""

from __future__ import annotations

import re

from index.text.sentences import sentences
from index.transcript import Span

_PARAGRAPH = re.compile(r"\n\s*\n")


def written_sentences(text: str) -> list[Span]:
    """In order; together they hold every letter and digit of `text`."""
    spans: list[Span] = []
    for one in sentences(text):
        span = Span(one.start, one.end)
        if spans and (not _says(text, span) or one.aside or _goes_on(text, spans[-1], span)):
            spans[-1] = Span(spans[-1].start, span.end)
        elif _says(text, span):
            spans.append(span)
    return spans


def _says(text: str, span: Span) -> bool:
    return any(character.isalnum() for character in text[span.start : span.end])


def _goes_on(text: str, span: Span, following: Span) -> bool:
    """Whether a quotation that begins in `span` is still open where the next sentence begins."""
    return _is_open(text[span.start : span.end]) and not _PARAGRAPH.search(text, span.end, following.start)


def _is_open(written: str) -> bool:
    if "„" in written:
        return written.count("„") > written.count("“")
    pairs = any(written.count(left) > written.count(right) for left, right in ("“”", "«»"))
    return pairs or written.count('"') % 2 == 1
