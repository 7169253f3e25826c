"""Answering: what an answer says, held against references and short gold answers.

In: an answer and a question with `answers`. Token F1 is SQuAD's (Rajpurkar et al. 2016), ROUGE-L
Lin's (2004) with F1; of several references the best counts. A short gold answer is contained where
its words stand together in the answer, digits and number words alike, or where it is the speaker
of what is cited.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from eval.datasets.dataset import Asked
from eval.metrics.citing import spoken_words
from index.text.numerals import numerals
from index.transcript import Transcript
from qa.answer import Answer

_ARTICLES = frozenset(("a", "an", "the"))
_MARKS = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’„«»–—…¡¿", " "))

FEW = 3
"""Sentences within which a short answer is to be read."""

LONGEST_CONTAINED = 12
"""Words up to which a gold answer is looked for as it stands; a longer one is a text to compare with."""


def answering(answer: Answer, asked: Asked) -> dict[str, float]:
    """The measures that can be told of `answer`; of one that abstains those against references are 0."""
    found: dict[str, float] = {}
    said = " ".join(sentence.text for sentence in answer.sentences)
    if answer.sentences:
        found["words"] = float(len(said.split()))
        found["stands_alone"] = float(stands_alone(answer.sentences[0].text))
    if answer.sentences or answer.dropped:
        found["verified"] = float(len(answer.sentences))
        found["drafted"] = float(len(answer.sentences) + len(answer.dropped))
    if asked.answers and asked.answerable is not False:
        found["F1"] = max(token_f1(said, one) for one in asked.answers)
        found["ROUGE-L"] = max(rouge_l(said, one) for one in asked.answers)
        if any(_is_short(one) for one in asked.answers):
            found["contained"] = float(_contained(answer, len(answer.sentences), asked.answers))
            found[f"contained@{FEW}"] = float(_contained(answer, FEW, asked.answers))
    return found


def _contained(answer: Answer, first: int, answers: Sequence[str]) -> bool:
    """Whether any short one is said in the first sentences, or is the speaker of what they cite."""
    sentences = answer.sentences[:first]
    said = " ".join(one.text for one in sentences)
    cited = {number for one in sentences for number in one.citations}
    voices = [f"{one.label or ''} {one.name or ''}" for one in answer.citations if one.number in cited]
    short = [one for one in answers if _is_short(one)]
    return any(contains(said, one) or any(is_speaker(voice, one) for voice in voices) for one in short)


def _is_short(answer: str) -> bool:
    return len(answer.split()) <= LONGEST_CONTAINED


def tokens(text: str) -> list[str]:
    """Lower case, without punctuation and articles, as SQuAD compares answers."""
    return [word for word in text.lower().translate(_MARKS).split() if word not in _ARTICLES]


def token_f1(said: str, reference: str) -> float:
    """The harmonic mean of precision and recall over the words of both, as often as they occur."""
    return _f1(tokens(said), tokens(reference), lambda one, other: sum((Counter(one) & Counter(other)).values()))


def rouge_l(said: str, reference: str) -> float:
    """F1 over the longest sequence of words that both have in this order."""
    return _f1(tokens(said), tokens(reference), _longest_common)


def _f1(said: list[str], reference: list[str], common: Callable[[list[str], list[str]], int]) -> float:
    if not said or not reference:
        return float(said == reference)
    return 2 * common(said, reference) / (len(said) + len(reference))


def _longest_common(one: list[str], other: list[str]) -> int:
    best = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for at, theirs in enumerate(other, 1):
            before, best[at] = best[at], before + 1 if word == theirs else max(best[at], best[at - 1])
    return best[-1]


def contains(text: str, gold: str) -> bool:
    """Whether the words of `gold` stand together in `text`; "47" and "forty-seven" are one word."""
    wanted, lower = tokens(_in_digits(gold)), text.lower()
    # To read the numbers of a text costs most, and few texts have the words.
    if not wanted or not all(word in lower for word in wanted if word.isalpha()):
        return False
    words = tokens(_in_digits(text))
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _in_digits(text: str) -> str:
    """`text` with every number written in one way: in digits, without separators."""
    written, at = [], 0
    for one in numerals(text):
        value = one.value
        digits = str(value.numerator) if value.denominator == 1 else f"{value.numerator}over{value.denominator}"
        written += [text[at : one.span.start], f" {digits} "]
        at = one.span.end
    return "".join([*written, text[at:]])


def is_speaker(voice: str, gold: str) -> bool:
    """Whether `gold` names the speaker with this label and name."""
    wanted = spoken_words(gold)
    return bool(wanted) and wanted <= spoken_words(voice)


def stands_alone(sentence: str) -> bool:
    """Whether a reader who sees nothing before it can tell what it is about, as far as its beginning tells.

    It does not open with a connective or with a pronoun that points back.
    """
    return _POINTS_BACK.match(sentence) is None and len(sentence.split()) >= _FEWEST


_FEWEST = 4
_POINTS_BACK = re.compile(
    r"\W*(?:(?:and|but|so|or|because|also|then|therefore|thus|however|well|yes|no|yeah|und|aber|also|denn)\b"
    r"|(?:he|she|it|they|this|that|these|those|him|her|them|his|their|its|which|such"
    r"|er|sie|es|das|dies|diese[rsmn]?|davon|dafür|damit)\b)",
    re.IGNORECASE,
)


def oracle(asked: Asked, record: Mapping[str, Transcript]) -> dict[str, float]:
    """Whether a short gold answer stands in any one turn that may be cited, or is its speaker's name."""
    short = [one for one in asked.answers if _is_short(one)]
    if not short or asked.answerable is False:
        return {}
    ids = asked.filters.transcripts or tuple(record)
    found = float(any(_holds(record[id], gold) for id in ids if id in record for gold in short))
    return {"contained": found, f"contained@{FEW}": found}


def _holds(transcript: Transcript, gold: str) -> bool:
    voices = {f"{turn.label or ''} {transcript.names.get(turn.label or '', '')}" for turn in transcript.turns}
    return any(is_speaker(voice, gold) for voice in voices) or any(contains(one.text, gold) for one in transcript.turns)
