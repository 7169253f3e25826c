"""The kind of fact a question asks for, and whether a sentence holds one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.kinds import Asks, asked_kind, counts, holds, to_count


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("How many doses were sent?", "number"),
        ("What share of the traffic is lorries?", "share"),
        ("How large a part of it did they attribute to China?", "share"),
        ("How much did the repairs cost?", "money"),
        ("What will the dredging cost?", "money"),
    ("What would happen then?", "what"),
    ("How old is the dog?", "age"),
        ("How far can it reach?", "distance"),
        ("How long will it take?", "duration"),
        ("Until when was the pause extended?", "moment"),
        ("In which year did it open?", "moment"),
        ("Who runs the office?", "person"),
        ("Where was he born?", "place"),
        ("In which city did they meet?", "place"),
        ("Why was it cancelled?", "reason"),
        ("What is the cat called?", "name"),
        ("Which port went first?", "which"),
        ("Did it rain?", "whether"),
        ("What did she say about rain?", "what"),
        ("Tell me about the bridge", "what"),
    ],
)
def test_the_kind_of_fact_asked_for(question: str, asks: Asks) -> None:
    assert asked_kind(question) == asks


HOLDING: list[tuple[Asks, str, str]] = [
    ("number", "How many trainers are there?", "There are forty trainers."),
    ("money", "How much did it cost?", "It cost $1.2 billion."),
    ("money", "How much will the dredging cost?", "It will be 14 million kronor."),
    ("money", "How much will it cost?", "We put it at 300,000 zlotys."),
    ("money", "How much will it cost?", "We put it at PLN 300,000."),
    ("money", "How much will it cost?", "It is 40 billion won."),
    ("money", "How much will it cost?", "The bill is ₹900."),
    ("share", "What share of adults?", "Just one fifth of them do."),
    ("age", "How old is he?", "He is 81 years old."),
    ("moment", "When was it destroyed?", "It was destroyed in March of this year."),
    ("person", "Who was named?", "The job goes to my colleague, Karine Jean-Pierre."),
    ("person", "Who leads it?", "It is led by Secretaries Buttigieg and Raimondo."),
    ("place", "Where is he from?", "My husband is from Cincinnati."),
    ("name", "What is the ferry called?", "We named the ferry Osprey."),
    ("reason", "Why did it close?", "It closed because the piers are cracked."),
    ("rank", "What place did it take?", "It fell to 17th."),
]


@pytest.mark.parametrize(("asks", "question", "text"), HOLDING)
def test_a_sentence_that_holds_the_fact(asks: Asks, question: str, text: str) -> None:
    assert holds(asks, text, question) is True


@pytest.mark.parametrize(
    ("asks", "question", "text"),
    [
        ("number", "How many trainers are there?", "The trainers do good work."),
        ("number", "How many of the 31 towns?", "There are 31 towns."),
        ("money", "How much did it cost?", "It has 14 rooms."),
        ("money", "How much did it cost?", "Of 14 seats they won nine, and try again."),
        ("money", "How much did it cost?", "It grew by 14 in real terms."),
        ("money", "How much did it cost?", "He marks 14 years in office."),
        ("money", "How much did it cost?", "In 306 counties Biden won 14 more."),
        ("age", "How old is Champ?", "Champ is one of two dogs."),
        ("moment", "When was it destroyed?", "It was destroyed."),
        ("person", "Who was the person Major bit?", "Major was surprised by an unfamiliar person."),
        ("person", "Who would be the first?", "Four members of the AAPI community were named."),
        ("place", "Where is she from?", "She is from a small town."),
        ("name", "What is the cat called?", "I have no update on the cat."),
    ],
)
def test_a_sentence_that_lacks_it(asks: Asks, question: str, text: str) -> None:
    assert holds(asks, text, question) is False


@pytest.mark.parametrize(
    ("question", "counted", "text"),
    [
        ("How many vaccine doses did they send?", {"vaccin", "dose"}, "They sent 4,000 doses."),
        ("How many dogs does he have?", {"dog"}, "And he has two dogs he loves."),
        ("How many of the boats sank?", set(), ""),
        ("Did she count the boats?", set(), ""),
    ],
)
def test_what_is_to_be_counted(question: str, counted: set[str], text: str) -> None:
    assert to_count(question) == counted
    assert counts(counted, text) == bool(counted)
    assert not counts(counted, "He has been there for three years.")


@pytest.mark.parametrize(
    ("question", "text", "holds_it"),
    [
        ("Did the court close the port?", "If the court does close the port, we will leave.", False),
        ("Did the court close the port?", "The port will open if the court closes.", False),
        ("Did the court close the port?", "The court closed the port, if you ask me.", None),
        ("Will the court close the port?", "If the court does close the port, we will leave.", None),
    ],
)
def test_what_is_said_of_an_if_alone_has_not_happened(question: str, text: str, holds_it: bool | None) -> None:
    assert holds("whether", text, question) is holds_it


@given(st.text(max_size=200))
def test_what_is_asked_in_other_ways_needs_no_kind(text: str) -> None:
    assert holds("what", text, "What did she say?") is None
    assert holds("whether", text, "Did she?") is None


STATED = [(asks, text) for asks, _, text in HOLDING if asks not in ("reason", "person")]


@pytest.mark.parametrize(("asks", "text"), STATED)
def test_a_fact_that_the_question_states_is_none(asks: Asks, text: str) -> None:
    assert holds(asks, text, text) is False
