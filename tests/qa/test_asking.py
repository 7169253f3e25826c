"""From a question to cited sentences: what always holds, and when there is no answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.filters import Filters
from index.store import open_store
from index.transcript import Span
from qa.answer import Answer, DoneEvent, Event, Preceding, RetrievedEvent, SentenceEvent, UnderstoodEvent
from qa.asking import Answerer, Question
from qa.errors import QuestionRefused, UnknownModel
from qa.leaning import LONGEST_QUESTION
from qa.models import load

AnswererOf = Callable[[Path], Answerer]


@pytest.fixture
def answerer(archive: Path, answerer_of: AnswererOf) -> Answerer:
    return answerer_of(archive)


def ask(answerer: Answerer, text: str, filters: Filters | None = None) -> Answer:
    return asyncio.run(answerer.answer(Question(text=text, filters=filters or Filters())))


def test_answers_with_a_quote_its_speaker_date_and_place(answerer: Answerer) -> None:
    answer = ask(answerer, "How much do the repairs of the bridge cost?")
    assert answer.status == "answered"
    first = answer.citations[0]
    assert first.quote == "The repairs cost 4.2 million crowns."
    assert (first.label, first.name, first.date) == ("MAYOR QUILL", "Ada M. Quill", "2024-03-03")
    assert first.title == "Town Council on the Bridge"
    assert first.after.startswith("That is half a million more")
    assert first.before == "We will close it on April 12 for repairs."
    assert first.url == f"/transcripts/{first.transcript_id}#c{first.start_char}-{first.end_char}"
    assert answer.text.startswith("The repairs cost 4.2 million crowns. [1]")


def test_a_quote_that_begins_its_turn_has_the_question_before_it(answerer: Answerer) -> None:
    first = ask(answerer, "Does the county pay for the signs?", Filters(speakers=("Bolt",))).citations[0]
    assert first.quote == "The county pays for the signs."
    assert first.before == ""
    assert first.asked == Preceding(label="Q", text="Who pays for the detour signs in Hollow Lane?")


def test_what_is_told_unasked_or_stands_within_a_turn_has_none(answerer: Answerer) -> None:
    unasked = ask(answerer, "When was the tram depot sold?", Filters(speakers=("Quill",))).citations[0]
    assert (unasked.quote, unasked.before, unasked.asked) == ("The tram depot was sold in May.", "", None)
    within = ask(answerer, "Which way does the bus go?", Filters(speakers=("Quill",))).citations[0]
    assert (within.before, within.asked) == ("It will.", None)


words = st.lists(
    st.sampled_from("bridge repairs cost how many piers ferry who said school bus when close Quill Bolt the".split()),
    min_size=1,
    max_size=8,
).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(text=words, speakers=st.sampled_from([(), ("Bolt",), ("Quill",), ("Rell", "Bolt")]))
def test_a_citation_is_the_record_at_its_offsets(
    archive: Path, answerer: Answerer, text: str, speakers: tuple[str, ...]
) -> None:
    answer = ask(answerer, text, Filters(speakers=speakers))
    view = open_store(archive).view()
    for citation in answer.citations:
        transcript = view.transcript(citation.transcript_id)
        span = Span(citation.start_char, citation.end_char)
        turn = transcript.turn_at(span.start)
        assert citation.quote == transcript.text[span.start : span.end]
        assert transcript.spans[turn].contains(span)
        assert citation.label == transcript.turns[turn].label
        assert citation.speaker == transcript.turns[turn].speaker
        assert citation.transcript_digest == transcript.digest
        assert not speakers or any(one.upper() in (citation.label or "") for one in speakers)
        assert "(Laughter.)" not in citation.quote
    assert [number for one in answer.sentences for number in one.citations] == [c.number for c in answer.citations]
    assert (answer.status == "abstained") == (not answer.sentences) == (answer.abstention is not None)


def test_a_speaker_asked_about_is_the_speaker_cited(answerer: Answerer) -> None:
    answer = ask(answerer, "What did Bolt say about the piers?")
    assert answer.recognised.speakers == ("Bolt",)
    assert {citation.label for citation in answer.citations} == {"ENGINEER BOLT"}


def test_a_sentence_that_leans_brings_the_one_before_unless_something_stands_between(answerer: Answerer) -> None:
    mill = ask(answerer, "It fetched 7 million crowns", Filters(speakers=("Bolt",)))
    assert mill.citations[0].quote == "The old mill was sold in June. It fetched 7 million crowns."
    depot = ask(answerer, "It fetched 9 million crowns", Filters(speakers=("Quill",)))
    assert depot.citations[0].quote == "It fetched 9 million crowns."


def test_what_comes_nearest_keeps_to_the_speaker_too(answerer: Answerer) -> None:
    answer = ask(answerer, "How old is the bridge?", Filters(speakers=("Bolt",)))
    assert answer.abstention is not None
    assert {citation.label for citation in answer.abstention.nearest} == {"ENGINEER BOLT"}
    assert "Bolt" in answer.abstention.message


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (Question(text="What?", k=0), "k"),
        (Question(text="What?", k=51), "k"),
        (Question(text="What?", filters=Filters(since="yesterday")), "since"),
        (Question(text="What?", filters=Filters(until="2021-13-01")), "until"),
        (Question(text="What is \udcff?"), "question"),
        (Question(text="What?", filters=Filters(speakers=("\ud800",))), "filters"),
    ],
)
def test_what_is_out_of_bounds_is_named(answerer: Answerer, question: Question, field: str) -> None:
    with pytest.raises(QuestionRefused, match=f"^{field}:"):
        asyncio.run(answerer.answer(question))


@pytest.mark.parametrize("text", ["\u200b", "\u0301\u00ad", "?!", "🜁", "¿", "a", "0", "\x00", "ß" * 100])
def test_anything_else_is_answered_or_declined(answerer: Answerer, text: str) -> None:
    assert ask(answerer, text).status in ("answered", "abstained")


def test_a_question_of_the_record_is_never_the_answer(answerer: Answerer) -> None:
    answer = ask(answerer, "Will the school bus still run by Hollow Lane?")
    assert answer.citations[0].quote.endswith("The bus goes by way of Hollow Lane.")
    assert not any(citation.label == "Q" for citation in answer.citations)


@pytest.mark.parametrize(
    ("text", "filters", "reason"),
    [
        ("What did Angela Merkel say about the bridge?", Filters(), "speaker_unknown"),
        ("What about the bridge?", Filters(speakers=("Nobody",)), "speaker_unknown"),
        ("What about the bridge?", Filters(since="2025-01-01"), "outside_dates"),
        ("What about the bridge?", Filters(transcripts=("absent",)), "nothing_relevant"),
    ],
)
def test_abstains_with_its_reason(answerer: Answerer, text: str, filters: Filters, reason: str) -> None:
    answer = ask(answerer, text, filters)
    assert answer.abstention is not None
    assert answer.abstention.reason == reason
    assert (answer.text, answer.sentences, answer.citations) == ("", (), ())


def test_of_a_time_in_which_somebody_does_not_speak_it_is_said_who_was_asked_for(answerer: Answerer) -> None:
    answer = ask(answerer, "What did Rell say about the ferry in March 2024?")
    assert answer.abstention is not None
    assert answer.abstention.reason == "outside_dates"
    assert "Only what “Rell” says was searched, because the question asks for that" in answer.abstention.message


def test_abstains_where_the_record_does_not_answer(answerer: Answerer) -> None:
    answer = ask(answerer, "How old is the bridge over the Wend?")
    assert answer.abstention is not None
    assert answer.abstention.reason == "unsupported"
    assert all(one.quote for one in answer.abstention.nearest)


def test_says_how_much_was_searched(answerer: Answerer) -> None:
    searched = ask(answerer, "What about the bridge?", Filters(since="2024-06-01")).searched
    assert searched.transcripts == 1
    assert (searched.since, searched.until) == ("2024-06-09", "2024-06-09")


def test_an_empty_archive_abstains(tmp_path: Path, answerer_of: AnswererOf) -> None:
    answer = ask(answerer_of(tmp_path / "absent"), "What about the bridge?")
    assert answer.abstention is not None
    assert answer.abstention.reason == "empty_index"
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST_QUESTION + 1), "why " * 25_000])
def test_a_question_out_of_bounds_is_refused_with_the_bound(answerer: Answerer, text: str) -> None:
    with pytest.raises(QuestionRefused, match="question"):
        ask(answerer, text)


def test_the_stream_ends_with_the_answer_it_told_before(answerer: Answerer) -> None:
    async def events() -> list[Event]:
        return [event async for event in answerer.stream(Question(text="How many piers are cracked?"))]

    told = asyncio.run(events())
    assert isinstance(told[0], UnderstoodEvent)
    assert isinstance(told[1], RetrievedEvent)
    assert isinstance(told[-1], DoneEvent)
    sentences = tuple(event.sentence for event in told if isinstance(event, SentenceEvent))
    assert sentences == told[-1].answer.sentences
    assert [type(event) for event in told].count(DoneEvent) == 1


def test_the_same_question_has_the_same_answer(answerer: Answerer) -> None:
    first, second = (ask(answerer, "When does the bridge close?") for _ in range(2))
    assert first.citations == second.citations
    assert first.id != second.id


def test_an_unknown_model_is_told_which_there_are() -> None:
    with pytest.raises(UnknownModel, match="extractive"):
        load("oracle")
