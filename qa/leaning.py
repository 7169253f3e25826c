"""What a follow-up may lean on: the questions and answers before it, the last of them taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from index.store import Voice
from index.text.names import bears, surname
from qa.antecedents import one_of, people
from qa.frame import AUX, Frame

JOINING = re.compile(r"^(?:(?:and|but|so|also|then|well|ok(?:ay)?|now)\b,?\s+)+(?!far\b|called\b)", re.IGNORECASE)
"""What joins a question to the one before it."""

WHAT_ABOUT = re.compile(
    r"(?:(?:what|how)\s+about|the\s+same\s+(?:question\s+)?(?:for|about|with|of)|same\s+(?:for|about|with))\s+",
    re.IGNORECASE,
)
"""What announces a part that takes another's place."""

WHOLE = re.compile(
    rf"(?:what|when|where|why|how|who|whom|whose|which|{AUX}|tell|list|show|give|name|explain|to\s+whom)\b",
    re.IGNORECASE,
)
"""How a whole question begins."""

ENDS = r"[\s?!.]*$"

_WHO = re.compile(r"who\b|which\s+\w+\b", re.IGNORECASE)
_MOST_CHARACTERS = 2_000
"""Of an answer, in which names are looked for."""


LONGEST_QUESTION = 2_000
"""Characters of a question, and of one made to stand alone."""


class Exchange(Struct, frozen=True, forbid_unknown_fields=True):
    """A question asked before, and the text of its answer."""

    question: str
    answer: str


class Leaning:
    """A question and what it may lean on."""

    def __init__(self, text: str, past: Sequence[Exchange], voices: Sequence[Voice]) -> None:
        self.joined = JOINING.match(text) is not None
        self.text = JOINING.sub("", text).strip()
        self.voices = voices
        self.frame = Frame(past[-1].question, voices)
        self._past = past

    def person(self, pronoun: str, besides: Sequence[str] = ()) -> str | None:
        """Whom `pronoun` means: of those asked last, then those named last, then those of earlier questions.

        An answer's bare office ("the President") is nobody whom the next question takes up.
        """
        levels: list[list[str]] = []
        for exchange in reversed(self._past):
            frame = self.frame if exchange is self._past[-1] else Frame(exchange.question, self.voices)
            asked, known = frame.names(frame.asked), frame.names(frame.known)
            answered = list(filter(surname, names_in(exchange.answer[:_MOST_CHARACTERS], self.voices)))
            new = [name for name in answered if not any(bears(one, name, None) for one in known)]
            levels += [asked, new, known] if _WHO.match(frame.text) else [asked, known, answered]
            levels.append(frame.strangers())
        return one_of(pronoun, [[name for name in level if name not in besides] for level in levels], self.voices)


def names_in(text: str, voices: Sequence[Voice]) -> list[str]:
    """The people that `text` names, in order."""
    return list(dict.fromkeys(text[one.start : one.end] for one in people(text, voices)))
