"""Fits the extractive answerer's coefficients on questions with known answers.

    python -m eval.training.fit_extractive --data DIR eval/questions/{open,more-open,more-aside}.jsonl

Two small regularised models over the features of `qa.models.weighing`: which sentence of those
shown is right (softmax over the sentences of a question), and whether the best one answers at all
(logistic). Prints the coefficients for `ExtractiveSettings`, and how well both do on questions
left out in turn. Deterministic: the same archive and questions give the same coefficients.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.quality import Asked, questions
from index.embedding import load_embedder
from index.search import Search
from index.store import open_store
from qa.answer import Style
from qa.asking import Answerer, Question
from qa.models import Declined, Request, Said
from qa.models.weighing import Candidate, Features, Weights, candidates, ruled_out
from qa.question import Exchange

Array = NDArray[np.float64]

RANKED_BY = ("own", "near", "wide", "late", "behind", "holds", "lacks", "evades")
SURE_BY = ("own", "own_rare", "late", "behind", "similarity", "words")
RANK_PENALTY = 0.01
SURE_PENALTY = 0.02
FOLDS = 10


class Example(Struct, frozen=True, eq=False):
    """A question, the sentences it was shown, and which of them are right."""

    asked: Asked
    shown: list[Candidate]
    right: NDArray[np.bool_]

    def table(self, names: Sequence[str]) -> Array:
        """The features `names` of each sentence [sentences, names]."""
        return np.array([[getattr(one.features, name) for name in names] for one in self.shown], dtype=np.float64)


class Recorder:
    """A model that keeps what it is shown, and declines."""

    id = "recorder"
    style: Style = "quotes"
    styles: tuple[Style, ...] = ("quotes",)
    streams = False
    offline = True

    def __init__(self) -> None:
        self.kept: list[Candidate] = []

    async def reply(self, request: Request) -> AsyncGenerator[Said, None]:
        self.kept = candidates(request.asked, request.found, request.shown, Weights())
        yield Declined("model_declined", "only recording")

    async def rewrite(self, question: str, history: Sequence[Exchange]) -> str | None:  # noqa: ARG002 (the protocol's)
        return None


def examples(data: Path, asked: Sequence[Asked]) -> list[Example]:
    """What the answerer is shown for each of `asked`; those that show nothing are left out."""
    recorder = Recorder()
    answerer = Answerer(Search(open_store(data), load_embedder), recorder, "fitting")
    found = []
    for one in asked:
        recorder.kept = []
        asyncio.run(answerer.answer(Question(text=one.question, filters=one.filters)))
        if recorder.kept:
            right = np.array([_is_right(one, candidate) for candidate in recorder.kept], dtype=bool)
            found.append(Example(one, recorder.kept, right))
    return found


def _is_right(asked: Asked, candidate: Candidate) -> bool:
    label = candidate.passage.turn_of(candidate.sentence).label
    place = candidate.passage.ranked.stored.transcript_id
    return any(accepted.means(candidate.sentence.text, label, place) for accepted in asked.accept)


def fit_ranking(given: Sequence[Example]) -> Array:
    """Coefficients of `RANKED_BY` that make the right sentences likely among those shown."""
    tables = [(one.table(RANKED_BY), one.right) for one in given if one.right.any()]

    def loss(weights: Array) -> float:
        total = 0.0
        for table, right in tables:
            scores = table @ weights
            likely = np.exp(scores - scores.max())
            total -= float(np.log(likely[right].sum() / likely.sum()))
        return total / len(tables) + RANK_PENALTY * float(weights @ weights) / len(weights)

    return _least(loss, len(RANKED_BY))


def best(one: Example, ranking: Array) -> Features:
    """The features of its best sentence."""
    return one.shown[int(np.argmax(one.table(RANKED_BY) @ ranking))].features


def _row(features: Features) -> Array:
    return np.array([1.0, *(getattr(features, name) for name in SURE_BY)])


def fit_sureness(given: Sequence[Example], ranking: Array) -> Array:
    """Coefficients that tell answerable from unanswerable questions by their best sentence, the constant first.

    Those whose best sentence is ruled out need no telling.
    """
    open_ones = [(best(one, ranking), one.asked.answerable) for one in given]
    table = np.array([_row(features) for features, _ in open_ones if not ruled_out(features)])
    sign = np.array([1.0 if answerable else -1.0 for features, answerable in open_ones if not ruled_out(features)])

    def loss(weights: Array) -> float:
        wrong = np.log1p(np.exp(-sign * (table @ weights)))
        return float(wrong.mean()) + SURE_PENALTY * float(weights[1:] @ weights[1:]) / len(weights)

    return _least(loss, table.shape[1])


def _least(loss: Callable[[Array], float], size: int) -> Array:
    return np.asarray(minimize(loss, np.zeros(size)).x, dtype=np.float64)


def left_out(given: Sequence[Example]) -> tuple[Array, Array]:
    """For each example, by models fitted without it: where the first right sentence ranks, and how sure the best is."""
    ranks, sure = np.full(len(given), np.inf), np.zeros(len(given))
    for fold in range(FOLDS):
        kept = [one for at, one in enumerate(given) if at % FOLDS != fold]
        ranking = fit_ranking(kept)
        sureness = fit_sureness(kept, ranking)
        for at in range(fold, len(given), FOLDS):
            one = given[at]
            order = np.argsort(-(one.table(RANKED_BY) @ ranking))
            if one.right.any():
                ranks[at] = int(np.flatnonzero(one.right[order])[0]) + 1
            features = best(one, ranking)
            sure[at] = -np.inf if ruled_out(features) else float(_row(features) @ sureness)
    return ranks, sure


def main() -> None:
    """Fit and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("questions", type=Path, nargs="+")
    options.add_argument("--data", type=Path, required=True, help="the data folder that holds the archive")
    given = options.parse_args()
    shown = examples(given.data, [one for path in given.questions for one in questions(path)])
    ranking = fit_ranking(shown)
    sureness = fit_sureness(shown, ranking)
    print("weights = " + _printed(("constant", *RANKED_BY), [0.0, *ranking]))
    print("sureness = " + _printed(("constant", *SURE_BY), sureness))
    ranks, sure = left_out(shown)
    answerable = np.array([one.asked.answerable for one in shown], dtype=bool)
    print(f"left out in turn: {len(shown)} questions shown sentences, {answerable.sum()} of them answerable")
    for within in (1, 2, 4):
        share = (ranks[answerable] <= within).mean()
        print(f"  right sentence within the first {within}: {share:.2f} of the answerable")
    for bar in (-0.5, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25):
        kept = ((ranks <= 2) & (sure >= bar))[answerable].mean()
        print(f"  sureness at least {bar:5.2f}: right {kept:.2f}, declined {(sure[~answerable] < bar).mean():.2f}")


def _printed(names: Sequence[str], values: Sequence[float] | Array) -> str:
    return f"Weights({', '.join(f'{name}={value:.2f}' for name, value in zip(names, values))})"


if __name__ == "__main__":
    main()
