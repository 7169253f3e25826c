"""What the ask page tells of an archive: what it holds, and questions to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedding.tiny import TinyEmbedder
from index.ingest import ingest
from index.store import View, open_store
from web.pages.asking import told
from web.pages.examples import examples
from web.pages.holdings import Holdings, holdings


@pytest.fixture
def view(archive: Path) -> View:
    return open_store(archive).view()


def test_what_the_archive_holds_is_counted(view: View) -> None:
    summaries = view.summaries()
    assert holdings(summaries) == Holdings(
        transcripts=10,
        words=sum(one.words for one in summaries),
        since="2023-03-14",
        until="2025-05-12",
        collections=(),
    )
    assert holdings([]) == Holdings(0, 0, None, None, ())


def test_the_latest_come_first(view: View) -> None:
    dates = [one.date for one in told(view).latest]
    assert dates == sorted(dates, key=str, reverse=True)
    assert dates[0] == "2025-05-12"


def test_examples_are_about_what_a_voice_of_the_archive_names(view: View) -> None:
    asked = examples(view)
    assert asked[0] == "What did Edith Varley say about the Kestrel Bridge?"
    assert len(asked) == len(set(asked)) == 3
    heard = {one.name or one.label for one in view.voices()}
    assert all(any(f"did {one} say" in question for one in heard) for question in asked)


def test_nothing_is_asked_of_an_empty_archive(tmp_path: Path) -> None:
    assert examples(open_store(tmp_path / "none").view()) == ()


def test_the_questions_of_who_asks_are_no_voice(tmp_path: Path) -> None:
    file = tmp_path / "talk.txt"
    words = "We will talk about the Long Harbour Plan again, and then about the Long Harbour Plan once more. " * 20
    file.write_text(f"Talk\n\nMay 3, 2024\n\nQ {words}\n\nMS. BIRK: {words}\n\nQ Thank you.\n", encoding="utf-8")
    ingest([file], open_store(tmp_path / "data"), TinyEmbedder())
    assert examples(open_store(tmp_path / "data").view()) == (
        "What did Ms. Birk say about the Long Harbour Plan?",
        "What did Ms. Birk say on 3 May 2024?",
    )
