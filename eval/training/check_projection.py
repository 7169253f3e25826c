"""Hold the shipped projection against the vectors it stands for: do both rank passages alike?

    python -m eval.training.check_projection DATA

Questions of the QMSum training meetings, ranked over a sample of passages by late interaction
(the idf-weighted mean, over a question's tokens, of the best cosine with a passage's token),
once in 384 dimensions and once as stored: 64 dimensions, int8. Prints Spearman's correlation
within each question's ranking and how many of the first ten are the same, means over questions.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.training.corpus import permissive_passages
from eval.training.fit_projection import SEED, Floats, token_vectors
from index.embedding import load_embedder

PASSAGES = 150
QUESTIONS = 50


def main(data: Path) -> None:
    embedder = load_embedder()
    draw = np.random.default_rng(SEED + 1)
    texts = [str(text) for text in draw.choice(permissive_passages(data, embedder.count), PASSAGES, replace=False)]
    questions = [str(text) for text in draw.choice(_questions(data), QUESTIONS, replace=False)]
    asked = [embedder.question(question) for question in questions]
    small = [np.asarray(one.tokens / 127, np.float32) for one in embedder.passages(texts)]
    whole = list(token_vectors(texts))
    same, alike = [], []
    for question, full in zip(asked, token_vectors(questions)):
        stored = late_scores(question.tokens, question.weights, small)
        wanted = late_scores(full, question.weights, whole)
        alike.append(np.corrcoef(_ranks(stored), _ranks(wanted))[0, 1])
        same.append(len(set(np.argsort(-stored)[:10]) & set(np.argsort(-wanted)[:10])))
    print(f"{QUESTIONS} questions over {PASSAGES} passages: rank correlation {np.mean(alike):.3f}, at least")
    print(f"{np.min(alike):.3f}; of the first ten {np.mean(same):.1f} are the same")


def _questions(data: Path) -> list[str]:
    meetings = sorted((data / "qmsum" / "train").glob("*.json"))
    return [asked["query"] for path in meetings for asked in json.loads(path.read_text("utf-8"))["specific_query_list"]]


def late_scores(question: Floats, weights: Floats, passages: list[Floats]) -> Floats:
    best = np.stack([(question @ tokens.T).max(axis=1) for tokens in passages])
    return np.asarray(best @ weights / weights.sum(), np.float32)


def _ranks(scores: Floats) -> NDArray[np.intp]:
    return np.argsort(np.argsort(scores))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
