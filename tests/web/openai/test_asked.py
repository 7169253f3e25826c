"""What of a conversation is the question, and what its history."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from index.filters import Filters
from qa.bounds import LONGEST_ANSWER, LONGEST_HISTORY, Question
from qa.leaning import LONGEST_QUESTION
from web.openai.asked import Completion
from web.plain import answered


def asked(*messages: tuple[str, str]) -> Question:
    said: list[Any] = [{"role": role, "content": content} for role, content in messages]
    return msgspec.convert({"messages": said}, Completion).as_question(Filters())


def test_each_question_goes_with_the_answer_after_it() -> None:
    question = asked(
        ("system", "Be brief."),
        ("user", "A?"),
        ("assistant", "a."),
        ("user", "B?"),
        ("user", "C?"),
        ("assistant", "c."),
        ("tool", "t"),
        ("user", "D?"),
    )
    assert question.text == "D?"
    assert [(one.question, one.answer) for one in question.history] == [("A?", "a."), ("B?", ""), ("C?", "c.")]


def test_of_a_reply_only_the_sentences_are_leaned_on() -> None:
    whole = "It is closed. [1]\n\nSources:\n\n[1] MAYOR QUILL, Council, 2024-03-03: “It is closed.”\nhttp://x/#c1-2"
    none = (
        "No answer in the record. Nothing bears on it.\n\nNearest to it, though no answer:\n\n[1] ENGINEER BOLT: “No.”"
    )
    assert answered(whole) == "It is closed. [1]"
    assert answered(none) == ""
    assert [one.answer for one in asked(("user", "A?"), ("assistant", whole), ("user", "B?")).history] == [
        "It is closed. [1]"
    ]


@given(st.lists(st.tuples(st.sampled_from(["user", "assistant", "system"]), st.text(max_size=5)), max_size=200))
def test_however_long_a_conversation_is_its_history_keeps_its_bounds(said: list[tuple[str, str]]) -> None:
    question = asked(*said, ("user", "Why?"))
    assert question.text == "Why?"
    assert len(question.history) <= LONGEST_HISTORY


def test_what_was_said_long_ago_may_be_long() -> None:
    question = asked(("user", "x" * 3_000), ("assistant", "y" * 30_000), ("user", "Why?"))
    (exchange,) = question.history
    assert (len(exchange.question), len(exchange.answer)) == (LONGEST_QUESTION, LONGEST_ANSWER)
