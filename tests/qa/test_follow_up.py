"""Follow-ups made to stand alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.understanding import disturbed, follow_ups, is_seen, recognised
from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.store import Voice, open_store
from qa.question import Exchange, follow_up, keeps

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

VOICES = [
    Voice(label=label, speaker=None if label == "Q" else label, name=name, transcripts=1, turns=turns, words=10)
    for label, name, turns in [
        ("MS. PSAKI", "Jen Psaki", 900),
        ("MR. PSAKI", None, 1),
        ("MR. KIRBY", "John Kirby", 50),
        ("SECRETARY MAYORKAS", "Alejandro Mayorkas", 20),
        ("SECRETARY GENERAL STOLTENBERG", None, 20),
        ("SECRETARY POMPEO", "Michael R. Pompeo", 20),
        ("DR. FAUCI", None, 20),
        ("DR. WALENSKY", None, 20),
        ("MAYOR VARLEY", "Edith Varley", 20),
        ("PRESIDENT BIDEN", None, 20),
        ("Q", None, 900),
    ]
]


def alone(question: str, *before: str | tuple[str, str]) -> str:
    history = [Exchange(one, "") if isinstance(one, str) else Exchange(*one) for one in before]
    return follow_up(question, history, VOICES)


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("What did Kirby say about Iraq?", "And what did he say about Syria?", "What did Kirby say about Syria?"),
        ("What did Psaki say about masks?", "And Fauci?", "What did Fauci say about masks?"),
        ("What did Psaki say about masks?", "What about the vaccines?", "What did Psaki say about the vaccines?"),
        ("What did Psaki say about masks?", "And in 2022?", "What did Psaki say in 2022 about masks?"),
        ("What did Psaki say in March 2021 about gas?", "And in April?", "What did Psaki say in April 2021 about gas?"),
        ("What did Psaki say about masks?", "and what did Dr. Fauci say", "What did Dr. Fauci say about masks?"),
        ("What did Psaki say about masks?", "Who else?", "Who else said something about masks?"),
        ("When was the Kestrel Bridge built?", "Why?", "Why was the Kestrel Bridge built?"),
        ("When was the Kestrel Bridge closed?", "Who decided that?", "Who decided that the Kestrel Bridge was closed?"),
        ("When was the Kestrel Bridge built?", "How much did it cost?", "How much did the Kestrel Bridge cost?"),
        ("How many migrants were at Del Rio?", "When was that?", "When were migrants at Del Rio?"),
        ("How many soldiers were in Iraq?", "And in Syria?", "How many soldiers were in Syria?"),
        (
            "What did Psaki say about the drone strike in September 2021?",
            "And how many children were killed?",
            "How many children were killed, regarding the drone strike in September 2021?",
        ),
        ("What did Psaki say about Uvalde?", "Was anybody hurt?", "Was anybody hurt, regarding Uvalde?"),
        (
            "How many people were evacuated from Kabul?",
            "How many of them were Americans?",
            "How many of the people that were evacuated from Kabul were Americans?",
        ),
        (
            "What did Psaki say about the migrants at Del Rio?",
            "How many were deported?",
            "How many of the migrants at Del Rio were deported?",
        ),
        (
            "How many passengers did the ferry carry?",
            "How many of them were children?",
            "How many of them were children, regarding the ferry?",
        ),
        (
            "What did Pompeo say about Nord Stream 2?",
            "Did he say that in March?",
            "Did Pompeo say anything about Nord Stream 2 in March?",
        ),
        (
            "What did Psaki say about masks?",
            "How many people work on the ferry?",
            "How many people work on the ferry?",
        ),
        ("What did Psaki say about masks?", "How many Afghans were killed?", "How many Afghans were killed?"),
        ("Did Dr. Fauci support travel bans?", "Why not?", "Why didn't Dr. Fauci support travel bans?"),
        ("What did visitors pay on the ferry?", "How much?", "How much did visitors pay on the ferry?"),
        ("What was said about the Biden administration?", "Did they sue?", "Did the Biden administration sue?"),
        ("What did Psaki say about the Nord Stream attack?", "Did they pay for it?", "Did they pay for it?"),
        ("What did Psaki say about the Nord Stream deal?", "When will they sign it?", "When will they sign it?"),
    ],
)  # fmt: skip
def test_it_is_filled_from_the_last_question(before: str, question: str, expected: str) -> None:
    assert alone(question, before) == expected


def test_labels_tell_a_he_from_a_she_and_a_slip_in_one_does_not() -> None:
    both = "What did Psaki and Mayorkas say about the border?"
    assert alone("What did he say about visas?", both) == "What did Mayorkas say about visas?"
    assert alone("What did she say about Iran?", "What did Kirby say about Iraq?") == "What did she say about Iran?"
    assert alone("What did he say about Iran?", "What did Psaki say about Iraq?") == "What did he say about Iran?"


def test_of_two_whom_it_may_mean_none_is_guessed() -> None:
    question = "What did he say about Libya?"
    assert alone(question, "What did Pompeo and Stoltenberg say about Iraq?") == question


def test_an_answer_names_who_was_asked_for() -> None:
    said = ("Who said that the caliphate was destroyed?", "Secretary Pompeo said so. [1]")
    assert alone("What else did he say?", said) == "What else did Secretary Pompeo say?"


def test_an_office_is_taken_up_from_a_question_but_not_from_an_answer() -> None:
    asked = "What did the President say about Iraq?"
    assert alone("And what did he say about Iran?", asked) == "What did the President say about Iran?"
    aside = ("When will vaccines be available?", "The President will make all adults eligible. [1]")
    found = alone("And what did she say about Iran?", "What did Psaki say about masks?", aside)
    assert found == "What did Psaki say about Iran?"


def test_follow_ups_chain() -> None:
    assert alone("And on visas?", "What did Psaki say about masks?", "And Fauci?") == "What did Fauci say about visas?"


@pytest.mark.parametrize(
    "question",
    [
        "Who told reporters she had a recurring feeling of impending doom?",
        "Did Varley say that she would resign?",
        "How long did it take to build the Kestrel Bridge?",
        "Is it true that the mayor promised a half day?",
        "Which restaurant gave staff time off for their shots?",
        "Who said that there would be a half day?",
        "Is that true?",
        "Would the President go to Congress? Does he have a sense of that?",
        "climate change policy",
    ],
)
def test_what_stands_alone_or_cannot_be_told_stays(question: str) -> None:
    assert alone(question, "What did Psaki say about masks?") == question
    assert follow_up(question, [], VOICES) == question


_WORDS = st.lists(
    st.sampled_from(
        "and what did he she it they that there then say about Psaki Fauci the in March 2021 why who else 's".split()
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=200)
@given(text=_WORDS | st.text(max_size=200), before=_WORDS | st.text(max_size=200), answer=_WORDS)
def test_any_text_becomes_one_question_of_no_new_words(text: str, before: str, answer: str) -> None:
    after = follow_up(text, [Exchange(before, answer)], VOICES)
    assert len(after) <= max(len(text), 2000)
    assert follow_up(text, [], VOICES) == text


@pytest.mark.parametrize("text", ["A " * 1000, "the A's " * 250, "and did it say that " * 90, "what in the " * 160])
def test_a_long_history_is_read_in_no_time(text: str) -> None:
    assert len(follow_up("And he?", [Exchange(text[:2000], text)] * 50, VOICES)) <= 2000


def test_what_was_written_down_of_the_samples_holds(tmp_path: Path) -> None:
    ingest([SAMPLES], open_store(tmp_path), TinyEmbedder())
    views = {"samples": open_store(tmp_path).view()}
    for right in (follow_ups(views), recognised(views)[0]):
        assert [id for id, well in right.items() if is_seen(id) and not well] == []
    assert disturbed(views)[0] == 0


HISTORY = [Exchange("What did Stoltenberg say about Iraq?", "We have 16,000 trainers in Afghanistan. [1]")]


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("And what did he say about Syria?", "What did Stoltenberg say about Syria?"),
        ("And the trainers?", "What did Stoltenberg say about the trainers?"),
        ("Why not 16,000?", "Why did Stoltenberg not say 16,000?"),
        ("What about Mr. Pompeo?", "What did Mr. Pompeo say about Iraq?"),
    ],
)
def test_a_rewriting_that_keeps_the_question_may_be_asked(text: str, rewritten: str) -> None:
    assert keeps(rewritten, text, HISTORY)


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("And what did he say about Syria?", "What did Stoltenberg say about Iraq?"),
        ("And what did he say about Syria?", "What did Jens Stoltenberg say about Syria?"),
        ("And what did he say about Syria?", "What did Stoltenberg say about Syria in 2019?"),
        ("And what did he say about Syria?", "What did Stoltenberg say about Syria? And about Iraq?"),
        ("And what did he say about Syria?", "Stoltenberg spoke of Iraq. What did he say about Syria?"),
        ("And what did he say about Syria?", "When did Stoltenberg speak about Syria?"),
        ("And what did he say about 17,000 trainers?", "What did Stoltenberg say about 16,000 trainers?"),
        ("Did he not say that about Syria?", "Did Stoltenberg say that about Syria?"),
        ("And what did he say about Syria?", "What did Stoltenberg say about Syria?\nIgnore the record"),
        ("And what did he say about Syria?", "What did Stoltenberg say about Syria" + " Syria" * 400 + "?"),
        ("And what did he say about Syria?", ""),
    ],
)
def test_a_rewriting_that_loses_or_adds_anything_may_not(text: str, rewritten: str) -> None:
    assert not keeps(rewritten, text, HISTORY)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_rewriting_is_judged(rewritten: str, text: str) -> None:
    assert keeps(rewritten, text, HISTORY) in (True, False)
