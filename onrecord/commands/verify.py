"""`onrecord verify`: a saved answer in, each of its quotes as the record has it today out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

import click
from rich.console import Console

from onrecord.exits import DONE, NOT_SO
from onrecord.options import archive, data_option, json_option
from onrecord.places import where
from onrecord.quoting import show_quote
from onrecord.terminal import console, line, print_json, say, visible

if TYPE_CHECKING:
    from qa.answer import Answer
    from qa.receipts import CitationToday, Receipt, State

_COLOURS: dict[State, str] = {"holds": "green", "moved": "cyan", "changed": "bold red", "removed": "bold red"}


@click.command("verify", short_help="Hold a saved answer against the record as it is today.")
@click.argument("file", type=click.File("rb"))
@json_option
@data_option
def command(file: BinaryIO, as_json: bool) -> int:
    """Hold the saved answer in FILE (- for standard input) against the record as it is today.

    FILE is what `onrecord ask --json` printed. Each quote holds, has moved (word for word in the same
    transcript, at another place), has changed (its words, who said them, or when), or was removed
    with its transcript. A sentence of the answer that is not what its citations quote has changed too. The
    exit status is 3 where anything has changed or was removed. Nothing is asked again, and no model is
    loaded.

    \b
    Examples:
      onrecord ask "What does the bridge cost?" --json > answer.json
      onrecord verify answer.json
    """
    from qa.receipts import NotAnAnswer, read, verify

    try:
        answer = read(file.read())
    except NotAnAnswer as error:
        raise click.BadParameter(f"{line(file.name)}: {error}", param_hint="FILE") from None
    receipt = verify(answer, archive().view())
    if as_json:
        print_json(receipt)
    else:
        show(console(), answer, receipt)
    return DONE if receipt.stands else NOT_SO


def show(to: Console, answer: Answer, receipt: Receipt) -> None:
    """Print each quote with what became of it, then how many of each there are."""
    if not receipt.citations and not receipt.problems:
        say(to, "The answer quotes nothing: it abstained, and there is nothing to verify.")
        return
    for citation, today in zip(answer.citations, receipt.citations):
        say(to, (today.state, _COLOURS[today.state]), f": {visible(today.detail)}" if today.detail else "")
        show_quote(to, citation, "bold", indent=4)
        if today.state in ("moved", "changed"):
            _show_now(to, today)
    counts = Counter(today.state for today in receipt.citations)
    for problem in receipt.problems:
        say(to, ("changed", "bold red"), f": {visible(problem)}")
    summary = ", ".join(f"{counts[state]} {state}" for state in _COLOURS if counts[state])
    if receipt.problems:
        summary += f"; {len(receipt.problems)} of the answer itself changed"
    say(to, (f"{summary}.", "dim"))


def _show_now(to: Console, today: CitationToday) -> None:
    """Where the words stand now, and what they are, if they are others."""
    if today.now is not None and today.now != today.quote:
        say(to, "now ", (f"“{visible(today.now)}”", "bold"), indent=4)
    if today.start_char is not None and today.end_char is not None:
        place = where(today.transcript_id, today.start_char, today.end_char, None, None)
        say(to, (f"now {place}", "dim"), "\n", indent=4)
