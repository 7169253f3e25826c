"""What a question asks for, and whose words it wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import Voice
from qa.question import understand

VOICES = [
    Voice(label=label, speaker=None if label == "Q" else label, name=name, transcripts=1, turns=1, words=10)
    for label, name in [
        ("MS. PSAKI", "Jen Psaki"),
        ("MS. JEAN-PIERRE", None),
        ("SECRETARY GENERAL STOLTENBERG", None),
        ("SECRETARY POMPEO", "Michael R. Pompeo"),
        ("DR. FAUCI", None),
        ("SURGEON GENERAL MURTHY", None),
        ("MAYOR VARLEY", "Edith Varley"),
        ("SECRETARY YELLEN", None),
        ("SECRETARY CARDONA", None),
        ("PRESIDENT CLINTON", "Bill Clinton"),
        ("SECRETARY CLINTON", "Hillary Clinton"),
        ("Q", None),
    ]
]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What did Pompeo say about Syria?", "Pompeo"),
        ("What did Mike Pompeo say about Syria?", "Mike Pompeo"),
        ("what did psaki say about masks", "psaki"),
        ("How many trainers were there, according to Stoltenberg?", "Stoltenberg"),
        ("Did Karine Jean-Pierre say that it was nearly finished?", "Karine Jean-Pierre"),
        ("What did Dr. Fauci think of the second dose?", "Dr. Fauci"),
        ("What was Psaki's position on the filibuster?", "Psaki"),
        ("Why, according to Secretary Pompeo, was it delayed?", "Secretary Pompeo"),
        ("What did Angela Merkel say about the pipeline?", "Angela Merkel"),
    ],
)
def test_whose_words_are_wanted(question: str, asked: str) -> None:
    assert understand(question, VOICES).speakers == (asked,)


@pytest.mark.parametrize(
    "question",
    [
        "What was said about Pompeo?",
        "Was Pompeo criticised for the trip?",
        "Did the White House say that the bill was dead?",
        "When was Psaki hired?",
        "Is Ted Cruz mentioned?",
        "Was Mike Pompeo quoted?",
        "Where is Jen Psaki's husband from?",
        "How much did the United States pay?",
        "What did NATO announce?",
        "Who said that the caliphate was destroyed?",
    ],
)
def test_a_person_as_the_topic_is_no_filter(question: str) -> None:
    assert understand(question, VOICES).speakers == ()


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("What did the Surgeon General say about his father?", ("SURGEON GENERAL MURTHY",)),
        ("what did the mayor say about the water", ("MAYOR VARLEY",)),
        ("What did the secretary say about schools?", ()),
        ("What did the general say about schools?", ()),
    ],
)
def test_a_role_means_those_whose_label_prints_it_unless_they_are_many(question: str, labels: tuple[str, ...]) -> None:
    assert understand(question, VOICES).speakers == labels


def test_an_ambiguous_surname_means_all_who_bear_it() -> None:
    meant = understand("What did Clinton say about trade?", VOICES).voices
    assert [voice.label for voice in meant] == ["PRESIDENT CLINTON", "SECRETARY CLINTON"]
    assert [v.label for v in understand("What did Hillary Clinton say about trade?", VOICES).voices] == [
        "SECRETARY CLINTON"
    ]


def test_recognition_can_be_switched_off() -> None:
    understood = understand("What did Pompeo say about Syria?", VOICES, recognise=False)
    assert understood.speakers == ()
    assert understood.voices == ()


@pytest.mark.parametrize("question", ["Who said that it was over?", "Who told reporters she was afraid?"])
def test_who_said_wants_the_speaker(question: str) -> None:
    assert understand(question, VOICES).wants_speaker


@given(st.text(max_size=300))
def test_any_text_is_understood_somehow(text: str) -> None:
    understood = understand(text, VOICES)
    assert understood.text == text
    assert all(name in text or name in {voice.label for voice in VOICES} for name in understood.speakers)
