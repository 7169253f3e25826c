"""Answers against references, on values worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.datasets.dataset import Asked
from eval.metrics.answering import answering, contains, is_speaker, oracle, rouge_l, stands_alone, token_f1
from index.filters import Filters
from index.transcript import Transcript
from tests.eval.metrics.conftest import answer, citation


def test_f1_counts_words_as_often_as_they_occur() -> None:
    # "cost of bridge cost" and "cost cost cost": two in common of four and three.
    assert token_f1("The cost of the bridge: cost", "cost cost cost") == pytest.approx(2 * 2 / 7)
    assert token_f1("", "x") == token_f1("x", "y") == 0
    assert token_f1("A bridge!", "the Bridge") == 1


def test_rouge_l_counts_words_in_order() -> None:
    # Of "police killed gunman" and "gunman kill police" one word is in order; with "killed" in its place two.
    assert rouge_l("police killed the gunman", "the gunman killed police") == pytest.approx(2 * 1 / 6)
    assert rouge_l("police killed the gunman", "police kill the gunman") == pytest.approx(2 * 2 / 6)


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_rouge_l_is_never_above_f1(one: list[str], other: list[str]) -> None:
    said, reference = " ".join(f"x{word}" for word in one), " ".join(f"x{word}" for word in other)
    assert rouge_l(said, reference) <= token_f1(said, reference) + 1e-12
    assert rouge_l(said, reference) == rouge_l(reference, said)


@pytest.mark.parametrize(
    ("text", "gold", "held"),
    [
        ("Eighteen thousand vehicles a day cross it.", "18,000 vehicles", True),
        ("It cost them 310,000 crowns.", "310 thousand crowns", True),
        ("It was forty-seven.", "47", True),
        ("It was forty-seven.", "40", False),
        ("A limit of 7.5 tonnes applies.", "weight limit of 7.5 tonnes", False),
        ("The limit of 7.5 tonnes applies.", "a limit of 7.5 tonnes", True),
        ("It weighs 7.5 tonnes.", "7 tonnes", False),
        ("The bridges are closed.", "bridge", False),
        ("No.", "", False),
    ],
)
def test_a_gold_answer_is_contained_word_for_word_with_numbers_alike(text: str, gold: str, held: bool) -> None:
    assert contains(text, gold) is held


@pytest.mark.parametrize(
    ("voice", "gold", "meant"),
    [
        ("MR. OAKES Ruben Oakes", "Ruben Oakes", True),
        ("MR. OAKES Ruben Oakes", "Oakes", True),
        ("MR. OAKES", "Ruben Oakes", False),
        ("[PERSON3]", "PERSON3", True),
        ("[PERSON3]", "[PERSON30]", False),
        ("MR. OAKES", "", False),
    ],
)
def test_a_name_counts_when_it_is_the_speakers(voice: str, gold: str, meant: bool) -> None:
    assert is_speaker(voice, gold) is meant


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("The bridge costs 42 million crowns.", True),
        ("It costs 42 million crowns.", False),
        ("And the bridge costs 42 million crowns.", False),
        ("— But that was years ago.", False),
        ("Forty-seven.", False),
        ("Italy paid for most of it.", True),
    ],
)
def test_whether_a_sentence_stands_alone(sentence: str, alone: bool) -> None:
    assert stands_alone(sentence) is alone


def test_the_best_reference_counts_and_the_speaker_is_an_answer() -> None:
    asked = Asked(id="1", question="?", answers=("Ruben Oakes", "42 million crowns"))
    found = answering(answer(citation(1, 0)), asked)
    assert (found["contained"], found["words"], found["stands_alone"]) == (1, 6, 1)
    assert (found["verified"], found["drafted"]) == (1, 1)
    assert found["F1"] == pytest.approx(2 * 3 / (5 + 3))
    fourth = answering(answer(citation(1, 2), citation(2, 3), citation(3, 1), citation(4, 0)), asked)
    assert (fourth["contained"], fourth["contained@3"]) == (1, 0)
    who = answering(answer(citation(1, 0)), Asked(id="1", question="?", answers=("Oakes",)))
    assert who["contained"] == 1
    other = answering(answer(citation(1, 2)), Asked(id="1", question="?", answers=("Oakes",)))
    assert other["contained"] == 0


def test_an_abstention_says_nothing_and_an_unanswerable_question_has_no_reference() -> None:
    asked = Asked(id="1", question="?", answers=("42 million",))
    assert answering(answer(), asked) == dict.fromkeys(("F1", "ROUGE-L", "contained", "contained@3"), 0)
    assert answering(answer(), Asked(id="1", question="?", answers=("42",), answerable=False)) == {}
    long = Asked(id="1", question="?", answers=(" ".join(["word"] * 13),))
    assert "contained" not in answering(answer(), long)


def test_the_oracle_is_a_turn_that_holds_the_answer_or_its_speaker(record: dict[str, Transcript]) -> None:
    def reached(gold: str, *ids: str) -> float:
        asked = Asked(id="1", question="?", answers=(gold,), filters=Filters(transcripts=ids))
        return oracle(asked, record)["contained"]

    assert reached("forty-two million") == reached("Peter Smith") == 1
    assert reached("43 million") == reached("42 million", "long") == 0
