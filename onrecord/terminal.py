"""The terminal: text of the record made safe to show, and the ways to print it.

Standard output holds the result and nothing else, plain where it is no terminal; progress, notes
and errors go to standard error. Text of transcripts is never read as mark-up, and what could
steer a terminal (control characters) or turn its order about (bidirectional overrides) is shown
escaped.
"""

from __future__ import annotations

import io
import re
import sys

import click
from msgspec import json
from rich.console import Console
from rich.text import Text

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """`text` with all that steers a terminal escaped (`\\x1b`, `\\u202e`); line feeds and tabs stay."""
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


def line(text: str) -> str:
    """`text` visible and on one line."""
    return visible(" ".join(text.split()))


def console(*, stderr: bool = False) -> Console:
    """Standard output or error, where nothing printed is interpreted."""
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=True)


def say(to: Console, *parts: str | tuple[str, str], indent: int = 0) -> None:
    """Print `parts` (text, or text and its style) as one paragraph; in a terminal wrapped under its indent."""
    text = Text.assemble(*parts)
    lines = text.wrap(to, to.width - indent) if to.is_terminal else text.split("\n", allow_blank=True)
    for one in lines:
        one.rstrip()
        to.print(Text(" " * indent) + one if one else one)


def print_json(document: object) -> None:
    """One JSON document on standard output, in UTF-8 whatever the terminal's encoding is."""
    click.echo(json.format(json.encode(document), indent=2))


def complain(message: str) -> None:
    """One readable line on standard error."""
    print(f"onrecord: {line(message)}", file=sys.stderr)


def never_fail_to_print() -> None:
    """Where the terminal's encoding lacks a character, show its escape rather than break off."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def note(message: str) -> None:
    """One line on standard error that is no complaint."""
    print(line(message), file=sys.stderr)
