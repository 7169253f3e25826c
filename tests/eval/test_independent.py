"""The independent checker faults what is false in an answer, and nothing of one that is true."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from eval.independent import faults, numbers
from index.filters import Filters
from index.transcript import Speaker, Transcript, Turn
from qa.answer import Answer, Citation, Dropped, Kind, Recognised, Searched, Sentence, Usage, with_markers

TURNS = (
    Turn("Good evening. The bridge over the Wend was built in 1931.", "MAYOR QUILL", "MAYOR QUILL"),
    Turn(
        "The repairs cost 4.2 million crowns, “not one crown more.” Two of the nine piers are cracked. "
        "Captain Rell told me that the ferry carries three hundred people.",
        "ENGINEER BOLT",
        "ENGINEER BOLT",
    ),
)
TRANSCRIPT = Transcript(
    turns=TURNS,
    id="bridge",
    title="Town Council on the Bridge",
    date="2024-03-03",
    speakers=(Speaker("MAYOR QUILL", "Ada M. Quill"), Speaker("ENGINEER BOLT")),
)
BUILT = "The bridge over the Wend was built in 1931."
COST = "The repairs cost 4.2 million crowns, “not one crown more.”"
CRACKED = "Two of the nine piers are cracked."
FERRY = "Captain Rell told me that the ferry carries three hundred people."


class Record:
    def transcript(self, id: str) -> Transcript:
        return {"bridge": TRANSCRIPT}[id]


def cite(quote: str, number: int = 1) -> Citation:
    start = TRANSCRIPT.text.index(quote)
    turn = TRANSCRIPT.turns[TRANSCRIPT.turn_at(start)]
    return Citation(
        number=number,
        transcript_id="bridge",
        title=TRANSCRIPT.title,
        date=TRANSCRIPT.date,
        collection=None,
        label=turn.label,
        speaker=turn.speaker,
        name=TRANSCRIPT.names.get(turn.label or ""),
        quote=quote,
        before="",
        after="",
        start_char=start,
        end_char=start + len(quote),
        start=None,
        end=None,
        passage_id=1,
        url="",
        media_url=None,
        transcript_digest=TRANSCRIPT.digest,
    )


def answer(*sentences: Sentence, citations: tuple[Citation, ...], **other: Any) -> Answer:
    whole = Answer(
        id="1",
        asked_at="2026-01-01T00:00:00Z",
        question="?",
        understood_as="?",
        filters=Filters(),
        recognised=Recognised(),
        status="answered",
        text=with_markers(sentences),
        sentences=sentences,
        citations=citations,
        dropped=(),
        abstention=None,
        searched=Searched(transcripts=1, passages=1, since=None, until=None, undated=0),
        model="test",
        style="prose",
        timings={},
        usage=Usage(),
        version="test",
        generation=1,
    )
    return structs.replace(whole, **other)


def said(text: str, quote: str, kind: Kind = "statement", **other: Any) -> list[str]:
    """The faults of an answer of one sentence that cites one quote."""
    sentence = Sentence(text=text, citations=(1,), kind=kind)
    return faults(answer(sentence, citations=(cite(quote),), **other), Record())


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The bridge was built in 1931.", BUILT),
        ("Mayor Ada Quill says that the bridge over the Wend was built in 1931.", BUILT),
        ("On March 3, 2024, Quill said the bridge was built in 1931.", BUILT),
        ("The repairs cost 4,200,000 crowns, \"not one crown more\".", COST),
        ("Repairs will cost four million and two hundred thousand crowns.", COST),
        ("2 of 9 piers are cracked, Bolt said in March 2024.", CRACKED),
        ("The Town Council was told that two of nine piers are cracked.", CRACKED),
    ],
)
def test_what_the_record_bears_out_has_no_fault(text: str, quote: str) -> None:
    assert said(text, quote) == []


@pytest.mark.parametrize(
    ("text", "quote", "fault"),
    [
        ("The bridge was built in 1932.", BUILT, "1932 is not in what it cites"),
        ("The repairs cost 4.2 billion crowns.", COST, "4.2e+09 is not"),
        ("Twelve piers are cracked.", CRACKED, "12 is not"),
        ("The bridge over the Sarn was built in 1931.", BUILT, "Sarn is not"),
        ("It was said on April 3 that the piers are cracked.", CRACKED, "3 is not"),
        ("The repairs cost “not two crowns more”.", COST, "“not two crowns more” is not"),
        ("Bolt said that the bridge was built in 1931.", BUILT, "Bolt does not say"),
        ("Rell said that the ferry carries three hundred people.", FERRY, "Rell does not say"),
    ],
)
def test_what_it_does_not_is_faulted(text: str, quote: str, fault: str) -> None:
    assert any(fault in one for one in said(text, quote))


def test_what_somebody_is_reported_to_have_said_may_be_reported() -> None:
    assert said("Rell said that the ferry carries 300 people.", FERRY, "reported") == []


def test_a_quote_is_word_for_word() -> None:
    assert said(CRACKED, CRACKED, "quote", style="quotes") == []
    assert said('The repairs cost 4.2 million crowns,  "not one crown more."', COST, "quote") == []
    assert "it is not what it quotes" in said("Two of nine piers are cracked.", CRACKED, "quote")[0]
    assert "it is not what it quotes" in said("Two of nine piers are cracked.", CRACKED, style="quotes")[0]


@pytest.mark.parametrize(
    ("altered", "fault"),
    [
        ({"quote": "Three of the nine piers are cracked."}, "no turn holds"),
        ({"start_char": 5}, "no turn holds"),
        ({"label": "MAYOR QUILL"}, "the record says otherwise"),
        ({"name": "Ada M. Quill"}, "the record says otherwise"),
        ({"date": "2024-03-04"}, "the record says otherwise"),
        ({"before": "BUILT"}, "what stands beside it"),
        ({"transcript_digest": "sha256:0"}, "the digest"),
    ],
)
def test_a_citation_that_is_not_the_records_is_faulted(altered: dict[str, Any], fault: str) -> None:
    citation = structs.replace(cite(CRACKED), **altered)
    sentence = Sentence(text=citation.quote, citations=(1,), kind="quote")
    assert any(fault in one for one in faults(answer(sentence, citations=(citation,)), Record()))


def test_a_citation_across_two_turns_is_faulted() -> None:
    end = TRANSCRIPT.text.index("The repairs")
    whole = structs.replace(cite(BUILT), quote=TRANSCRIPT.text[: end + 11], start_char=0, end_char=end + 11)
    sentence = Sentence(text=whole.quote, citations=(1,), kind="quote")
    assert "no turn holds" in faults(answer(sentence, citations=(whole,)), Record())[0]


@pytest.mark.parametrize(
    ("filters", "allowed"),
    [
        (Filters(speakers=("Bolt",)), True),
        (Filters(speakers=("Quill", "engineer bolt")), True),
        (Filters(speakers=("Quill",)), False),
        (Filters(transcripts=("bridge",), since="2024-03-03", until="2024-03-03"), True),
        (Filters(transcripts=("ferry",)), False),
        (Filters(collections=("council",)), False),
        (Filters(since="2024-03-04"), False),
        (Filters(until="2024-03-02"), False),
    ],
)
def test_filters_bind_citations(filters: Filters, allowed: bool) -> None:
    assert (said(CRACKED, CRACKED, "quote", filters=filters) == []) is allowed
    recognised = Recognised(
        speakers=filters.speakers, transcripts=filters.transcripts, since=filters.since, until=filters.until
    )
    if not filters.collections:
        assert (said(CRACKED, CRACKED, "quote", recognised=recognised) == []) is allowed


@pytest.mark.parametrize(
    "other",
    [
        {"text": CRACKED},
        {"text": f"{CRACKED} [1] And more."},
        {"status": "abstained"},
        {"citations": (cite(CRACKED), cite(BUILT, 2))},
        {"citations": ()},
        {"dropped": (Dropped(text="nine piers are cracked. [1.2]", reason="negation", detail=""),)},
    ],
)
def test_an_answer_is_its_sentences_and_their_citations(other: dict[str, Any]) -> None:
    sound = answer(Sentence(text=CRACKED, citations=(1,), kind="quote"), citations=(cite(CRACKED),))
    assert faults(sound, Record()) == []
    assert faults(structs.replace(sound, **other), Record()) != []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("4.2 million crowns", {4_200_000}),
        ("$4.5 billion", {4.5e9}),
        ("two hundred and fifty-one thousand", {251_000}),
        ("sixty-seven", {67}),
        ("twenty or twenty-one", {20, 21}),
        ("1,250 and 3", {1250, 3}),
        ("a hundred", {100}),
        ("one of nine, on the 12th", {9, 12}),
        ("five or six", {5, 6}),
        ("nobody", set()),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, values: set[float]) -> None:
    assert numbers(text) == values
