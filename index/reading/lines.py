"""Lines of a text with labels: which open a paragraph, which were broken on purpose, what label each may open with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from index.reading import furniture
from index.reading.labels import Heading, heading

_QUOTED = re.compile(r"(?:>\s?)+(?!>)")
_SENTENCE_END = tuple(".?!…:;—–-)]\"”’*")
_TITLE_LAST = re.compile(r"(?<!\S)(?:M[RS]|MRS|DR|SEN|REP|GOV|GEN|SECRETARY|AMBASSADOR|ADMINISTRATOR)\.?$")
_WIDEST_WRAP = 120


class Line(Struct, frozen=True):
    """A line without the white space at its edges.

    `opens`: it opens a paragraph. `broken`: the line before it was ended on purpose, not because
    it was full.
    """

    number: int
    text: str
    opens: bool
    broken: bool
    heading: Heading | None


def lines(printed: Sequence[str], first: int, *, markdown: bool) -> list[Line]:
    """The lines that aren't blank; `first` is the number of the first of `printed`."""
    width = _width(printed)
    found: list[Line] = []
    before = ""
    for number, line in enumerate(printed, first):
        bare = _bare(line) if markdown else line.strip()
        for text in furniture.apart(bare):
            opens = not before or furniture.is_time_line(before)
            fitted = len(before) + 1 + len(text[: width + 1].split(maxsplit=1)[0]) <= width
            broken = fitted or before.endswith(_SENTENCE_END)
            # `MS.` at the end of a line belongs to the label on the next.
            cut = not opens and _TITLE_LAST.search(before[-12:]) is not None
            found.append(Line(number, text, opens, broken, None if cut else heading(text, markdown)))
            before = text
        before = bare and before
    return found


def _bare(line: str) -> str:
    """Without the marks of a quotation and of a hard break."""
    text = line.strip().removesuffix("\\").rstrip()
    return text if text.startswith(">>") else _QUOTED.sub("", text, count=1) if text.startswith(">") else text


def _width(printed: Sequence[str]) -> int:
    """The width that lines are wrapped at; wider than any where they are not wrapped."""
    lengths = [len(line.strip()) for line in printed]
    followed = sorted(a for a, b in pairwise(lengths) if a and b)
    usual = followed[len(followed) * 9 // 10] if followed else _WIDEST_WRAP + 1
    return usual if usual <= _WIDEST_WRAP else 1 << 30
