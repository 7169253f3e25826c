"""Blocks of a text with labels: a label and the paragraphs below it; the first is the header.

A time line is a paragraph of its own. A label in capitals that the file uses elsewhere is found
inside a paragraph too, where the page lost a line break: `12:05 P.M. EDT MODERATOR: Thanks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from index.reading import furniture
from index.reading.labels import Belief, Heading
from index.reading.lines import Line

_TITLE = re.compile(r"#{1,6}\s")
_MOST_LABELS = 200
"""Labels in a file beyond which they are no longer looked for inside paragraphs."""
_BARE_QUESTION = re.compile(r"Q [^\W\d_A-Z]")
_ITEM = re.compile(r"[-*+]\s+(?=\S)")


class Part(Struct):
    """Lines of a paragraph from one printed time to the next."""

    lines: list[str]
    second: float | None = None

    @property
    def text(self) -> str:
        return " ".join(self.lines)


class Paragraph(Struct):
    """`line` is the number of its first line."""

    line: int
    parts: list[Part]
    item: bool = False

    @property
    def text(self) -> str:
        return " ".join(part.text for part in self.parts if part.lines)


class Block(Struct):
    """A heading (None for the header) and the paragraphs below it."""

    heading: Heading | None
    line: int
    paragraphs: list[Paragraph] = field(default_factory=list)


def blocks(lines: Iterable[Line], belief: Belief, *, markdown: bool) -> tuple[list[Block], list[str]]:
    """The header's block and one a printed label; warnings about labels found inside paragraphs."""
    found = [Block(None, 1)]
    before = ""
    for line in lines:
        believed = line.heading and belief.holds(line.heading) and not _goes_on(before, line)
        heading = line.heading if believed else None
        before = line.text
        if heading and (heading.label or len(found) == 1):
            found.append(Block(heading, line.number))
        if heading:
            _add(found[-1], line, heading.rest, heading.second, markdown)
            if heading.style == "item":
                found[-1].paragraphs[-1].item = True
        else:
            _add(found[-1], line, line.text, None, markdown)
    return _split_inside(found, belief.capitals)


def _goes_on(before: str, line: Line) -> bool:
    """Whether `line` opens with a Q of the sentence that the line before it leaves unended: "a\\nQ clearance"."""
    unended = not line.opens and (before.endswith(",") or not line.broken)
    return unended and _BARE_QUESTION.match(line.text) is not None


def _add(block: Block, line: Line, text: str, second: float | None, markdown: bool) -> None:
    last = block.paragraphs[-1] if block.paragraphs else None
    item = markdown and _ITEM.match(text) is not None and (last is None or line.opens or last.item)
    marked = markdown and _TITLE.match(text) is not None
    written = [_ITEM.sub("", text, count=1) if item else text] if text else []
    if last is None or line.opens or item or marked or furniture.is_time_line(text):
        block.paragraphs.append(Paragraph(line.number, [Part(written, second)], item))
    elif second is not None:
        last.parts.append(Part(written, second))
    else:
        last.parts[-1].lines += written


def _split_inside(found: Sequence[Block], capitals: Iterable[str]) -> tuple[list[Block], list[str]]:
    known = sorted((label for label in capitals if len(label) > 3), key=len, reverse=True)
    if not 0 < len(known) <= _MOST_LABELS:
        return list(found), []
    inside = re.compile(rf"(?<!\S)(?P<label>{'|'.join(map(re.escape, known))}):(?=\s)")
    parts = [part for block in found for part in _cut(block, inside)]
    warnings = [
        f"line {block.line}: the label {block.heading.label!r} stands inside a paragraph"
        for block in parts
        if block.heading and block.heading.style == "inside"
    ]
    return parts, warnings


def _cut(block: Block, label: re.Pattern[str]) -> Iterator[Block]:
    current = Block(block.heading, block.line)
    for paragraph in block.paragraphs:
        rest = Paragraph(paragraph.line, [], paragraph.item)
        for part in paragraph.parts:
            text, at = part.text, 0
            for match in label.finditer(text):
                rest.parts.append(Part([text[at : match.start()].rstrip()], part.second))
                current.paragraphs.append(rest)
                yield current
                current = Block(Heading("inside", match["label"], ""), paragraph.line)
                rest, at = Paragraph(paragraph.line, [], paragraph.item), match.end()
            rest.parts.append(Part([text[at:].lstrip()] if at else part.lines, part.second))
        current.paragraphs.append(rest)
    yield current
