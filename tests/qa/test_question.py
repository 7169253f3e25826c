"""What a question asks for, and whose words it wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import Voice
from qa.question import understand
from qa.speakers import people_meant

VOICES = [
    Voice(label=label, speaker=None if label == "Q" else label, name=name, transcripts=1, turns=1, words=10)
    for label, name in [
        ("MS. PSAKI", "Jen Psaki"),
        ("MS. JEAN-PIERRE", None),
        ("SECRETARY GENERAL STOLTENBERG", None),
        ("SECRETARY POMPEO", "Michael R. Pompeo"),
        ("DR. FAUCI", None),
        ("DR. WHITE", None),
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
        ("What did Dr. White say of the House?", "Dr. White"),
        ("What did Dr. Fauci think of the second dose?", "Dr. Fauci"),
        ("What was Psaki's position on the filibuster?", "Psaki"),
        ("Why, according to Secretary Pompeo, was it delayed?", "Secretary Pompeo"),
        ("What did Angela Merkel say about the pipeline?", "Angela Merkel"),
        ("what did dr. fauci say about boosters", "dr. fauci"),
        ("psaki's position on masks", "psaki"),
        ("tell me what stoltenberg said about Iraq", "stoltenberg"),
        ("List everything Fauci said on boosters", "Fauci"),
        ("What was said by Psaki about gas?", "Psaki"),
        ("Which remarks by Dr. Fauci were about tests?", "Dr. Fauci"),
        ("What did Karine Jean Pierre say about gas?", "Karine Jean-Pierre"),
        ("what did jean pierre say about gas", "jean-pierre"),
        ("What did Treasury Secretary Yellen say about debt?", "Treasury Secretary Yellen"),
        ("What did Jean-Pierre's statement say?", "Jean-Pierre"),
        ("What did Mayor Varly say about the bridge?", "Mayor Varly"),
        ("What did the mayor Edith Varley say about it?", "mayor Edith Varley"),
    ],
)
def test_whose_words_are_wanted(question: str, asked: str) -> None:
    assert understand(question, VOICES).speakers == (asked,)


@pytest.mark.parametrize(
    "question",
    [
        "What was said about Pompeo?",
        "According to the White House, how many refugees will come?",
        "how many refugees will come according to the white house",
        "What did White House officials say about gas?",
        "Was Pompeo criticised for the trip?",
        "Did the White House say that the bill was dead?",
        "When was Psaki hired?",
        "Is Ted Cruz mentioned?",
        "Was Mike Pompeo quoted?",
        "Where is Jen Psaki's husband from?",
        "How much did the United States pay?",
        "What did NATO announce?",
        "Who said that the caliphate was destroyed?",
        "What did Saudi Arabia say about oil?",
        "What did Fauci & Company say about oil?",
        "What did the New York Times report?",
        "What did the Treasury Secretary say about debt?",
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
    def labels(name: str) -> list[str]:
        return [voice.label for voice in people_meant([name], VOICES)]

    assert labels("Clinton") == ["PRESIDENT CLINTON", "SECRETARY CLINTON"]
    assert labels("Hillary Clinton") == ["SECRETARY CLINTON"]


def test_several_of_one_name_are_no_misspelt_name_and_nobody_else_is_taken_for_a_double_name() -> None:
    assert understand("What did the Pompeos say about their house?", VOICES).strangers == ()
    assert understand("What did Pompeu say about the house?", VOICES).strangers == ("Pompeu",)
    assert "Jean Pierre Bemba" in understand("What did Jean Pierre Bemba say?", VOICES).text


def test_recognition_can_be_switched_off() -> None:
    assert understand("What did Pompeo say about Syria?", VOICES, recognise=False).speakers == ()


def test_several_speakers_are_all_wanted() -> None:
    assert understand("What did Psaki and Dr. Fauci say about masks?", VOICES).speakers == ("Psaki", "Dr. Fauci")
    assert understand("What did Psaki, Pompeo or Fauci say?", VOICES).speakers == ("Psaki", "Pompeo", "Fauci")


@pytest.mark.parametrize("question", ["what " * 200 + "did " * 200, "A." * 1000, "did Aa, " * 250, "A's view " * 220])
def test_a_long_question_is_understood_in_no_time(question: str) -> None:
    assert len(understand(question[:2000], VOICES).text) <= 2000


@pytest.mark.parametrize("question", ["Who said that it was over?", "Who told reporters she was afraid?"])
def test_who_said_wants_the_speaker(question: str) -> None:
    assert understand(question, VOICES).wants_speaker


@given(st.text(max_size=300))
def test_any_text_is_understood_somehow(text: str) -> None:
    understood = understand(text, VOICES)
    assert understood.text == text
    assert all(name in text or name in {voice.label for voice in VOICES} for name in understood.speakers)
