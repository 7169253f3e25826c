"""Whether a text, or a question, is English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.language import is_asked_in_english


@pytest.mark.parametrize(
    "question",
    [
        "Was hat Psaki über Masken gesagt?",
        "Was kostet die Brücke?",
        "Qu'a dit Psaki sur les masques ?",
        "Combien coûte le pont ?",
        "¿Qué dijo Psaki sobre las mascarillas?",
        "Quanto costa il ponte?",
        "Wat zei Psaki over mondkapjes?",
        "Hvad sagde hun om masker?",
        "Что она сказала о масках?",
        "橋はいくらですか",
    ],
)
def test_a_question_in_another_language(question: str) -> None:
    assert not is_asked_in_english(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did Ursula von der Leyen say?",
        "Ursula von der Leyen",
        "Who is de la Cruz?",
        "masks",
        "Las Vegas shooting",
        "El Salvador",
        "What does “la France est de retour” mean?",
        "",
    ],
)
def test_a_question_in_english_or_of_names_alone(question: str) -> None:
    assert is_asked_in_english(question)


@given(st.lists(st.sampled_from("what did she say about the bridge who knew when it was closed".split()), min_size=1))
def test_english_words_alone_are_english(words: list[str]) -> None:
    assert is_asked_in_english(" ".join(words))
