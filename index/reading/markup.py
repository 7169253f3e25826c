"""Markdown mark-up undone inside a paragraph: emphasis, code, links, tags, escapes, entities.

In: the paragraph as the file writes it. Out: its words as a reader sees them; nothing else is
changed. Emphasis follows CommonMark's flanking rules, a little looser; a mark that opens or closes
nothing is text. Linear in the length of the paragraph.
"""

from __future__ import annotations

import html
import re

_LONGEST = 1 << 20

_TAGS = (
    "a|abbr|b|blockquote|br|cite|code|del|div|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|"
    "small|span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul"
)
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255})>"
    rf"|(?P<tag><!--.{{0,2000}}?-->|</?(?:{_TAGS})(?:\s[^<>]{{0,2000}})?/?>)"
    r"|!?\[(?P<link>[^\[\]]{0,500})\]\((?P<address>[^()\s]{1,2000})(?:\s[^()]{0,200})?\)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<marks>\*+|_+)",
    re.DOTALL,
)


class _Mark:
    """A run of `*` or `_`: how many of them are left as text."""

    def __init__(self, run: str, before: str, after: str) -> None:
        self.character, self.left = run[0], len(run)
        # Converters leave white space before a closing mark: `**Tim Putnam **of Batesville`.
        loose = len(run) > 1 or after == "" or after.isspace()
        opens, closes = not after.isspace() and after != "", before != "" and (loose or not before.isspace())
        inside_word = before.isalnum() and after.isalnum() and self.character == "_"
        self.opens, self.closes = opens and not inside_word, closes and not inside_word

    def __str__(self) -> str:
        return self.character * self.left


def plain(paragraph: str) -> str:
    """`paragraph` without its mark-up; one too long to have been written by anybody is left as it is."""
    if len(paragraph) > _LONGEST:
        return paragraph
    parts: list[str | _Mark] = []
    at = 0
    while found := _TOKEN.search(paragraph, at):
        parts.append(paragraph[at : found.start()])
        at = found.end()
        if ticks := found["ticks"]:
            close = paragraph.find(ticks, at, at + 2000)
            if close >= 0:
                parts.append(paragraph[at:close].strip() or ticks)
                at = close + len(ticks)
            else:
                parts.append(ticks)
        elif marks := found["marks"]:
            parts.append(_Mark(marks, paragraph[found.start() - 1 : found.start()], paragraph[at : at + 1]))
        elif found["link"] is not None:
            parts.append(plain(found["link"]))
        elif entity := found["entity"]:
            parts.append(html.unescape(entity))
        else:
            parts.append(found["escaped"] or found["auto"] or "")
    parts.append(paragraph[at:])
    _match([part for part in parts if isinstance(part, _Mark)])
    return "".join(map(str, parts))


def _match(marks: list[_Mark]) -> None:
    """Take off the marks that open and close each other."""
    opened: dict[str, list[_Mark]] = {"*": [], "_": []}
    for mark in marks:
        waiting = opened[mark.character]
        while mark.closes and mark.left and waiting:
            opener = waiting[-1]
            taken = min(opener.left, mark.left)
            opener.left -= taken
            mark.left -= taken
            if not opener.left:
                waiting.pop()
        if mark.opens and mark.left:
            waiting.append(mark)
