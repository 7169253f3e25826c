"""A run: a dataset's questions put to a target, in a folder that can be gone on with.

`settings.json`: what is asked of what, by which versions. `questions.jsonl`: a row for each question,
written as it is answered. `summary.json` and `speed.json`: the figures, written at the end. A run that
was killed goes on with the first question that has no row, and ends with the same summary.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock, Timeout
from msgspec import Struct

from eval.archives import NotHeld
from eval.asking import Part, Row, ask
from eval.datasets.dataset import Dataset
from eval.intervals import SEED
from eval.judging import Judge
from eval.summary import Speed, Summary, speeds, summarised
from eval.targets import Target
from index.errors import OnrecordError

SETTINGS, QUESTIONS, SUMMARY, SPEED = "settings.json", "questions.jsonl", "summary.json", "speed.json"
PASSED_OVER = "passed_over.json"

Told = Callable[[int, int, str], None]
"""How many questions are answered, of how many, and the one at hand."""

_PACKAGES = ("onrecord", "numpy", "onnxruntime", "faiss-cpu", "tantivy", "ir-measures")


class NotThisRun(OnrecordError):
    """A folder that holds something else than the run that is to go on there."""


class RunSettings(Struct, frozen=True, kw_only=True):
    """`asked`: what is asked, as the command was given. `digest`: of all questions and transcripts."""

    dataset: str
    digest: str
    questions: int
    transcripts: int
    parts: tuple[Part, ...]
    asked: dict[str, Any]
    seed: int
    versions: dict[str, str]


class Run(Struct, frozen=True):
    """A run that is over, as it is read from its folder."""

    folder: Path
    settings: RunSettings
    rows: tuple[Row, ...]
    summary: Summary
    speed: dict[str, Speed]


def settings_of(dataset: Dataset, parts: Sequence[Part], asked: Mapping[str, Any]) -> RunSettings:
    """The settings of a run of `dataset` as this environment would make it."""
    return RunSettings(
        dataset=dataset.name,
        digest=digest(dataset),
        questions=len(dataset.asked),
        transcripts=len(dataset.transcripts),
        parts=tuple(parts),
        asked=dict(asked),
        seed=SEED,
        versions={"python": platform.python_version(), **dict(_installed())},
    )


def _installed() -> Iterator[tuple[str, str]]:
    """The packages that figures may depend on, with their versions; what is not installed measures nothing."""
    for name in _PACKAGES:
        with suppress(PackageNotFoundError):
            yield name, version(name)


def digest(dataset: Dataset) -> str:
    """Of the questions and what is known of them, and of the transcripts' texts."""
    made = hashlib.sha256(msgspec.json.encode(dataset.asked))
    for one in dataset.transcripts:
        made.update(f"{one.id} {one.digest}\n".encode())
    return "sha256:" + made.hexdigest()


async def run(
    dataset: Dataset,
    target: Target,
    into: Path,
    settings: RunSettings,
    told: Told = lambda done, of, at: None,  # noqa: ARG005 (the callback's)
    judge: Judge | None = None,
) -> Summary:
    """Ask what is not asked yet, and write the summary. NotThisRun, NotHeld, TargetFailed, ModelError."""
    into.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(into / ".lock", timeout=0):
            _begin(into, settings)
            return await _asked(dataset, target, into, settings, told, judge)
    except Timeout:
        raise NotThisRun(f"{into}: another process is at this run; wait until it is done") from None


async def _asked(
    dataset: Dataset, target: Target, into: Path, settings: RunSettings, told: Told, judge: Judge | None
) -> Summary:
    if lacking := {str(one.id) for one in dataset.transcripts} - await target.transcripts():
        some = ", ".join(sorted(lacking)[:5])
        raise NotHeld(f"what is asked lacks {len(lacking)} of {settings.transcripts} transcripts, such as {some}")
    record = {str(one.id): one for one in dataset.transcripts}
    rows = rows_of(into, mend=True)
    done = {row.id for row in rows}
    with (into / QUESTIONS).open("ab") as file:
        for asked in dataset.asked:
            if asked.id in done:
                continue
            told(len(rows), len(dataset.asked), asked.question)
            rows.append(await ask(target, asked, settings.parts, record, judge))
            file.write(msgspec.json.encode(rows[-1]) + b"\n")
            file.flush()
    # As written, so that a run that was broken off is summed up from the same numbers.
    rows = rows_of(into)
    summary = summarised(dataset.name, rows)
    _write(into / SPEED, speeds(rows))
    _write(into / SUMMARY, summary)
    return summary


def _begin(into: Path, settings: RunSettings) -> None:
    """Write down what is asked, or agree with what stands there."""
    file = into / SETTINGS
    if not file.exists():
        if (into / QUESTIONS).exists():
            raise NotThisRun(f"{into} holds questions of an unknown run; name another folder")
        _write(file, settings)
        return
    before = msgspec.json.decode(file.read_bytes(), type=RunSettings)
    now = msgspec.json.decode(msgspec.json.encode(settings), type=RunSettings)
    differing = [name for name in settings.__struct_fields__ if getattr(before, name) != getattr(now, name)]
    if differing:
        raise NotThisRun(f"{into} holds a run with other {', '.join(differing)}; name another folder, or remove it")


def rows_of(folder: Path, mend: bool = False) -> list[Row]:
    """The rows written so far; with `mend` a last line that was broken off is taken away."""
    file = folder / QUESTIONS
    written = file.read_bytes() if file.exists() else b""
    whole = written[: written.rfind(b"\n") + 1]
    if mend and len(whole) < len(written):
        with file.open("r+b") as broken:
            broken.truncate(len(whole))
    return [msgspec.json.decode(line, type=Row) for line in whole.splitlines()]


def read(folder: Path) -> Run:
    """The run in `folder`. NotThisRun where it holds none that is over."""
    try:
        return Run(
            folder,
            msgspec.json.decode((folder / SETTINGS).read_bytes(), type=RunSettings),
            tuple(rows_of(folder)),
            msgspec.json.decode((folder / SUMMARY).read_bytes(), type=Summary),
            msgspec.json.decode((folder / SPEED).read_bytes(), type=dict[str, Speed]),
        )
    except FileNotFoundError as error:
        raise NotThisRun(f"{folder} holds no run that is over: there is no {Path(error.filename).name}") from None
    except msgspec.MsgspecError as error:
        raise NotThisRun(f"{folder} holds no run that this version wrote: {error}") from None


def _write(file: Path, value: object) -> None:
    """The whole of it or nothing."""
    written = file.with_suffix(".writing")
    written.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
    written.replace(file)
