"""Filters leave what a plain look at every turn leaves."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding.tiny import TinyEmbedder
from index.filters import Filters
from index.store import Scope, View
from index.text.names import meant
from index.transcript import Span, Transcript

NAMES = {"MS. PSAKI": "Jen Psaki", "SECRETARY POMPEO": "Michael R. Pompeo", "MR. PRICE": "Ned Price"}
LABELS = [*NAMES, "MR. POMPEO", "Q", None]
DATES = [None, "2020-12-31", "2021-01-01", "2021-06-30"]


@pytest.fixture(scope="module")
def corpus(say: Any, again: Any) -> Any:
    """Forty transcripts of every mixture of labels, dates and collections, and a view of them."""
    chance = np.random.default_rng(5)
    made = []
    for n in range(40):
        turns = [
            (LABELS[chance.integers(len(LABELS))], "" if chance.random() < 0.2 else f"word{n} number {t} " * 4)
            for t in range(chance.integers(1, 9))
        ]
        fields = {"collection": "odd"} if n % 2 else {}
        if (date := DATES[n % 4]) is not None:
            fields["date"] = date
        made.append(say(f"t{n}", *turns, names=NAMES if n % 3 else None, **fields))
    with TemporaryDirectory() as folder:
        archive = again(Path(folder) / "archive")
        archive.put(*made)
        yield {one.id: one for one in made}, archive.store.view()


filters = st.builds(
    Filters,
    transcripts=st.lists(st.sampled_from(["t1", "t2", "t3", "t39", "none"]), max_size=3).map(tuple),
    speakers=st.lists(
        st.sampled_from(["Psaki", "jen psaki", "Pompeo", "Mike Pompeo", "MR. PRICE", "Q", "Nobody"]), max_size=2
    ).map(tuple),
    collections=st.lists(st.sampled_from(["odd", "even"]), max_size=1).map(tuple),
    since=st.sampled_from([None, "2020-12-31", "2021-01-01", "2022-01-01"]),
    until=st.sampled_from([None, "2020-12-31", "2021-06-29", "2021-06-30"]),
)


@given(asked=filters)
def test_a_scope_is_what_a_look_at_every_turn_leaves(corpus: Any, asked: Filters) -> None:
    transcripts, view = corpus
    scope = view.scope(asked)
    dated = asked.since is not None or asked.until is not None
    undated = 0
    expected: set[str] = set()
    for id, one in transcripts.items():
        if (
            (asked.transcripts and id not in asked.transcripts)
            or (asked.collections and one.collection not in asked.collections)
            or (asked.speakers and not any(heard(one, turn, asked) for turn in range(len(one.turns))))
        ):
            continue
        if dated and one.date is None:
            undated += 1
        elif (asked.since or "") <= (one.date or "") and (one.date or "") <= (asked.until or "9"):
            expected.add(id)
    assert (scope.transcripts, scope.undated) == (len(expected), undated)
    ids = ids_of(view, scope)
    everything = view.passages(view.ids().tolist())
    assert ids == {p.id for p in everything if p.transcript_id in expected and spoken(p, transcripts, asked)}
    dates = sorted(transcripts[id].date for id in expected if transcripts[id].date)
    assert (scope.since, scope.until) == ((dates[0], dates[-1]) if dates else (None, None))
    assert scope.passages == len(ids)


def heard(transcript: Transcript, turn: int, asked: Filters) -> bool:
    label, name = transcript.turns[turn].label, transcript.names.get(transcript.turns[turn].label or "")
    said = bool(transcript.turns[turn].text.strip())
    return said and meant(asked.speakers, [(label, name), (label, NAMES.get(label or ""))])[0]


def spoken(stored: Any, transcripts: dict[str, Transcript], asked: Filters) -> bool:
    transcript = transcripts[stored.transcript_id]
    span = Span(stored.passage.start, stored.passage.end)
    turns = [at for at, one in enumerate(transcript.spans) if one.overlaps(span)]
    return not asked.speakers or any(heard(transcript, at, asked) for at in turns)


def ids_of(view: View, scope: Scope) -> set[int]:
    return set((view.ids() if scope.ids is None else scope.ids).tolist())


@given(asked=filters, words=st.text(max_size=30) | st.sampled_from(["word3 number", "NUMBER numbers", '"word1" OR (']))
def test_words_keep_within_the_scope_and_never_fail(corpus: Any, asked: Filters, words: str) -> None:
    _, view = corpus
    scope, everything = view.scope(asked), view.scope(Filters())
    inside = view.lexical(words, 10_000, scope)
    whole = view.lexical(words, 10_000, everything)
    kept = np.isin(whole.ids, list(ids_of(view, scope)))
    assert inside.ids.tolist() == whole.ids[kept].tolist()
    assert inside.scores == pytest.approx(whole.scores[kept], rel=1e-5), "a filter leaves the scores alone"
    assert view.lexical(words, 3, scope).ids.tolist() == inside.ids[:3].tolist()


@given(asked=filters, question=st.text("abcdefgh ", min_size=1, max_size=30), k=st.integers(1, 400))
def test_the_nearest_are_the_nearest_in_the_scope(corpus: Any, asked: Filters, question: str, k: int) -> None:
    _, view = corpus
    vector = TinyEmbedder().question(question).vector
    scope = view.scope(asked)
    ids = np.array(sorted(ids_of(view, scope)), dtype=np.int64)
    ranked = view.dense(vector, k, scope)
    similar = np.sort(view.similarities(vector, ids))[::-1][:k]
    assert ranked.scores == pytest.approx(similar, abs=1e-5)
    assert view.similarities(vector, ranked.ids) == pytest.approx(ranked.scores, abs=1e-5)
    assert set(ranked.ids.tolist()) <= set(ids.tolist())
    assert len(ranked.ids) == len(set(ranked.ids.tolist())) == min(k, len(ids))


def test_words_match_by_stem_without_accents_and_by_label(archive: Any, say: Any) -> None:
    archive.put(say("a", ("SECRETARY POMPEO", "The café closes; nations were promised.")), say("b", ("B", "Other.")))
    for asked in ("CAFE", "promise", "nation", "pompeo", "closing cafés", "café, café (café) AND"):
        assert archive.found(asked) == ["a"], asked
    assert archive.found("") == archive.found("?!") == archive.found("zebra") == []
