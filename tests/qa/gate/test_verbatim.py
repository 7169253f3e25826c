"""What somebody is said to have said in the record's own sentences is found; rules about words have nothing there."""

from __future__ import annotations

import pytest
from hypothesis import given

from qa.gate import bearing, negation, numbers
from qa.gate.evidence import Evidence
from qa.gate.verbatim import is_verbatim, is_whole_told
from tests.qa.gate.spoken import HOSTILE, PSAKI, said

RECORD = "Nobody believes that the bus will run. It costs 42 million crowns. Will it run in May?"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Psaki said that it costs 42 million crowns.", True),
        ("Psaki said: “It costs 42 million crowns.”", True),
        ("“It costs 42 million crowns,” said Psaki.", True),
        ("In May 2021 Psaki said “Nobody believes that the bus will run.”", True),
        ("Psaki said that nobody believes that the bus will run", True),
        ("It costs 42 million crowns.", False),
        ("Psaki said that the bus will run.", False),
        ("Psaki said: “the bus will run”", False),
        ("Psaki said that it costs 43 million crowns.", False),
        ("Psaki denied that it costs 42 million crowns.", False),
        ("Psaki never said that it costs 42 million crowns.", False),
        ("Psaki said in 17 days: “It costs 42 million crowns.”", False),
        ("Psaki said that it costs 42 million crowns because of rain.", False),
        ("Psaki said that it will run in May.", False),
        ("Psaki said “It costs 42 million crowns,” which is false.", False),
    ],
)
def test_whole_sentences_are_told_by_who_says_them_and_when(text: str, whole: bool) -> None:
    assert is_whole_told(text, said((PSAKI, RECORD))) == whole


@pytest.mark.parametrize("form", ["{} said that {}", "{} said: “{}”", "“{}” {} said.", "In May 2021 {} said “{}”"])
def test_rules_about_words_would_fault_hardly_any_real_sentence_so_told(real: list[Evidence], form: str) -> None:
    """And those wrongly: "that's a no" is no denial of what stands there."""
    tried = faulted = 0
    for one in real[::7]:
        (text,) = one.texts
        label = one.stretches[0].label
        if label is None or any(mark in text for mark in '“”"[(‘'):
            continue
        who, words = label.title(), text.rstrip(".")
        told = form.format(words, who) if form.startswith("“") else form.format(who, words)
        if is_whole_told(told, one):
            tried += 1
            faulted += any(rule.fault(told, one) for rule in (numbers, negation, bearing))
    assert tried > 20
    assert faulted <= 0.01 * tried


@given(HOSTILE, HOSTILE)
def test_never_raises(text: str, record: str) -> None:
    evidence = said((PSAKI, record))
    is_whole_told(text, evidence)
    is_verbatim(text, evidence)
