"""Mending: what a model writes when it is asked to write failed sentences again, one a line, or `DROP`."""

from __future__ import annotations

from qa.gate.draft import Drafted, DraftReader

DROP = "DROP"
"""The word for a sentence that can't be mended."""


def mended(text: str) -> list[Drafted | None]:
    """For each line what it says in place of a failed sentence; None where it gives the sentence up."""
    read: list[Drafted | None] = []
    for line in text.splitlines():
        reader = DraftReader()
        drafted = [*reader.feed(line), *reader.end()]
        if len(drafted) == 1 and drafted[0].numbers:
            read.append(drafted[0])
        elif drafted:
            read.append(None)
    return read
