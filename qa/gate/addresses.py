"""Addresses: web addresses, mail addresses and handles of a draft stand in what it cites, letter by letter."""

from __future__ import annotations

import re

from qa.gate.evidence import Evidence
from qa.gate.fault import Fault

_ADDRESS = re.compile(
    r"https?://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@\w{2,}"
    r"|\b(?:[\w-]+\.)+(?:com|org|net|gov|edu|info|io|example|[a-z]{2})\b(?![.]\w)(?:/\S*)?",
    re.IGNORECASE,
)
_HINT = re.compile(r"@|://|www\.|\.[a-z]")
"""Something of every address, small."""
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]\.?", re.IGNORECASE)


def fault(text: str, evidence: Evidence) -> Fault | None:
    """The first address in `text` that stands in none of the cited words."""
    if not _HINT.search(text.lower()):
        return None
    cited = "\n".join(evidence.texts).casefold()
    for found in _ADDRESS.finditer(text):
        address = found.group().rstrip(".,;:!?)”’\"'")
        if not _INITIALS.fullmatch(address) and address.casefold() not in cited:
            return Fault("name_not_in_source", f"the address “{address}” does not stand in the cited words")
    return None
