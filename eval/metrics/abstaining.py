"""Abstaining: whether what the record answers is answered, and what it does not is declined.

In: an answer and a question of which it is known whether the record answers it. Out: measures by
name; and over all questions, how well a score tells the answerable from the rest. The score is how
sure the answerer says it is; where an answer does not tell, 1 for answered and 0 for abstained.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eval.datasets.dataset import Asked
from eval.metrics.citing import FIRST, cites_any
from qa.answer import Answer

Floats = NDArray[np.float64]

FALSE_ANSWERS = 0.15
"""The share of unanswerable questions that may be answered where the answered ones are counted."""


def abstaining(answer: Answer, asked: Asked) -> dict[str, float]:
    """Whether an answerable question is answered, or an unanswerable one declined; and the score.

    To cite what contradicts a false premise, within the first citations, is to decline it.
    """
    if asked.answerable is None:
        return {}
    answered = answer.status == "answered"
    sure = float(answered) if answer.sureness is None else answer.sureness
    score = {"score": sure, "answerable": float(asked.answerable)}
    if asked.answerable:
        return {"answered": float(answered), **score}
    corrected = cites_any(answer.citations[:FIRST], asked.corrects)
    return {"declined": float(not answered or corrected), **score}


def auroc(scores: Floats, answerable: Floats) -> float:
    """Chance that an answerable question scores above an unanswerable one, equal scores counting half; NaN if either
    kind is missing. The area under the ROC curve, by ranks (Mann & Whitney 1947)."""
    yes, no = scores[answerable > 0], scores[answerable <= 0]
    if not len(yes) or not len(no):
        return float("nan")
    ordered = np.sort(no)
    below = np.searchsorted(ordered, yes, side="left")
    up_to = np.searchsorted(ordered, yes, side="right")
    return float((below + up_to).sum() / (2 * len(yes) * len(no)))


def answered_at(scores: Floats, answerable: Floats, false_answers: float = FALSE_ANSWERS) -> float:
    """Share of answerable questions that score at or above the lowest bar at which no more than `false_answers` of
    the unanswerable do; NaN if either kind is missing."""
    yes, no = scores[answerable > 0], scores[answerable <= 0]
    if not len(yes) or not len(no):
        return float("nan")
    may = int(false_answers * len(no) + 1e-9)
    ordered = np.sort(no)[::-1]
    return 1.0 if may >= len(no) else float((yes > ordered[may]).mean())
