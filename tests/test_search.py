"""From a query and filters to ranked passages: nothing outside the filters, nothing twice, one generation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.hit import hit
from index.ingest import ingest
from index.search import Search, SearchSettings
from index.store import open_store

TOPICS = ["ferry", "bridge", "water", "school", "library", "tram", "market", "harbour", "mill", "orchard"]
SPEAKERS = ["MAYOR QUILL", "ENGINEER BOLT", "CLERK RELL"]
WELCOME = "Good morning everyone and thank you for joining us for this regular weekly briefing on the record. " * 8


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten transcripts, each about one topic, each opened with the same welcome."""
    files = tmp_path_factory.mktemp("files")
    for number, topic in enumerate(TOPICS):
        turns = [f"CLERK RELL: {WELCOME}"]
        for turn in range(6):
            said = f"The {topic} was discussed in part {turn} and the {topic} costs {turn * 10 + number} crowns. "
            turns.append(f"{SPEAKERS[turn % 2]}: " + said * 6)
        date = f"March {number + 1}, 2024" if number else ""
        text = f"Council on the {topic}\n\n{date}\n\n" + "\n\n".join(turns) + "\n"
        (files / f"{topic}.txt").write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("data") / "archive"
    assert len(ingest([files], open_store(data), TinyEmbedder()).added) == len(TOPICS)
    return data


@pytest.fixture(scope="session")
def search(searched: Path) -> Search:
    return Search(open_store(searched), TinyEmbedder)


def test_the_passages_about_it_come_first(search: Search) -> None:
    found = search.find("what does the orchard cost", k=5)
    assert {one.stored.transcript_id for one in found.passages[:3]} == {"orchard.txt"}
    assert [one.score for one in found.passages] == sorted((one.score for one in found.passages), reverse=True)


def test_repeated_boilerplate_is_shown_once(search: Search) -> None:
    texts = [one.stored.passage.text for one in search.find("good morning weekly briefing", k=10).passages]
    assert sum("regular weekly briefing" in text for text in texts) == 1
    assert len(texts) == 10, "the best ten repeat each other, so more are read"


filters = st.builds(
    Filters,
    transcripts=st.sampled_from([(), ("ferry.txt",), ("ferry.txt", "mill.txt"), ("absent",)]),
    speakers=st.sampled_from([(), ("Quill",), ("Bolt", "Rell"), ("Nobody",)]),
    since=st.sampled_from([None, "2024-03-03"]),
    until=st.sampled_from([None, "2024-03-05"]),
)


@settings(max_examples=60)
@given(filters=filters, topic=st.sampled_from(TOPICS), k=st.integers(1, 20))
def test_nothing_outside_the_filters_is_found(search: Search, filters: Filters, topic: str, k: int) -> None:
    found = search.find(f"the {topic} costs crowns", filters, k)
    assert len(found.passages) <= k
    assert len({one.stored.id for one in found.passages}) == len(found.passages)
    for one in found.passages:
        shown = hit(found.view, one)
        transcript = found.view.transcript(shown.transcript_id)
        assert shown.text == transcript.text[shown.start_char : shown.end_char]
        assert not filters.transcripts or shown.transcript_id in filters.transcripts
        assert not filters.since or (shown.date is not None and shown.date >= filters.since)
        assert not filters.until or (shown.date is not None and shown.date <= filters.until)
        if filters.speakers:
            labels = {turn.label for turn in shown.turns}
            assert any(name.upper() in (label or "") for name in filters.speakers for label in labels)


def test_undated_transcripts_are_counted(search: Search) -> None:
    found = search.find("ferry", Filters(since="2024-01-01"))
    assert (found.scope.undated, found.scope.transcripts) == (1, len(TOPICS) - 1)


def test_a_hit_says_whose_words_it_holds_and_where_it_ranked(search: Search) -> None:
    found = search.find("the ferry costs", k=3)
    shown = hit(found.view, found.passages[0])
    assert shown.turns[0].start_char == shown.start_char
    assert shown.turns[-1].end_char == shown.end_char
    assert {turn.label for turn in shown.turns} <= set(SPEAKERS)
    assert shown.ranks.dense is not None or shown.ranks.lexical is not None


def test_dense_alone_is_the_cosine_order(searched: Path) -> None:
    dense = Search(open_store(searched), TinyEmbedder, SearchSettings(lexical_weight=0, late_weight=0))
    found = dense.find("mill", k=10)
    similarity = np.array([one.similarity for one in found.passages])
    assert np.all(np.diff(similarity) <= 1e-6)


@pytest.mark.parametrize("query", ["", "   ", "?!", "AND OR NOT", '"unclosed (', "\x00\ufffd", "ferry " * 400])
def test_anything_a_person_types_is_a_query(search: Search, query: str) -> None:
    found = search.find(query)
    assert (found.passages == ()) == (not query.strip())


def test_threads_find_what_one_alone_finds(search: Search) -> None:
    def ids(topic: str) -> list[int]:
        return [one.stored.id for one in search.find(f"the {topic} costs").passages]

    alone = [ids(topic) for topic in TOPICS]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ids, TOPICS)) == alone


def test_a_new_transcript_is_found_without_reopening(tmp_path: Path) -> None:
    data, file = tmp_path / "archive", tmp_path / "kiln.txt"
    search = Search(open_store(data), TinyEmbedder)
    assert search.find("kiln").passages == ()
    file.write_text("CLERK RELL: The kiln was lit on Monday and burns wood.\n\nMAYOR QUILL: Good.\n", encoding="utf-8")
    ingest([file], open_store(data), TinyEmbedder())
    found = search.find("kiln")
    assert [one.stored.transcript_id for one in found.passages] == ["kiln.txt"]
