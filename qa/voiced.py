"""Voiced: who says words of the record, put in words."""

from __future__ import annotations

from collections.abc import Sequence

from index.text.reporting import QUESTIONERS
from qa.gate import Stretch
from qa.standing import is_asked


def told_by(stretch: Stretch) -> str:
    return f"“{stretch.text}”, {asked_by(stretch) if is_asked(stretch) else f'said by {voice(stretch)}'}"


def asked_by(stretch: Stretch) -> str:
    """Who asks it, of whom the record has no name."""
    who = "a reporter" if (stretch.label or "").lower() in _QUESTIONS else "somebody who is not named"
    return f"asked by {who} ({stretch.label})"


_QUESTIONS = QUESTIONERS | {"q", "question"}


def voices(stretches: Sequence[Stretch]) -> str:
    return ", ".join(dict.fromkeys(voice(one) for one in stretches))


def voice(stretch: Stretch) -> str:
    if stretch.label is None:
        return "an unnamed voice"
    return f"{stretch.label} ({stretch.name})" if stretch.name else stretch.label
