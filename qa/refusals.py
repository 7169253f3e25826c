"""Refusals: what it tells a reader that the record does not bear a sentence out, beside the words that come nearest."""

from __future__ import annotations

from index.text.sentences import is_question
from qa.answer import DropReason
from qa.gate import Evidence, Refused, bearing, dates
from qa.gate.words import content_stems

_WORTH: dict[DropReason, int] = {
    "name_not_in_source": 1,
    "number_not_in_source": 2,
    "date_not_in_source": 2,
    "negation": 2,
    "wrong_speaker": 3,
}
"""Faults beside which the record's own words tell a reader something, the more telling the higher."""


_FEWEST_COMMON = 3
_PART_COMMON = 0.4
"""Words in common with the record's, or their share of the record's, from which the two are about one thing."""

_CONTRADICTING: frozenset[DropReason] = frozenset(("number_not_in_source", "date_not_in_source", "negation"))
"""Faults by which words that otherwise say the same say something else."""


def telling(refused: Refused, written: str, cited: Evidence) -> int:
    """How much the fault tells a reader; nothing where the words cited ask, or are about something else."""
    asks = all(is_question(one) for one in cited.texts)
    common, said = _common(written, cited)
    about = common >= _FEWEST_COMMON or common >= _PART_COMMON * said
    return 0 if asks or not about or bearing.fault(written, cited) else _WORTH.get(refused.fault.reason, 0)


def _common(written: str, cited: Evidence) -> tuple[int, int]:
    """How many words that carry meaning a sentence shares with the record's, and how many the record's has."""
    said = content_stems(" ".join(cited.texts))
    return len(said & content_stems(written)), len(said)


def contradicts(refused: Refused, written: str, cited: Evidence) -> bool:
    """Whether the record's words say the same but for a number, a date or a negation, and not much besides."""
    common, said = _common(written, cited)
    same = bearing.share(written, cited) >= _SAME and common >= said / 2
    return same and refused.fault.reason in _CONTRADICTING


_SAME = 0.75
"""Share of a sentence's content from which another's words say the same."""


def is_said(written: str, cited: Evidence) -> bool:
    """Whether somebody who is named says it, rather than asks it or speaks of something like it."""
    named = [one for one in cited.stretches if one.turn.speaker is not None]
    says = any(not is_question(one.text) for one in named)
    return says and bearing.share(written, cited) >= _SAME and not dates.fault(written, cited)
