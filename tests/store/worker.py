"""A process that works on an archive until it is killed at a given step. Run by test_kill.py.

    python worker.py       reads jobs, one JSON a line; forks a child for each and says what became of it

A step is the moment before or after something durable: a commit of SQLite, a commit of the
words, a rename, a deletion; or, with kill_at.c loaded, the middle of a call that changes a file.
The child sends a byte for each act it has finished.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from index.embedding.tiny import TinyEmbedder
from index.passages import PassageSettings, passages
from index.store import Facts, LocalStore, words, writer
from index.transcript import Speaker, Transcript, Turn

SETTINGS = (PassageSettings(words=10, tokens=60), PassageSettings(words=16, tokens=60))
IDS = [f"talk-{n}" for n in range(6)]

Act = tuple[str, Any]
"""("put", transcript), ("remove", id), ("publish", None), ("repair", None), ("rebuild", which model)."""

State = dict[str, Transcript]


def plan(seed: int) -> list[list[Act]]:
    """Sessions of acts; each session is one writer's, repair and rebuild are sessions of their own."""
    chance = random.Random(seed)
    sessions: list[list[Act]] = []
    state: State = {}
    for session in range(6):
        acts: list[Act] = []
        for _ in range(chance.randint(2, 5)):
            acts.append(_act(chance, state))
            apply(state, acts[-1])
        sessions.append(acts)
        if session in (2, 4):
            sessions.append([("repair", None)] if session == 2 else [("rebuild", 1)])
    return sessions


def _act(chance: random.Random, state: State) -> Act:
    id = chance.choice(IDS)
    kind = chance.random()
    if id not in state or kind < 0.5:
        return "put", _talk(id, chance)
    if kind < 0.6:
        named = state[id]
        return "put", Transcript(id=id, turns=named.turns, title=f"Title {chance.random()}", speakers=named.speakers)
    if kind < 0.7:
        # One turn more: what stands before it stays as it is.
        more = _talk(id, chance).turns[:1]
        return "put", Transcript(id=id, turns=(*state[id].turns, *more), speakers=state[id].speakers)
    return ("publish", None) if kind < 0.75 else ("remove", id)


def _talk(id: str, chance: random.Random) -> Transcript:
    turns = tuple(
        Turn(f"In {id} somebody said w{chance.randrange(10**9)} and w{chance.randrange(10**9)} now.", label, label)
        for label in chance.choices(["MS. A", "MR. B"], k=chance.randint(1, 5))
    )
    return Transcript(id=id, turns=turns, speakers=(Speaker("MS. A", "Ann Abel"),))


def apply(state: State, act: Act) -> None:
    """What an act makes of the archive."""
    kind, what = act
    if kind == "put":
        state[what.id] = what
    elif kind == "remove":
        state.pop(what, None)


def perform(folder: Path, seed: int, done: Callable[[], object], skip: int = 0) -> None:
    """Do the plan's acts, without the first `skip`; `done` is told of each."""
    store = LocalStore(folder, patience=0)
    model, left = 0, skip
    for session in plan(seed):
        here, left = session[left:], max(0, left - len(session))
        if session[0][0] == "rebuild":
            model = session[0][1]
        if not here:
            continue
        if here[0][0] == "repair":
            store.repair()
        elif here[0][0] == "rebuild":
            store.rebuild(TinyEmbedder(model), SETTINGS[model])
        else:
            _write(store, model, here, done)
            continue
        done()


def _write(store: LocalStore, model: int, acts: list[Act], done: Callable[[], object]) -> None:
    embedder, settings = TinyEmbedder(model), SETTINGS[model]
    with store.writer(embedder.identity, settings) as pen:
        for kind, what in acts:
            if kind == "put":
                cut = passages(what, embedder.count, settings)
                reused = pen.reusable(what, cut)
                fresh = embedder.passages([one.text for one, known in zip(cut, reused) if known is None])
                pen.put(what, Facts("text", "utf-8"), what.text.encode(), cut, [k or next(fresh) for k in reused])
            elif kind == "remove":
                pen.remove(what)
            else:
                pen.publish()
            done()


class Steps:
    """Counts durable steps, and kills this process at the one it is told."""

    def __init__(self, kill_at: int) -> None:
        self.taken = 0
        self._kill_at = kill_at

    def step(self) -> None:
        self.taken += 1
        if self.taken == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*given: Any, **named: Any) -> Any:
            self.step()
            outcome = act(*given, **named)
            self.step()
            return outcome

        return stepping

    def watch(self) -> None:
        """Put a step before and after everything that lasts."""
        connect, step = sqlite3.connect, self.step

        class Connection(sqlite3.Connection):
            def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
                if statement != "COMMIT":
                    return super().execute(statement, *given)
                step()
                cursor = super().execute(statement)
                step()
                return cursor

        sqlite3.connect = lambda *given, **named: connect(*given, factory=Connection, **named)  # type: ignore[assignment]
        words.WordsWriter.commit = self.around(words.WordsWriter.commit)  # type: ignore[method-assign]
        Path.replace = self.around(Path.replace)  # type: ignore[method-assign]
        Path.unlink = self.around(Path.unlink)  # type: ignore[method-assign]
        shutil.rmtree = self.around(shutil.rmtree)  # type: ignore[assignment]


class Calls:
    """Counts calls that change a file, by kill_at.c."""

    def __init__(self, kill_at: int) -> None:
        self._library = ctypes.CDLL(None)
        self._kill_at = kill_at

    def watch(self) -> None:
        self._library.kill_at(ctypes.c_long(self._kill_at))

    @property
    def taken(self) -> int:
        return int(self._library.calls_seen())


def _child(folder: Path, seed: int, kill_at: int, by_calls: bool, pipe: int) -> None:
    steps = Calls(kill_at) if by_calls else Steps(kill_at)
    steps.watch()
    writer.BATCH = 9
    perform(folder, seed, lambda: os.write(pipe, b"."))
    os.write(pipe, f"{steps.taken}".encode())
    os._exit(0)


def _jobs() -> Iterator[tuple[Path, int, int, bool]]:
    for line in sys.stdin:
        job = json.loads(line)
        yield Path(job["folder"]), job["seed"], job["kill_at"], job["by_calls"]


def main() -> None:
    for folder, seed, kill_at, by_calls in _jobs():
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _child(folder, seed, kill_at, by_calls, writing)
        os.close(writing)
        with os.fdopen(reading, "rb") as sent:
            said = sent.read()
        _, status = os.waitpid(child, 0)
        steps = said.lstrip(b".").decode()
        outcome = {
            "done": said.count(b"."),
            "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
            "exit": status,
            "steps": int(steps) if steps else None,
        }
        print(json.dumps(outcome), flush=True)


if __name__ == "__main__":
    main()
