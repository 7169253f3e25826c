"""Quotations in a drafted sentence: found between marks of every kind, and held word for word against what is cited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.quoted import quoted
from index.transcript import Span, Transcript, Turn
from qa.gate.evidence import Evidence, Stretch
from qa.gate.quotations import fault
from qa.gate.verbatim import is_verbatim

MAYOR = (
    "Good evening. The bridge over the Wend was built in 1931. (Applause.) We will not close it, whatever some say, "
    "in the winter. The repairs cost 4.2 million crowns. Nobody told us that “the piers” are cracked."
)
ENGINEER = "The work takes eleven months. It is a party matter."
TRANSCRIPT = Transcript(turns=(Turn(MAYOR, "MAYOR"), Turn(ENGINEER, "ENGINEER")), language="en")


def stretch(transcript: Transcript, span: Span) -> Stretch:
    return Stretch(transcript_id="bridge", transcript=transcript, span=span, passage_id=1)


def cited(*sentences: str) -> Evidence:
    """Evidence of these stretches of the transcript."""
    spans = [Span(at := TRANSCRIPT.text.index(one), at + len(one)) for one in sentences]
    return Evidence(tuple(stretch(TRANSCRIPT, span) for span in spans))


WHOLE = cited(MAYOR, ENGINEER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” and \"yes, we can\" here.", ["no", "yes, we can"]),
        ("He said 'we can't go' and ‘I don’t know’ now.", ["we can't go", "I don’t know"]),
        ("said „Wort“ und »so« und «mot» ‹x› 「日本」", ["Wort", "so", "mot", "x", "日本"]),
        ("``so'' he ''said'' ”här” nu", ["so", "said", "här"]),
        ("He said: “We will close it", ["We will close it"]),
        ("He said 'we will close it.", ["we will close it."]),
        ("we will close it,” he said, “now.”", ["we will close it,", "now."]),
        ('we will close it," he said', ["we will close it,"]),
        ("“He said ‘no’ to “us” there” again", ["He said ‘no’ to “us” there"]),
        ("“foo\" and “bar”", ["foo", "bar"]),
        ("‘the workers’ rights’, and the dogs’ home", ["the workers’ rights"]),
        ("The “so-called” \"plan\"—'this'—is", ["so-called", "plan", "this"]),
        ("“We will,” he said, “close it.”", ["We will,", "close it."]),
        ("The workers' rights, it's the dogs' home, rock 'n' roll of the '90s, get 'em, ’tis ‘tis", []),
        ("6\" pipes, 5'10\" tall, “” and \"…\"", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_stands_between_marks(text: str, expected: list[str]) -> None:
    found = quoted(text)
    assert [one.text for one in found] == expected
    assert all(text[one.span.start : one.span.end] == one.text for one in found)


said = st.text(st.characters(categories=["L", "Nd", "Zs"], codec="utf-8"), min_size=1).map(str.strip).filter(bool)
around = st.sampled_from(["“”", '""', "«»", "»«", "„“", "‘’", "''", "「」"])


@given(said, around, said)
def test_a_quotation_between_words_is_found_whole(quotation: str, marks: str, words: str) -> None:
    quotation = f"so {quotation}"
    found = quoted(f"{words} said {marks[0]}{quotation}{marks[1]} to us")
    assert [one.text for one in found] == [quotation]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said: “The bridge over the Wend was built in 1931.”",
        "“the bridge over the Wend was built in 1931. We will not close it,” he said.",
        "She calls it “a party matter.”",
        "He calls it a 'party' matter.",
        "The mayor said “Good evening […] The repairs cost 4.2 million crowns”.",
        "“We will not close it … in the winter,” the mayor said.",
        "She said: “Nobody told us that ‘the piers’ are cracked.”",
        "The mayor’s plan wasn’t the engineers' plan.",
    ],
)
def test_what_stands_in_one_stretch_has_no_fault(text: str) -> None:
    assert fault(text, WHOLE) is None


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("“The repairs cost 4.3 million crowns.”", "says “The repairs cost 4.2 million crowns”"),
        ("A “costly” bridge.", "“costly” does not stand"),
        ("It is “art” matter.", "“art” does not stand"),
        ("“The repairs cost 4.2 million crowns. The work takes eleven months.”", "does not stand"),
        ("“whatever some say … The work takes eleven months”", "does not stand"),
        ("“We will … close it”", "“We will … close it” leaves out “not”"),
        ("He said “we will close it, whatever some say, in", "says “We will not close it, whatever some say, in”"),
        ("It said “The repairs cost” and “nothing”.", "“nothing” does not stand"),
        ("“The bridge over the Wend (Laughter.) was built”", "does not stand"),
        ("“We … close it”", "does not stand"),
        ("“The bridge … over the Wend was built in 1913”", "does not stand"),
    ],
)
def test_what_does_not_stand_is_named(text: str, detail: str) -> None:
    found = fault(text, WHOLE)
    assert found is not None
    assert found.reason == "quotation_not_found"
    assert detail in found.detail


def test_a_question_is_no_statement() -> None:
    asked = Transcript(turns=(Turn("So. You will close it? Yes. I see.", "Q"),))
    for evidence in (Evidence((stretch(asked, asked.spans[0]),)), Evidence((stretch(asked, Span(4, 22)),))):
        assert is_verbatim("You will close it?", evidence) is not None
        assert is_verbatim("You will close it.", evidence) is None
        assert is_verbatim("You will close it", evidence) is None
        assert fault("“You will close it.”", evidence) is not None
        assert fault("“You will close it,” he asked.", evidence) is None


def test_over_a_marked_omission_a_quotation_goes_on_in_the_same_turn() -> None:
    built, cost = "The bridge over the Wend was built in 1931.", "The repairs cost 4.2 million crowns."
    joined = f"“{built} […] {cost}”"
    assert fault(joined, cited(cost, built)) is None
    assert fault(joined.replace("[…] ", ""), cited(built, cost)) is not None
    assert fault(f"“{cost} […] {built}”", cited(built, cost)) is not None
    assert fault(f"“{built} […] in the winter. […] {cost}”", cited(built, cost)) is not None
    assert fault(f"“{built} […] It is a party matter.”", cited(built, "It is a party matter.")) is not None
    assert fault(joined, cited(built)) is not None


def test_a_negation_is_not_left_out() -> None:
    evidence = cited("We will not close it, whatever some say, in the winter.")
    longer = Transcript(turns=(Turn("We will surely not ever close it, said he. It is not so. We go there."),))
    other = Evidence((stretch(longer, longer.spans[0]),))
    found = fault("“We will … ever close it”", other)
    assert found is not None
    assert "leaves out “not”" in found.detail
    assert fault("“ever close it, said he […] We go there”", other) is not None
    assert fault("“We will surely not ever close it […] We go there”", other) is None
    assert fault("“We will not … in the winter”", evidence) is None


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("The bridge over the Wend was built in 1931.", "The bridge over the Wend was built in 1931."),
        ("“The work takes eleven months.”", "The work takes eleven months."),
        ("the work takes eleven months", "The work takes eleven months"),
        ("Good evening. The bridge over the Wend was built in 1931.",) * 2,
        ("Nobody told us that 'the piers' are cracked.", "Nobody told us that “the piers” are cracked."),
    ],
)
def test_whole_sentences_of_the_record_are_verbatim(text: str, stands: str) -> None:
    placement = is_verbatim(text, WHOLE)
    assert placement is not None
    assert TRANSCRIPT.text[placement.span.start : placement.span.end] == stands
    assert placement.stretch.span.contains(placement.span)


@pytest.mark.parametrize(
    "text",
    [
        "“The piers” are cracked.",
        "The piers are cracked.",
        "We will not close it.",
        "The mayor said: “The work takes eleven months.”",
        "The work … eleven months.",
        "The repairs cost 4.2 million crowns. The work takes eleven months.",
        "The work takes 11 months.",
        "",
        "“”",
    ],
)
def test_what_is_part_of_a_sentence_or_more_than_the_record_is_not_verbatim(text: str) -> None:
    assert is_verbatim(text, WHOLE) is None


marks_and_words = st.sampled_from([*"“”\"'‘’«»„…[]()", " ", "We will", "not", "art", "4.2", "[…]", "``", "''"])
drafts = st.lists(marks_and_words).map("".join)


@given(drafts | st.text(max_size=80))
def test_no_draft_is_too_strange(text: str) -> None:
    for evidence in (WHOLE, Evidence(()), cited("Good evening.")):
        found = fault(text, evidence)
        assert found is None or found.reason == "quotation_not_found"
        is_verbatim(text, evidence)
        assert (found is None) or quoted(text)
