"""`onrecord ask`: a question in, quotes from the record out, or why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from onrecord.exits import DONE, NOT_SO
from onrecord.options import Words, archive, data_option, filter_options, filters, json_option
from onrecord.places import searched, voices_meant, where, who
from onrecord.terminal import console, line, print_json, say, visible

if TYPE_CHECKING:
    from index.store import Voice
    from qa.answer import Answer, Citation


@click.command("ask", short_help="Ask a question; get quotes that answer it.")
@click.argument("question", type=Words())
@filter_options
@click.option("--as-asked", is_flag=True, help="Take no name in the question for a filter: search everybody's words.")
@click.option("--model", metavar="NAME", help="What picks the sentences that answer  [default: extractive]")
@json_option
@data_option
def command(question: str, as_asked: bool, model: str | None, as_json: bool, **narrowing: Any) -> int:
    """Ask the record a QUESTION and get the sentences that answer it, word for word.

    Each comes with its speaker, date and place. Where the record has no answer, you are told so,
    and why, and how much was searched; the exit status is then 3.

    A question for somebody's words ("What did Pompeo say about …?") is answered from that
    person's words alone; --as-asked searches everybody's.

    \b
    Examples:
      onrecord ask "How many ISIS fighters were detained?"
      onrecord ask "What did Psaki say about vaccines?" --since 2021-02-01 --until 2021-02-28
      onrecord ask "What is said about NATO?" --speaker Stoltenberg --json
    """
    import asyncio

    from qa.asking import Question

    about = archive(model=model)
    asked = Question(text=question, filters=filters(**narrowing), recognise=not as_asked)
    answer = asyncio.run(about.answerer.answer(asked))
    if as_json:
        print_json(answer)
    else:
        show(console(), answer, about.view().voices())
    return DONE if answer.status == "answered" else NOT_SO


def show(to: Console, answer: Answer, voices: list[Voice]) -> None:
    """Print `answer`; `voices` are those of the archive, to say whose words a name found."""
    if answer.abstention:
        say(to, ("No answer in the record. ", "bold yellow"), line(answer.abstention.message), "\n")
        if answer.abstention.nearest:
            say(to, "Nearest to it, though no answer:\n")
        for citation in answer.abstention.nearest:
            _show_quote(to, citation, "dim")
    for citation in answer.citations:
        _show_quote(to, citation, "bold")
    for meant in voices_meant(answer.filters.speakers or answer.recognised.speakers, voices):
        say(to, (meant, "dim"))
    spent = sum(answer.timings.values())
    say(to, (f"Searched {searched(answer.searched)}. Answered by {line(answer.model)} in {spent:,.0f} ms.", "dim"))


def _show_quote(to: Console, citation: Citation, style: str) -> None:
    say(to, (f"“{visible(citation.quote)}”", style), f" [{citation.number}]")
    said_by = who(citation.label, citation.speaker, citation.name)
    say(to, (said_by, "cyan"), f", {citation.date or 'undated'}", indent=4)
    if citation.title:
        say(to, line(citation.title), indent=4)
    place = where(citation.transcript_id, citation.start_char, citation.end_char, citation.start, citation.end)
    say(to, (place, "dim"), "\n", indent=4)
