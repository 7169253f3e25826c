"""What an encoder gives on a dataset, offline: no archive is made, the layers that stay run once for all states.

In: a dataset and the state of an encoder. Out: for each question with evidence MRR@10, hit@5 and the
share of the evidence's words within the first 1,000, for the fusion of words and vectors and with late
interaction above it, ranked as the product ranks. Of a hit the first 150 words count.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from msgspec import Struct
from numpy.typing import NDArray

from eval.datasets import Asked, Dataset, Evidence
from eval.metrics.gold import COUNTED, Words, held, overlap, stretches, words_of
from eval.metrics.retrieval import BUDGET, budgeted
from eval.training.tuning.hidden import Hidden
from index.embedding import EmbeddedQuestion
from index.passages import CountTokens, passages
from index.ranking import best_matches, fused, late_interaction, spread
from index.store.words import Words as Index
from index.transcript import Transcript

MEASURES = ("MRR@10", "hit@5", "recall@1000w")

CANDIDATES, RESCORED = 200, 50
AT_ONCE = 32

Table = NDArray[np.float64]
"""[questions, measures]"""


class Field(Struct, frozen=True):
    """A dataset cut into passages: their texts, and of each the words that count."""

    dataset: Dataset
    record: dict[str, Transcript]
    texts: list[str]
    shown: list[Words]
    index: Index
    asked: list[Asked]

    @property
    def all_texts(self) -> list[str]:
        """All that has to be encoded."""
        return [*self.texts, *(one.question for one in self.asked)]


def field(dataset: Dataset, count: CountTokens) -> Field:
    """`dataset` as it is searched; passages are numbered from 1."""
    record = {str(one.id): one for one in dataset.transcripts}
    texts: list[str] = []
    shown: list[Words] = []
    for id, transcript in record.items():
        for passage in passages(transcript, count):
            texts.append(passage.text)
            words = words_of(Evidence(id, passage.start, passage.end), record)
            end = words.starts[COUNTED] if len(words.starts) > COUNTED else passage.end
            shown.append(Words(Evidence(id, passage.start, end), words.starts[:COUNTED]))
    index = Index.in_memory(enumerate(texts, 1), 0)
    return Field(dataset, record, texts, shown, index, [one for one in dataset.asked if one.evidence])


@torch.no_grad()
def measured(given: Field, hidden: Hidden, weights: NDArray[np.float32], late: Sequence[float]) -> list[Table]:
    """A table for each share of late interaction in `late`; 0 is the fusion alone. `weights`: a wordpiece's idf."""
    vectors, tokens = _passages(given.texts, hidden)
    within = np.array([one.place.transcript for one in given.shown])
    rows: list[list[list[float]]] = [[] for _ in late]
    for asked in given.asked:
        question = _question(asked.question, hidden, weights)
        scope = np.arange(len(within))
        if asked.filters.transcripts:
            scope = np.flatnonzero(np.isin(within, asked.filters.transcripts))
        order, score = _fusion(given.index, asked.question, vectors, question, scope)
        matched = late_interaction(question, best_matches(question, [tokens[at] for at in order]))
        for share, table in zip(late, rows):
            best = order[np.argsort(-fused([(score, 1 - share), (matched, share)]), kind="stable")]
            table.append(_measures([given.shown[at] for at in best], asked, given.record))
    return [np.array(table) for table in rows]


def _passages(texts: Sequence[str], hidden: Hidden) -> tuple[NDArray[np.float32], list[NDArray[np.int8]]]:
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    vectors: dict[int, NDArray[np.float32]] = {}
    tokens: dict[int, NDArray[np.int8]] = {}
    for begin in range(0, len(order), AT_ONCE):
        part = order[begin : begin + AT_ONCE]
        encoded = hidden.encoded([texts[at] for at in part])
        small = np.rint(encoded.tokens.numpy() * 127).astype(np.int8)
        for row, at in enumerate(part):
            vectors[at] = encoded.vectors[row].numpy()
            tokens[at] = small[row, encoded.spoken[row].numpy()]
    return np.stack([vectors[at] for at in range(len(texts))]), [tokens[at] for at in range(len(texts))]


def _question(text: str, hidden: Hidden, weights: NDArray[np.float32]) -> EmbeddedQuestion:
    encoded = hidden.encoded([text])
    rare = weights[hidden.ids([text])[0][1:-1]]
    spans = np.zeros((len(rare), 2), np.int32)
    return EmbeddedQuestion(encoded.vectors[0].numpy(), encoded.tokens[0, encoded.spoken[0]].numpy(), rare, spans)


def _fusion(
    index: Index, text: str, vectors: NDArray[np.float32], question: EmbeddedQuestion, scope: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The passages to score again, best first, and their scores; as `index.search` does it."""
    similarity = vectors[scope] @ question.vector
    dense = scope[np.argsort(-similarity, kind="stable")[:CANDIDATES]]
    lexical = index.search(text, CANDIDATES, scope + 1)
    candidates = np.union1d(dense, lexical.ids - 1)
    floor = float(lexical.scores[-1]) if len(lexical.ids) >= CANDIDATES else 0.0
    words = spread(candidates, lexical.ids - 1, lexical.scores, floor)
    score = fused([(words, 0.5), (vectors[candidates] @ question.vector, 0.5)])
    order = np.argsort(-score, kind="stable")[:RESCORED]
    return candidates[order], score[order]


def _measures(shown: Sequence[Words], asked: Asked, record: dict[str, Transcript]) -> list[float]:
    gold = stretches(asked)
    hits = [any(overlap(one.place, stretch) for stretch in gold) for one in shown[:10]]
    within = [one.place for one in budgeted(shown, BUDGET)]
    words = [words_of(one, record) for one in gold]
    recall = sum(held(one, within) for one in words) / max(1, sum(len(one.starts) for one in words))
    return [1 / (hits.index(True) + 1) if any(hits) else 0.0, float(any(hits[:5])), recall]
