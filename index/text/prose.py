"""Prose: the sentences of a text that somebody wrote about the record, rather than said in it.

In: a text. Out: its sentences as spans. None of them ends inside a quotation of the same
paragraph or between a quotation and who said it (`“Why?” Bolt asked.`), and none is marks alone:
those belong to the sentence before.
"""

from __future__ import annotations

import re

from index.text.reporting import attributions
from index.text.sentences import sentences
from index.transcript import Span

_PARAGRAPH = re.compile(r"\n\s*\n")
_QUOTATION_ENDS = re.compile(r"[”\"»“]\s*\Z")
_OF_A_NAME = r"(?:of|the|for|and|de|von|van|[A-ZÀ-Þ][\w.'’-]*),?"
_SIGNED = re.compile(rf"\s*(?:[—–]|--?)\s*(?:{_OF_A_NAME}\s+)*{_OF_A_NAME}\s*\Z")
_WORD = re.compile(r"\w+")

_LONGEST_NAME = 80

_MOST_BESIDE = 3
"""Words beside the speaker and the verb up to which a sentence only tells who said what was quoted before it."""


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
    """Whether a quotation of `span` is still open where the next sentence begins, or that tells who said it."""
    if _PARAGRAPH.search(text, span.end, following.start):
        return False
    written, then = text[span.start : span.end], text[following.start : following.end]
    return _is_open(written) or (_QUOTATION_ENDS.search(written) is not None and _tells_who(then))


def _tells_who(sentence: str) -> bool:
    """Whether it says no more than who said something: "Bolt asked.", "said the mayor on Monday.", "— Ann Bolt"."""
    if len(sentence) <= _LONGEST_NAME and _SIGNED.match(sentence):
        return True
    said = [one for one in attributions(sentence) if one.manner in ("said", "asked") and one.verb != ":"]
    return len(said) == 1 and len(_WORD.findall(sentence)) <= len(_WORD.findall(said[0].who)) + 1 + _MOST_BESIDE


def _is_open(written: str) -> bool:
    if "„" in written:
        return written.count("„") > written.count("“")
    pairs = any(written.count(left) > written.count(right) for left, right in ("“”", "«»"))
    return pairs or written.count('"') % 2 == 1
