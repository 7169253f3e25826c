"""Labels that name nobody: their turns have no speaker."""

from __future__ import annotations

import re

_NOBODY = re.compile(
    r"(?:q|question|questions|frage|pregunta|system|unknown|unidentified|unattributed|inaudible|none|n/?a|speaker|voice|voices)"
    r"|(?:un(?:known|identified)|unnamed|inaudible)\s+(?:\w+\s*){1,3}"
    r"|\W*",
    re.IGNORECASE,
)


def names_nobody(label: str | None) -> bool:
    """Whether the label (`Q`, `UNIDENTIFIED MALE`, `SYSTEM`, blank, none) names no voice in particular."""
    return label is None or _NOBODY.fullmatch(label.strip(" \t\xa0.:()[]*?#")) is not None


def speaker_of(label: str | None) -> str | None:
    """The speaker a label stands for: itself, or None where it names nobody."""
    return None if names_nobody(label) else label
