"""Denied words: what is quoted of a sentence that denies it, or has it under an "if", is not what was said.

In: a sentence with a quotation, and where that stands in the record. Out: the word that was left outside of the
quotation and that keeps its words from being said ("never" before "an immigration policy"), or None: where nothing
does, and where the sentence has such a word around its quotation too. And whether a verb stands only after an "if".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.text.polarity import Polar, polarity
from index.text.quoted import Quotation
from index.transcript import Span, Transcript
from qa.citing import whole
from qa.gate.words import is_content, stem


def left_outside(text: str, quotation: Quotation, transcript: Transcript, span: Span) -> str | None:
    """The word around `span`, where `quotation` of `text` stands, by which the record does not say what it quotes."""
    sentence = whole(transcript, Span(span.start, span.start + 1))
    end = min(span.end, sentence.end)
    before, after = transcript.text[sentence.start : span.start], transcript.text[end : sentence.end]
    word = _unsaid_by(before, transcript.text[span.start : end], after)
    told = word and _unsaid_by(text[: quotation.span.start], quotation.text, text[quotation.span.end :])
    return None if told else word


def only_supposed(verb: str, texts: Sequence[str]) -> bool:
    """Whether every form of `verb` in `texts` stands after an "if" or the like: "if Russia were to decide"."""
    places = [(text, one.start()) for text in texts for one in _WORD.finditer(text) if stem(one.group()) == stem(verb)]
    return bool(places) and all(_IF.search(text[:at]) for text, at in places)


_WORD = re.compile(r"[^\W\d_]+")
_FALSE = re.compile(
    r"\b(?P<word>inaccurate|incorrect|untrue|false|falsehood|lie|myth|wrong|mistaken|mischaracteri\w+|misleading|"
    r"nonsense|absurd|ridiculous)\b[^.;:!?]{0,40}?\b(?:that|to\s+(?:say|suggest|claim|think|assume))\b[^.;:!?]*\Z",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?:\bnot|\bnever|n['’]t)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE)
_BEYOND_DOUBT = re.compile(r"\bno\s+(?:surprise|secret|doubt|question|wonder|denying)\b[^.,;:!?]*\Z", re.IGNORECASE)
CONDITIONS = ("if", "unless", "whether")
"""Words after which nothing is said to be so."""

_IF = re.compile(
    rf"\b(?P<word>{'|'.join(CONDITIONS)})\b(?:[^\w.,;:!?—–]+[\w'’-]+){{0,8}}[^\w.,;:!?—–]*\Z", re.IGNORECASE
)
_IS_FALSE = re.compile(
    r"\W*(?:that\s+|that['’]s\s+|which\s+)?(?:(?:is|are|was|were)\s+)?(?:\w+\s+)?"
    r"(?P<word>(?:not|(?:is|are|was|were)n['’]t)\s+(?:\w+\s+)?"
    r"(?:true|correct|accurate|right|(?:the|our|my|what)\s+\w+)|inaccurate|incorrect|untrue|false)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:,?\s+or|\s+as)\s+(?:(?:an?|the|this|that)\s+)?(?:[\w'’-]+\s+){0,2}\Z", re.IGNORECASE)


@lru_cache(maxsize=4_000)
def _unsaid_by(before: str, words: str, after: str) -> str | None:
    """By which word of what stands around them in their sentence `words` are not said to be so."""
    if found := _FALSE.search(before):
        return None if _NOT.search(before[: found.start()]) else found["word"]
    if found := _IF.search(before):
        return found["word"]
    if found := _IS_FALSE.match(after):
        return found["word"]
    return None if _BEYOND_DOUBT.search(before) else _negation(before, words)


def _negation(before: str, words: str) -> str | None:
    """The negation in `before` that reaches into `words`, or reaches what they are joined to by "or" or "as"."""
    alone, read = polarity(words), polarity(before + words)
    there = read.words[len(read.words) - len(alone.words) :]
    if [one.text for one in there] != [one.text for one in alone.words]:
        return None
    for at, (one, other) in enumerate(zip(there, alone.words)):
        if _tells(one):
            if one.negated != other.negated and not one.either:
                place = len(read.words) - len(there) + at
                return next((it.text for it in read.negations if place in it.reach and not it.soft), None)
            break
    joined = _JOINED.search(before)
    if joined is None:
        return None
    former = polarity(before[: joined.start()])
    last = len(former.words) - 1
    return next((one.text for one in former.negations if last in one.reach and former.words[last].negated), None)


def _tells(word: Polar) -> bool:
    return word.tells or is_content(word.text)
