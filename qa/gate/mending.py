"""Mending: what a model writes when it is asked to write failed sentences again, one a line, or `DROP`."""

from __future__ import annotations

from prompts import DROP
from qa.gate.draft import Drafted, DraftReader


def mended(text: str) -> list[Drafted | None]:
    """For each line what it says in place of a failed sentence; None where it gives the sentence up."""
    read: list[Drafted | None] = []
    uncited = ""
    for line in text.split("\n"):
        reader = DraftReader()
        drafted = [*reader.feed(line), *reader.end()]
        if not drafted:
            continue
        if uncited and not drafted[0].text:
            read[-1], uncited = Drafted(uncited, drafted[0].numbers), ""  # its numbers stand on a line of their own
            continue
        one = drafted[0] if len(drafted) == 1 else None
        read.append(one if one and one.numbers else None)
        uncited = one.text if one and not one.numbers and one.text != DROP else ""
    return read
