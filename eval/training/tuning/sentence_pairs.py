"""Pairs made of passages alone: a sentence, and the passage it is from (Lee, Chang & Toutanova 2019).

A third are taken out of their passage, so that words alone don't find it; a third keep two thirds of
their words, as a claim that is quoted from memory does; a third are told of the speaker, with words
left out: "Romney said that he called Russia the threat".
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from eval.training.tuning.pairs import Pair
from eval.training.tuning.sources import Cut, Sources
from index.text.sentences import sentences

LENGTH = range(8, 41)
"""Words of a sentence that is taken."""

KEPT = 2 / 3
"""Share of the words kept."""

_LABEL = re.compile(r"^([^\n:]{1,60}): ", re.MULTILINE)
_HONORIFIC = re.compile(r"^(?:MR|MRS|MS|DR)\. ")


def sentence_pairs(given: Sources, draw: np.random.Generator, wanted: int) -> list[Pair]:
    """`wanted` of them, or as many as there are passages."""
    made: list[Pair] = []
    for at in draw.permutation(len(given.cuts)):
        if len(made) == wanted:
            break
        kind, make = _KINDS[len(made) % len(_KINDS)]
        made += _of(given.cuts[at], kind, make, draw)
    return made


Make = Callable[[Cut, str, np.random.Generator], tuple[str, str]]
"""Takes a passage, a sentence of it and what draws; gives a question and the passage's text."""


def _of(cut: Cut, kind: str, make: Make, draw: np.random.Generator) -> list[Pair]:
    found = [sentence for sentence in _sentences(cut.text) if len(sentence.split()) in LENGTH]
    if len(found) < 2:
        return []
    question, text = make(cut, found[int(draw.integers(len(found)))], draw)
    return [Pair(kind, question, Cut(text, cut.where), ())]


def _sentences(text: str) -> list[str]:
    lines = _LABEL.sub("", text).split("\n")
    return [line[one.start : one.end].strip() for line in lines for one in sentences(line, "en")]


def _taken_out(cut: Cut, sentence: str, draw: np.random.Generator) -> tuple[str, str]:  # noqa: ARG001 (draws nothing)
    return sentence, cut.text.replace(sentence, "", 1)


def _fewer_words(cut: Cut, sentence: str, draw: np.random.Generator) -> tuple[str, str]:
    words = sentence.split()
    kept = np.sort(draw.choice(len(words), int(len(words) * KEPT), replace=False))
    return " ".join(words[at] for at in kept), cut.text


def _told(cut: Cut, sentence: str, draw: np.random.Generator) -> tuple[str, str]:
    before = cut.text[: cut.text.find(sentence)]
    labels = _LABEL.findall(before)
    question, text = _fewer_words(cut, sentence, draw)
    if not labels or labels[-1] == "Q":
        return question, text
    name = _HONORIFIC.sub("", labels[-1])
    return f"{name.title() if name.isupper() else name} said {question[0].lower()}{question[1:]}", text


_KINDS: tuple[tuple[str, Make], ...] = (
    ("sentence taken out", _taken_out),
    ("sentence with fewer words", _fewer_words),
    ("sentence told", _told),
)
