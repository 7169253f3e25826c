"""Carrying on: whom the pronoun of a sentence speaks for ("He also said …"), as far as the sentence before tells.

In: a sentence and the one before it. Out: the readings of the sentence with whoever is named
before in the pronoun's place; the sentence as it is where nobody speaks in it by a pronoun.
"""

from __future__ import annotations

import re

from index.text.reporting import PRONOUNS, attributions, outside_quotations

_PRONOUN = re.compile(rf"\b(?:{'|'.join(PRONOUNS)})\b", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w'’.-]*(?:\s+[^\W\d_a-zß-ÿ][\w'’.-]*)*")


def readings(text: str, before: str | None) -> list[str]:
    """`text` once for each speaker that its pronoun may mean, those who speak in `before` first."""
    if not before or not _PRONOUN.search(text):
        return [text]
    speaks = next((one for one in attributions(text) if one.outer), None)
    if speaks is None or speaks.who.lower() not in PRONOUNS:
        return [text]
    speakers = [one.who for one in attributions(before) if one.who.lower() not in PRONOUNS]
    others = [found.group() for found in _NAME.finditer(outside_quotations(before), 1)]
    meant = dict.fromkeys([*speakers, *others])
    if not speakers:
        return [text]
    return [text[: speaks.span.start] + one + text[speaks.span.end :] for one in meant]
