"""Pointing: sentence numbers as JSON, for servers that hold a model to a schema.

In: the numbers that were shown. Out: a schema that allows no others; and what a model wrote under
it, as the markers of a draft.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from prompts import MOST, NO_ANSWER, Number

MOST_SHOWN = 250
"""Numbers a schema may list: beyond that OpenAI takes none."""


class Pointing(Struct, frozen=True, forbid_unknown_fields=True):
    """What a model writes: markers, the best first; none where nothing shown answers."""

    sentences: list[str]


def schema(numbers: Sequence[Number]) -> dict[str, object]:
    """The JSON schema of a Pointing at `numbers`."""
    marker = {"type": "string", "enum": [f"[{passage}.{sentence}]" for passage, sentence in numbers]}
    return {
        "type": "object",
        "properties": {"sentences": {"type": "array", "items": marker, "maxItems": MOST}},
        "required": ["sentences"],
        "additionalProperties": False,
    }


def markers(written: str) -> str:
    """`written` as the text of a draft; as it stands where it is no Pointing: a model may have ignored the schema."""
    try:
        pointing = msgspec.json.decode(written, type=Pointing)
    except msgspec.DecodeError:
        return written
    if not all(_MARKER.fullmatch(one) for one in pointing.sentences):
        return written
    return "\n".join(list(dict.fromkeys(pointing.sentences))[:MOST]) or NO_ANSWER


_MARKER = re.compile(r"\[\d+\.\d+\]")
