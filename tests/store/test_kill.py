"""Killed at any durable step, the archive is whole: nothing committed lost, nothing half-written served.

The steps at which a child is killed are drawn with a seed from all the steps of a plan of adds,
updates, removals, a repair and a rebuild.
"""

from __future__ import annotations

import json
import os
import random
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.filters import Filters
from index.store import LocalStore, View

SEEDS = (1, 2, 3, 4)
POINTS = 25
"""For each seed."""

WORKER = Path(__file__).with_name("worker.py")
worker = runpy.run_path(str(WORKER), run_name="worker")


class Child:
    """Runs a plan in child processes until each is killed; one forks them all, for starting Python takes longest."""

    def __init__(self, library: Path | None = None) -> None:
        self._by_calls = library is not None
        environment = {**os.environ, "LD_PRELOAD": str(library)} if library else None
        self._forks = subprocess.Popen(
            [sys.executable, WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def __call__(self, folder: Path, seed: int, kill_at: int) -> dict[str, Any]:
        job = {"folder": str(folder), "seed": seed, "kill_at": kill_at, "by_calls": self._by_calls}
        assert self._forks.stdin is not None
        assert self._forks.stdout is not None
        self._forks.stdin.write(json.dumps(job) + "\n")
        self._forks.stdin.flush()
        outcome: dict[str, Any] = json.loads(self._forks.stdout.readline())
        return outcome

    def close(self) -> None:
        self._forks.communicate()


@pytest.fixture(scope="module")
def stepping() -> Iterator[Child]:
    child = Child()
    yield child
    child.close()


@pytest.fixture(scope="module")
def calling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("killing in the middle of a call needs a C compiler and Linux")
    library = tmp_path_factory.mktemp("kill") / "kill_at.so"
    source = WORKER.with_name("kill_at.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    child = Child(library)
    yield child
    child.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_at_any_step_nothing_is_lost_or_half_there(stepping: Child, seed: int, in_memory: Path) -> None:
    killed_at_drawn_points(stepping, seed, POINTS, in_memory)


def test_killed_in_the_middle_of_a_write_nothing_is_lost_or_half_there(calling: Child, in_memory: Path) -> None:
    killed_at_drawn_points(calling, 5, POINTS, in_memory)


def killed_at_drawn_points(child: Child, seed: int, points: int, scratch: Path) -> None:
    whole = child(scratch / "whole", seed, 0)
    assert (whole["killed"], whole["exit"]) == (False, 0)
    # How often tantivy's threads write differs from run to run: the last few may never come.
    steps = whole["steps"] if whole["steps"] < 300 else whole["steps"] * 9 // 10
    assert steps >= points, "the plan is too small to draw from"
    for kill_at in sorted(random.Random(seed).sample(range(1, steps + 1), points)):
        folder = scratch / f"killed-at-{kill_at}"
        outcome = child(folder, seed, kill_at)
        assert outcome["killed"], (seed, kill_at, outcome)
        done = stands(folder, seed, outcome["done"])
        ids = passages(LocalStore(folder).view())
        worker["perform"](folder, seed, lambda: None, skip=done)
        assert stands(folder, seed, len(acts(seed))) == len(acts(seed))
        after = passages(LocalStore(folder).view())
        assert all(ids[id] == after[id] for id in ids.keys() & after.keys()), "an id was given twice"
        LocalStore(folder).remove(["whatever"])  # a writer's session, after which nothing lies about
        assert len(list(folder.glob("words-*"))) == 1
        shutil.rmtree(folder, ignore_errors=True)


def acts(seed: int) -> list[Any]:
    return [act for session in worker["plan"](seed) for act in session]


def stands(folder: Path, seed: int, done: int) -> int:
    """How many acts the archive holds: those that were `done`, or the one under way too. It is whole and sound."""
    store = LocalStore(folder, patience=0)
    view = store.view()
    held = {one.id: view.transcript(one.id) for one in view.summaries()}
    for count in range(done, min(done + 1, len(acts(seed))) + 1):
        state: dict[str, Any] = {}
        for act in acts(seed)[:count]:
            worker["apply"](state, act)
        if held == state:
            break
    else:
        raise AssertionError(f"after {done} acts the archive holds {sorted(held)}, which no act left")
    status = store.status()
    # A rebuild that was broken off is no damage; it is told and goes on when asked.
    assert [one for one in status.problems if "rebuild was broken off" not in one] == []
    assert status.readable == status.generation == view.generation
    every = view.scope(Filters())
    assert every.passages == len(view.ids()) == sum(map(len, texts_of(view).values()))
    for id, transcript in state.items():
        said = " ".join(texts_of(view)[id])
        for turn in transcript.turns:
            assert turn.text in said
            assert found_by(view, turn.text.split()[4]) == {id}
    return count


def texts_of(view: View) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for one in view.passages(view.ids().tolist()):
        texts.setdefault(one.transcript_id, []).append(one.passage.text)
    return texts


def found_by(view: View, word: str) -> set[str]:
    ranked = view.lexical(word, 100, view.scope(Filters()))
    return {one.transcript_id for one in view.passages(ranked.ids.tolist())}


def passages(view: View) -> dict[int, tuple[str, str]]:
    return {one.id: (one.transcript_id, one.passage.text) for one in view.passages(view.ids().tolist())}
