"""The store beside a plain dictionary, over any course of adds, updates, removals, mendings and reopenings."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from index.embedding.tiny import TinyEmbedder
from index.errors import UnknownTranscript
from index.filters import Filters
from index.passages import PassageSettings, passages
from index.store import Facts, LocalStore
from index.transcript import Transcript, Turn

SETTINGS = PassageSettings(words=6, tokens=40)
WORDS = ["apple", "bridge", "council", "dairy", "embassy", "ferry", "garden", "harbour"]

turns = st.lists(
    st.builds(
        lambda label, words: Turn(" ".join(words), label, label),
        st.sampled_from(["MS. A", "MR. B", None]),
        st.lists(st.sampled_from(WORDS), max_size=9),
    ),
    min_size=1,
    max_size=4,
).map(tuple)
talks = st.builds(
    Transcript,
    id=st.sampled_from(["a", "b", "c", "d"]),
    turns=turns,
    title=st.sampled_from([None, "T"]),
    date=st.sampled_from([None, "2021-01-01", "2022-01-01"]),
)


class StoreMachine(RuleBasedStateMachine):
    """Every rule does the same to the store and to the dictionary."""

    def __init__(self) -> None:
        super().__init__()
        # In memory where there is such a place: the disk's pace is not what is tried here.
        self.disk = TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.embedder = TinyEmbedder()
        self.model: dict[str, Transcript] = {}
        self.ids: dict[int, tuple[str, str]] = {}
        self.store = LocalStore(self.folder)
        self.reader = LocalStore(self.folder)

    @property
    def folder(self) -> Path:
        return Path(self.disk.name) / "archive"

    def teardown(self) -> None:
        self.disk.cleanup()

    @rule(session=st.lists(talks | st.sampled_from(["a", "b", "c", "publish"]), min_size=1, max_size=5))
    def write(self, session: list[Transcript | str]) -> None:
        with self.store.writer(self.embedder.identity, SETTINGS) as writer:
            for act in session:
                if act == "publish":
                    writer.publish()
                elif isinstance(act, str):
                    assert writer.remove(act) == (self.model.pop(act, None) is not None)
                else:
                    self.put(writer, act)

    def put(self, writer: Any, talk: Transcript) -> None:
        cut = passages(talk, self.embedder.count, SETTINGS)
        reused = writer.reusable(talk, cut)
        fresh = self.embedder.passages([one.text for one, known in zip(cut, reused) if known is None])
        writer.put(talk, Facts("text", "utf-8"), talk.text.encode(), cut, [known or next(fresh) for known in reused])
        self.model[str(talk.id)] = talk

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.reader = LocalStore(self.folder)

    @rule()
    def repair(self) -> None:
        assert self.reader.repair().problems == ()

    @rule()
    def lose_the_words(self) -> None:
        for words in self.folder.glob("words-*"):
            words.rename(self.folder / f"lost-{words.name}")

    @rule()
    def back_up_and_restore(self) -> None:
        if self.folder.exists():
            file = self.folder.parent / "backup"
            self.store.backup(file)
            self.store.restore(file, replace=True)
            file.unlink()

    @invariant()
    def every_reader_sees_the_model(self) -> None:
        for store in (self.store, self.reader):
            view = store.view()
            assert {one.id: view.transcript(one.id) for one in view.summaries()} == self.model
            stored = sorted(view.passages(view.ids().tolist()), key=lambda one: one.passage.start)
            for id, talk in self.model.items():
                assert [one.passage for one in stored if one.transcript_id == id] == self.cut(talk)
            assert {one.transcript_id for one in stored} <= set(self.model)
        for one in stored:
            said = (one.transcript_id, one.passage.text)
            assert self.ids.setdefault(one.id, said) == said, "an id was given twice"

    def cut(self, talk: Transcript) -> list[Any]:
        return passages(talk, self.embedder.count, SETTINGS)

    @invariant()
    def search_finds_what_the_texts_hold(self) -> None:
        view = self.reader.view()
        everything = view.scope(Filters())
        stored = view.passages(view.ids().tolist())
        for word in WORDS[:3]:
            holding = {one.id for one in stored if word in one.passage.text}
            assert set(view.lexical(word, 1000, everything).ids.tolist()) == holding
        vector = self.embedder.question("bridge council").vector
        nearest = view.dense(vector, 1000, everything)
        assert sorted(nearest.ids.tolist()) == view.ids().tolist()
        made = {one.id: next(self.embedder.passages([one.passage.text])).vector @ vector for one in stored}
        assert nearest.scores == pytest.approx(np.array([made[id] for id in nearest.ids.tolist()]), abs=2e-3)

    @invariant()
    def nothing_else_is_known(self) -> None:
        with pytest.raises(UnknownTranscript):
            self.reader.view().transcript("never")


def test_the_store_is_a_dictionary_that_lasts() -> None:
    course = settings(
        max_examples=40, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(StoreMachine, settings=course)
