"""Dates and titles in a question: filters where they place the speaking, else not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import Summary, Voice
from qa.question import understand


def summary(id: str, title: str | None, day: str | None) -> Summary:
    return Summary(
        id=id,
        title=title,
        date=day,
        collection=None,
        source=None,
        media=None,
        language="en",
        turns=1,
        words=9,
        speakers=(),
    )


RECORD = [
    summary("groundbreaking", "Mayor Edith Varley at the Kestrel Bridge Groundbreaking", "2023-03-14"),
    summary("2024-02-06-council-hearing.vtt", "Hearing on the Kestrel Bridge", "2024-02-06"),
    summary("briefing-1", "Press Briefing by Nora Hallam", "2024-02-08"),
    summary("briefing-2", "Press Briefing by Nora Hallam", "2024-03-08"),
    summary("briefing-3", "Press Briefing by Nora Hallam", "2024-04-08"),
    summary("briefing-4", "Press Briefing by Nora Hallam", "2024-05-08"),
    summary("call", "Background Press Call on the Mayor’s Meetings at the Sarn Summit", "2024-06-08"),
    summary("2023-09-20-podcast-the-sarn-line.srt", None, None),
    summary("debate", "Harrowmere Mayoral Debate", "2025-05-12"),
]
VOICES = [
    Voice(label=label, speaker=label, name=None, transcripts=1, turns=1, words=10)
    for label in ("MAYOR VARLEY", "MR. OAKES", "MS. HALLAM", "THULE")
]


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What did Varley say in March 2023 about the bridge?", "2023-03-01", "2023-03-31"),
        ("What did Varley say about the bridge in March 2023?", "2023-03-01", "2023-03-31"),
        ("In March 2023, what did Varley say?", "2023-03-01", "2023-03-31"),
        ("what did varley say in march about the bridge", "2024-03-01", "2024-03-31"),
        ("What did Oakes say on February 8?", "2024-02-08", "2024-02-08"),
        ("In the February 8 briefing, how many rooms were open?", "2024-02-08", "2024-02-08"),
        ("What did Varley say between March and May 2024 about frost?", "2024-03-01", "2024-05-31"),
        ("What did Varley say in 2023 and 2024 about frost?", "2023-01-01", "2024-12-31"),
        ("What has Varley said about the cost since 2024?", "2024-01-01", None),
        ("What did Varley say about the cost before 2024?", None, "2023-12-31"),
        ("What did Varley say after June 2024 about the cost?", "2024-07-01", None),
        ("What did Varley say last spring?", "2025-03-01", "2025-05-31"),
        ("What did Varley say last year about frost?", "2024-01-01", "2024-12-31"),
        ("What did Varley say in 2010 about frost?", "2010-01-01", "2010-12-31"),
        ("Who said in 2024 that the piers are cracked?", "2024-01-01", "2024-12-31"),
        ("What was said about frost in 2024?", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_time_of_speaking_is_a_filter(question: str, since: str | None, until: str | None) -> None:
    asked = understand(question, VOICES, RECORD)
    assert (asked.since, asked.until, asked.transcripts) == (since, until, ())


@pytest.mark.parametrize(
    ("question", "transcript"),
    [
        ("At the council hearing, what did Oakes say?", "2024-02-06-council-hearing.vtt"),
        ("What did Varley promise at the Kestrel Bridge groundbreaking?", "groundbreaking"),
        ("What did Thule say in the mayoral debate about taxes?", "debate"),
        ("What was said on the podcast about the piers?", "2023-09-20-podcast-the-sarn-line.srt"),
        ("How much did it cost, according to the mayoral debate?", "debate"),
    ],
)
def test_a_title_as_the_place_of_speaking_is_a_filter(question: str, transcript: str) -> None:
    asked = understand(question, VOICES, RECORD)
    assert (asked.since, asked.until, asked.transcripts) == (None, None, (transcript,))


@pytest.mark.parametrize(
    "question",
    [
        "What did Varley say about the 2020 election?",
        "When in 2024 was the bridge closed?",
        "Who won in 2024?",
        "What did Varley say about the budget for 2024?",
        "What did Varley promise in the 2024 campaign?",
        "What did Varley say happened in March 2024?",
        "Did Varley say that it would open in March 2024?",
        "What did Varley say about the flood in March 2024?",
        "What did Varley say about costs in 2030?",
        "What did Merkel say in March 2024 about Russia?",
        "How much may it cost by 2024?",
        "What did Varley say yesterday?",
        "What did Varley say about the hearing?",
        "What did Varley say in the briefing about frost?",
        "At the Sarn summit, what was agreed?",
        "What was decided at the Kestrel Bridge?",
        "Who won the debate?",
    ],
)
def test_what_is_spoken_of_is_no_filter(question: str) -> None:
    asked = understand(question, VOICES, RECORD)
    assert (asked.since, asked.until, asked.transcripts) == (None, None, ())


def test_recognition_can_be_switched_off_and_needs_a_record() -> None:
    question = "What did Varley say in 2024 at the mayoral debate?"
    for asked in (understand(question, VOICES, RECORD, recognise=False), understand(question, VOICES)):
        assert (asked.since, asked.until, asked.transcripts) == (None, None, ())


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from("what did Varley say in on the March 2024 and between before debate at , ? 1 may".split()),
        max_size=40,
    ).map(" ".join)
)
def test_any_text_asks_for_a_time_in_order_and_for_transcripts_of_the_record(text: str) -> None:
    asked = understand(text, VOICES, RECORD)
    assert not asked.since or not asked.until or asked.since <= asked.until
    assert set(asked.transcripts) <= {one.id for one in RECORD}
