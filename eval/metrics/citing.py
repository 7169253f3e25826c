"""Citing: whether an answer cites what answers, word for word, and whose words it says they are.

Precision and recall are ALCE's (Gao, Yen, Yu & Chen 2023) with gold evidence in the place of a
model's judgement: of each sentence's citations how many are evidence, and of what was asked how
much is cited. Quotes and speakers are looked up in the dataset's transcripts, not in the archive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from eval.datasets.dataset import Asked, Evidence
from eval.metrics.gold import overlap, stretches
from index.transcript import Transcript, Turn
from qa.answer import Answer, Citation

FIRST = 2
"""Citations within which the right one must stand."""


def citing(answer: Answer, asked: Asked, record: Mapping[str, Transcript]) -> dict[str, float]:
    """Measures of `answer`: against evidence where it is known, against the record where it cites."""
    return _against_evidence(answer, asked) | _against_record(answer, asked, record)


def place(citation: Citation) -> Evidence:
    """Where its quote stands."""
    return Evidence(citation.transcript_id, citation.start_char, citation.end_char)


def cites_any(citations: Sequence[Citation], gold: Sequence[Evidence]) -> bool:
    """Whether any of `citations` is any of `gold`."""
    return any(overlap(place(citation), one) for citation in citations for one in gold)


def _against_evidence(answer: Answer, asked: Asked) -> dict[str, float]:
    if not asked.evidence or asked.answerable is False:
        return {}
    gold = stretches(asked)
    parts = [cites_any(answer.citations, part) for part in asked.evidence]
    found = {
        f"right@{FIRST}": float(cites_any(answer.citations[:FIRST], gold)),
        "citation_recall": sum(parts) / len(parts),
    }
    cited = {one.number: one for one in answer.citations}
    named = [cites_any([cited[number]], gold) for one in answer.sentences for number in one.citations]
    return found | ({"citation_precision": sum(named) / len(named)} if named else {})


def _against_record(answer: Answer, asked: Asked, record: Mapping[str, Transcript]) -> dict[str, float]:
    nearest = answer.abstention.nearest if answer.abstention else ()
    cited = (*answer.citations, *nearest)
    found: dict[str, float] = {}
    if cited:
        exact = [_is_exact(one, record) for one in cited]
        speakers = [_is_speaker(one, record) for one in cited]
        found = {"exact_quotes": sum(exact) / len(cited), "right_speaker": sum(speakers) / len(cited)}
    if asked.filters.speakers:
        outside = [not any(_is_meant(name, one, record) for name in asked.filters.speakers) for one in cited]
        found["outside_filter"] = float(sum(outside))
    return found


def _turn(citation: Citation, record: Mapping[str, Transcript]) -> Turn | None:
    """The turn in which all of it stands."""
    transcript = record.get(citation.transcript_id)
    spans = transcript.spans if transcript else ()
    inside = (at for at, span in enumerate(spans) if span.start <= citation.start_char < citation.end_char <= span.end)
    at = next(inside, None)
    return None if transcript is None or at is None else transcript.turns[at]


def _is_exact(citation: Citation, record: Mapping[str, Transcript]) -> bool:
    if _turn(citation, record) is None:
        return False
    return record[citation.transcript_id].text[citation.start_char : citation.end_char] == citation.quote


def _is_speaker(citation: Citation, record: Mapping[str, Transcript]) -> bool:
    """Whether label, speaker and name are those of the turn."""
    turn = _turn(citation, record)
    if turn is None:
        return False
    name = record[citation.transcript_id].names.get(turn.label or "")
    return (citation.label, citation.speaker, citation.name) == (turn.label, turn.speaker, name)


def _is_meant(name: str, citation: Citation, record: Mapping[str, Transcript]) -> bool:
    """Whether whoever speaks where it stands may be called `name`: all its words but titles are the person's.

    A first name tells people with one surname apart: it must stand in the label or the name behind it.
    """
    turn = _turn(citation, record)
    if turn is None or turn.speaker is None:
        return False
    behind = record[citation.transcript_id].names.get(turn.label or "")
    if name.casefold() in {one.casefold() for one in (turn.label, behind) if one}:
        return True
    asked = spoken_words(name) - _TITLES
    return bool(asked) and asked <= spoken_words(f"{turn.label} {behind or ''}")


def spoken_words(text: str) -> frozenset[str]:
    """The words of a name or label, lower case."""
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


_TITLES = frozenset("mr mrs ms miss dr sir madam the mayor minister secretary senator president councillor".split())
