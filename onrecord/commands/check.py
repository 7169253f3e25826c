"""`onrecord check`: a text somebody wrote in, a verdict on each of its quotations and sentences out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import click
from rich.console import Console

from onrecord.exits import DONE, NOT_SO
from onrecord.options import archive, data_option, filter_options, filters, json_option
from onrecord.quoting import show_quote
from onrecord.terminal import console, line, print_json, say, visible

if TYPE_CHECKING:
    from qa.checked import Checked, Checks

_COLOURS = {
    "held": "green",
    "altered": "bold red",
    "misattributed": "bold red",
    "not_found": "yellow",
    "not_checked": "dim",
}


@click.command("check", short_help="Hold a text you wrote against the record.")
@click.argument("file", type=click.File("rb"))
@filter_options
@json_option
@data_option
def command(file: BinaryIO, as_json: bool, **narrowing: Any) -> int:
    """Hold the text in FILE (- for standard input) against the record: each quotation and each other sentence.

    A quotation is held, altered (you see how, word by word), misattributed (you see who said it) or
    not found. Any other sentence is held with the quotes that bear it out, or not, and you see
    why. The exit status is 3 where anything is altered, misattributed or not found.

    \b
    Examples:
      onrecord check article.txt
      onrecord check - --since 2021-01-01 < paragraph.txt
    """
    import asyncio

    from qa.checking import Checker

    text = _decoded(file)
    checks = asyncio.run(Checker(archive().search).check(text, filters(**narrowing)))
    if as_json:
        print_json(checks)
    else:
        show(console(), checks)
    wrong = any(one.verdict not in ("held", "not_checked") for one in checks.sentences)
    return NOT_SO if wrong else DONE


def _decoded(file: BinaryIO) -> str:
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.BadParameter(
            f"{line(file.name)}: the byte at {error.start} is no UTF-8; save the text as UTF-8", param_hint="FILE"
        ) from None


def show(to: Console, checks: Checks) -> None:
    """Print the verdicts in the order of the text, then how many there are of each."""
    for one in checks.sentences:
        say(to, (f"{one.verdict.replace('_', ' ')}: ", _COLOURS[one.verdict]), _written(one))
        if one.difference:
            _show_difference(to, one)
        say(to, (line(one.detail), "dim"), "" if one.citations else "\n", indent=4)
        for citation in one.citations:
            show_quote(to, citation, "bold", indent=4)
    counts = {verdict: sum(one.verdict == verdict for one in checks.sentences) for verdict in _COLOURS}
    summary = ", ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in counts.items() if count)
    say(to, (f"{summary or 'Nothing to check'}.", "dim"))


def _written(one: Checked) -> str:
    return f"“{visible(one.text)}”" if one.kind == "quotation" else visible(one.text)


def _show_difference(to: Console, one: Checked) -> None:
    """The true words with what was left out of them, `{-so-}`, and what was put in, `{+so+}`."""
    styled = {"kept": ("{}", ""), "removed": ("{{-{}-}}", "green"), "added": ("{{+{}+}}", "red")}
    parts: list[tuple[str, str]] = []
    for run in one.difference or ():
        form, style = styled[run.kind]
        words = visible(run.text)
        gap = words[: len(words) - len(words.lstrip())]
        parts.append((gap + form.format(words.strip()), style))
    say(to, *parts, indent=4)
