"""Quotes in the terminal: the record's words, who said them, when and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from onrecord.places import where, who
from onrecord.terminal import line, say, visible

if TYPE_CHECKING:
    from qa.answer import Citation


def show_quote(to: Console, citation: Citation, style: str, indent: int = 0) -> None:
    """Print one citation: its quote in `style`, then speaker, date, title and place."""
    say(to, (f"“{visible(citation.quote)}”", style), f" [{citation.number}]", indent=indent)
    said_by = who(citation.label, citation.speaker, citation.name)
    say(to, (said_by, "cyan"), f", {line(citation.date or 'undated')}", indent=indent + 4)
    if citation.title:
        say(to, line(citation.title), indent=indent + 4)
    place = where(citation.transcript_id, citation.start_char, citation.end_char, citation.start, citation.end)
    if citation.source:
        say(to, (f"from {line(citation.source)}", "dim"), indent=indent + 4)
    say(to, (place, "dim"), indent=indent + 4)
    if citation.asked:
        asked = f"after {line(citation.asked.label or 'an unnamed voice')}: “{visible(citation.asked.text)}”"
        say(to, (asked, "dim"), indent=indent + 4)
    say(to, "")
