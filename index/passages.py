"""Passages: a transcript cut into stretches of about 150 words, at turn and sentence boundaries.

In: a transcript and a token counter (the embedder's own tokenizer). Out: passages in order;
together they cover every character of every turn. Pure and deterministic. A passage never
hides who speaks: its indexed text carries each turn's label. Nothing is cut off unseen: what
would exceed the embedder's limit begins a new passage, and a sentence that alone exceeds it is
split at clauses, else at words, over several passages while staying one citable sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from index.text.sentences import Sentence, sentences
from index.transcript import Span, Transcript

CountTokens = Callable[[Sequence[str]], list[int]]
"""How many tokens each text costs the embedder, without its special tokens."""


class PassageSettings(Struct, frozen=True):
    """`words`: aimed-for length. `tokens`: the embedder's limit, special tokens taken off."""

    words: int = 150
    tokens: int = 254


class Piece(Struct, frozen=True):
    """A stretch of one turn inside a passage and where it stands in the indexed text."""

    start: int
    end: int
    at: int


class Passage(Struct, frozen=True):
    """A half-open span of the transcript's text.

    `sentences` are the whole sentences it touches, as absolute spans; `text` is what is
    embedded and indexed: the labels and, at each `Piece.at`, the record's own words.
    """

    start: int
    end: int
    sentences: tuple[Sentence, ...]
    text: str
    pieces: tuple[Piece, ...]


class _Unit(Struct, frozen=True):
    """What is never divided further: a sentence, or a part of one that is too long."""

    turn: int
    span: Span
    sentence: Sentence
    words: int
    tokens: int


def passages(
    transcript: Transcript, count: CountTokens, settings: PassageSettings = PassageSettings()
) -> list[Passage]:
    """Cut `transcript`; every character of every turn is in some passage, blank turns in none."""
    labels = {turn.label for turn in transcript.turns}
    label_tokens = dict(zip(labels, count([_heading(label) for label in labels]))) if labels else {}
    units = _abutting(list(_units(transcript, count, settings, max(label_tokens.values(), default=0))), transcript)
    return _within(transcript, list(_packed(units, settings, transcript, label_tokens)), count, settings.tokens)


def transcript_sentences(transcript: Transcript) -> list[list[Sentence]]:
    """The sentences of each turn, as absolute spans, one list a turn."""
    found = []
    for turn, span in zip(transcript.turns, transcript.spans):
        local = sentences(turn.text, transcript.language, [mark[0] for mark in turn.marks])
        found.append([Sentence(s.start + span.start, s.end + span.start, s.aside) for s in local])
    return found


_LONGEST_HEADING = 100
"""Characters of a label that are indexed: a longer one is no name, and would leave no room for the words."""


def _heading(label: str | None) -> str:
    return f"{label[:_LONGEST_HEADING]}: " if label else ""


_JOINING = 2
"""Tokens that a heading and a text may cost more together than apart."""


def _units(transcript: Transcript, count: CountTokens, settings: PassageSettings, heading: int) -> Iterator[_Unit]:
    whole = [(turn, sentence) for turn, found in enumerate(transcript_sentences(transcript)) for sentence in found]
    texts = [transcript.text[sentence.start : sentence.end] for _, sentence in whole]
    limit = max(8, settings.tokens - heading - _JOINING)
    for (turn, sentence), text, tokens in zip(whole, texts, count(texts)):
        if tokens <= limit:
            yield _Unit(turn, Span(sentence.start, sentence.end), sentence, len(text.split()), tokens)
            continue
        for part in _split(text, limit, count):
            inside = text[part.start : part.end]
            yield _Unit(turn, part.moved(sentence.start), sentence, len(inside.split()), count([inside])[0])


def _abutting(units: Sequence[_Unit], transcript: Transcript) -> list[_Unit]:
    """`units` with the white space around them, so that together they cover every character of their turns."""
    reaching = []
    for before, unit, after in zip([None, *units], units, [*units[1:], None]):
        turn = transcript.spans[unit.turn]
        start = unit.span.start if before and before.turn == unit.turn else turn.start
        end = after.span.start if after and after.turn == unit.turn else turn.end
        reaching.append(structs.replace(unit, span=Span(start, end)))
    return reaching


_CLAUSE = re.compile(r"[,;:—–]\s+|\s+(?=(?:and|but|because|which|that|so|or)\s)")
_SPACE = re.compile(r"\s+")


def _split(text: str, limit: int, count: CountTokens) -> Iterator[Span]:
    """`text` in parts of at most `limit` tokens: at clauses, else words, else characters."""
    for cut in (_CLAUSE, _SPACE, None):
        ends = [found.end() for found in cut.finditer(text)] if cut else list(range(1, len(text)))
        bounds = [0, *ends, len(text)]
        atoms = [Span(a, b) for a, b in pairwise(bounds) if a < b]
        sizes = count([text[atom.start : atom.end] for atom in atoms])
        if max(sizes) <= limit:
            break
    start, used = 0, 0
    for atom, size in zip(atoms, sizes):
        if used and used + size > limit:
            yield Span(start, atom.start)
            start, used = atom.start, 0
        used += size
    yield Span(start, len(text))


def _packed(
    units: Sequence[_Unit], settings: PassageSettings, transcript: Transcript, label_tokens: dict[str | None, int]
) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    words = tokens = 0
    for unit in units:
        new_turn = not group or unit.turn != group[-1].turn
        heading = label_tokens[transcript.turns[unit.turn].label] if new_turn else 0
        full = words + unit.words > settings.words and words > 0
        ripe = new_turn and words >= settings.words * 2 // 3
        if group and (full or ripe or tokens + heading + unit.tokens > settings.tokens):
            yield group
            group, words, tokens = [], 0, 0
            heading = label_tokens[transcript.turns[unit.turn].label]
        group.append(unit)
        words += unit.words
        tokens += heading + unit.tokens
    if group:
        yield group


def _within(
    transcript: Transcript, groups: Sequence[list[_Unit]], count: CountTokens, limit: int
) -> list[Passage]:
    """A passage for each group; one whose joined text costs more than its parts did, and too much, is halved."""
    made = [_passage(transcript, group) for group in groups]
    fitting: list[Passage] = []
    for group, passage, tokens in zip(groups, made, count([passage.text for passage in made])):
        if tokens <= limit or len(group) == 1:
            fitting.append(passage)
        else:
            middle = len(group) // 2
            fitting += _within(transcript, [group[:middle], group[middle:]], count, limit)
    return fitting


def _passage(transcript: Transcript, group: Sequence[_Unit]) -> Passage:
    text, pieces = "", []
    for turn in dict.fromkeys(unit.turn for unit in group):
        inside = [unit.span for unit in group if unit.turn == turn]
        heading = ("\n" if text else "") + _heading(transcript.turns[turn].label)
        spoken = Span(inside[0].start, inside[-1].end)
        pieces.append(Piece(spoken.start, spoken.end, len(text) + len(heading)))
        text += heading + transcript.text[spoken.start : spoken.end]
    touched = tuple(dict.fromkeys(unit.sentence for unit in group))
    return Passage(group[0].span.start, group[-1].span.end, touched, text, tuple(pieces))
