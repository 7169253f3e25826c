"""Regression bars: what the shipped questions come out as today may not get worse; a spoiled build is caught.

The bundled model over the sample transcripts. The bars lie a little below what was measured, so that a change of
a library's last digit does not fail them; whoever makes the product better raises them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from msgspec import structs

import qa.drawn
import qa.gate.gate
from eval.archives import embedded
from eval.asking import PARTS, Part
from eval.datasets import Dataset, load
from eval.intervals import Interval
from eval.run import run, settings_of
from eval.summary import Group
from eval.targets import Local
from eval.verification import RIGHT, folders, outcomes
from index.embedding import Embedder, load_embedder
from index.passages import PassageSettings
from index.search import Search, SearchSettings
from index.store import View, open_store
from index.transcript import Span
from qa.answer import Citation
from qa.asking import Answerer
from qa.citing import cite
from qa.gate.evidence import Evidence
from qa.gate.judging import Verified
from qa.models import load as load_model

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

AT_LEAST = {
    "hit@1": 0.64,
    "hit@5": 0.85,
    "MRR@10": 0.74,
    "nDCG@10": 0.65,
    "recall@1000w": 0.84,
    "as_spelled_out": 0.70,
    "right@2": 0.34,
    "citation_precision": 0.40,
    "contained": 0.26,
    "stands_alone": 0.84,
    "answered": 0.70,
    "declined": 0.68,
    "AUROC": 0.67,
    "exact_quotes": 1.0,
    "right_speaker": 1.0,
    "borne_out": 1.0,
}
AT_MOST = {"outside_filter": 0.0}

CAUGHT, PASSED = 1.0, 0.98
"""Of the drafts that are wrong by what rules can decide the share that is not shown; of the right ones that is."""

Measure = Callable[..., Group]


def missed(group: Group) -> list[str]:
    """The bars that `group` misses, among the statistics it has."""
    values = {name: figure.value for name, figure in group.figures.items()}
    low = [name for name, bar in AT_LEAST.items() if values.get(name, bar) < bar]
    high = [name for name, bar in AT_MOST.items() if values.get(name, bar) > bar]
    return [f"{name}: {values[name]}" for name in low + high]


def gate() -> list[str]:
    """The bars that the gate misses on drafts over the samples and the hostile transcripts."""
    found = [one for one in outcomes("seen", folders(SAMPLES, None)) if one.case.decidable]
    shares = {}
    for name, wanted in (("caught", False), ("passed", True)):
        some = [one.right for one in found if (one.case.kind in RIGHT) is wanted]
        shares[name] = sum(some) / len(some)
    return [name for name, bar in (("caught", CAUGHT), ("passed", PASSED)) if shares[name] < bar]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load("samples", SAMPLES)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def archive(dataset: Dataset, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = PassageSettings(tokens=embedder.identity.limit)
    return embedded(dataset.transcripts, embedder, settings, tmp_path_factory.mktemp("archives"))


@pytest.fixture
def measure(
    dataset: Dataset, archive: Path, embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Measure:
    """The figures of a build: one question of `each`. Intervals cost most, and none is needed."""
    monkeypatch.setattr("eval.summary.interval", lambda *_: Interval(0.0, 0.0))

    def measured(
        parts: Sequence[Part] = PARTS, settings: SearchSettings | None = None, each: int = 1
    ) -> Group:
        search = Search(open_store(archive), lambda: embedder, settings)
        some = structs.replace(dataset, asked=dataset.asked[::each])
        target = Local(search, Answerer(search, load_model("extractive"), "test"))
        return asyncio.run(run(some, target, tmp_path / "run", settings_of(some, parts, {}))).all

    return measured


def test_the_shipped_questions_come_out_no_worse(measure: Measure) -> None:
    found = measure()
    assert {*AT_LEAST, *AT_MOST} <= set(found.figures)
    assert missed(found) == []


def test_the_gate_tells_drafts_apart() -> None:
    assert gate() == []


@pytest.mark.parametrize(
    "settings",
    [
        SearchSettings(lexical_weight=0, late_weight=0),
        SearchSettings(lexical_weight=1, late_weight=0),
    ],
    ids=["meaning alone", "words alone"],
)
def test_without_fusion_a_bar_is_missed(measure: Measure, settings: SearchSettings) -> None:
    assert missed(measure(parts=("retrieval",), settings=settings))


def test_without_the_gate_a_bar_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def believed(text: str, cited: Evidence, *_: object) -> Verified:
        return Verified(text, "statement", cited.stretches)

    monkeypatch.setattr(qa.gate.gate, "borne_out", believed)
    assert gate() == ["caught"]


def test_with_the_speaker_of_the_turn_before_a_bar_is_missed(
    measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    def misgiven(view: View, transcript_id: str, span: Span, passage_id: int, number: int) -> Citation:
        transcript = view.transcript(transcript_id)
        other = transcript.turns[transcript.turn_at(span.start) - 1]
        right = cite(view, transcript_id, span, passage_id, number)
        return structs.replace(right, label=other.label, speaker=other.speaker)

    monkeypatch.setattr(qa.drawn, "cite", misgiven)
    figures = measure(parts=("answers",), each=4).figures
    assert figures["right_speaker"].value < AT_LEAST["right_speaker"]
    assert figures["exact_quotes"].value == 1
