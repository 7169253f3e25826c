"""Near enough to be shown beside a question that has no answer: a sentence that speaks of what is asked.

In: the question as understood, whose words it wants, a sentence of the record. Out: whether the two have words in
common that carry meaning. Something is always ranked first, however little it has to do with the question; a reader
who is shown it looks for what it has to say to that.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.text.reporting import SAYING
from qa.answer import AbstentionReason
from qa.gate.words import content_stems, stem

_ENOUGH = 2
"""Words in common that are enough, however long a question is; half of those of a short one are."""


def is_near(sentence: str, question: str, speakers: Sequence[str], reason: AbstentionReason) -> bool:
    """Whether `sentence` is worth a look where `question` is answered by nothing for `reason`.

    That somebody says something, and who, is asked for and no topic. Where what was found bears on the
    question, one word in common shows it; a question without a topic has nothing to be held to.
    """
    topic = content_stems(question) - _saying() - content_stems(" ".join(speakers))
    enough = min(_ENOUGH, (len(topic) + 1) // 2) if reason == "nothing_relevant" else min(1, len(topic))
    return len(topic & content_stems(sentence)) >= enough


@lru_cache(maxsize=1)
def _saying() -> frozenset[str]:
    return frozenset(map(stem, SAYING))
