"""`onrecord ask`: a question in, an answer that stands on quotes from the record out, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from onrecord.exits import DONE, NOT_SO
from onrecord.options import Words, archive, data_option, filter_options, filters, json_option
from onrecord.places import counted, searched, voices_meant
from onrecord.quoting import show_quote
from onrecord.terminal import console, line, print_json, say, visible

if TYPE_CHECKING:
    from index.store import Voice
    from qa.answer import Answer, Dropped, Recognised


@click.command("ask", short_help="Ask a question; get quotes that answer it.")
@click.argument("question", type=Words())
@filter_options
@click.option("--as-asked", is_flag=True, help="Take no name, date or title in the question for a filter.")
@click.option("--model", metavar="PROVIDER:NAME", type=Words(), help="The model that answers  [default: extractive]")
@click.option(
    "--style",
    type=click.Choice(["quotes", "prose"]),
    help="The record's own words, or sentences that the model writes and the record bears out  [default: the model's]",
)
@click.option(
    "--after",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A saved answer (ask --json) that the question follows up on.",
)
@json_option
@data_option
def command(
    question: str, as_asked: bool, model: str | None, style: Any, after: Path | None, as_json: bool, **narrowing: Any
) -> int:
    """Ask the record a QUESTION and get an answer, each sentence with the quotes it stands on.

    Each quote comes with its speaker, date and place. Where the record has no answer, you are told
    so, and why, and how much was searched; the exit status is then 3.

    A question for somebody's words ("What did Pompeo say about …?") is answered from that person's
    words alone, one about a day or a month from what was said then; --as-asked searches everything.

    \b
    Examples:
      onrecord ask "How many ISIS fighters were detained?"
      onrecord ask "What did Psaki say about vaccines?" --since 2021-02-01 --until 2021-02-28
      onrecord ask "What is said about NATO?" --speaker Stoltenberg --json > nato.json
      onrecord ask "And about Turkey?" --after nato.json
      onrecord ask "Why was it closed?" --model openai:llama3.2 --style prose
    """
    import asyncio

    from qa.asking import Question
    from qa.question import Exchange

    before = [_saved(after)] if after else []
    about = archive(model=model)
    asked = Question(
        text=question,
        filters=filters(**narrowing),
        history=tuple(Exchange(one.understood_as, one.text) for one in before),
        recognise=not as_asked,
        style=style,
    )
    answer = asyncio.run(about.answerer.answer(asked))
    if as_json:
        print_json(answer)
    else:
        show(console(), answer, about.view().voices())
    return DONE if answer.status == "answered" else NOT_SO


def _saved(file: Path) -> Answer:
    """The answer in `file`; wrong usage where it holds none."""
    from qa.receipts import NotAnAnswer, read

    try:
        return read(file.read_bytes())
    except NotAnAnswer as error:
        raise click.BadParameter(f"{line(str(file))}: {error}", param_hint="'--after'") from None


def show(to: Console, answer: Answer, voices: Sequence[Voice]) -> None:
    """Print `answer`; `voices` are those of the archive, to say whose words a name found."""
    if answer.understood_as != " ".join(answer.question.split()):
        say(to, ("Understood as: ", "dim"), line(answer.understood_as), "\n")
    if answer.abstention:
        say(to, ("No answer in the record. ", "bold yellow"), line(answer.abstention.message), "\n")
        if answer.abstention.nearest:
            say(to, "Nearest to it, though no answer:\n")
        for citation in answer.abstention.nearest:
            show_quote(to, citation, "dim")
    for note in answer.notes:
        say(to, (line(note), "yellow"), "\n")
    prose = answer.style == "prose"
    if prose and answer.sentences:
        say(to, (visible(answer.text), "bold"), "\n")
    for citation in answer.citations:
        show_quote(to, citation, "" if prose else "bold")
    if answer.dropped:
        _show_dropped(to, answer.dropped, "wrote" if prose else "named")
    if not (answer.abstention and answer.abstention.reason == "speaker_unknown"):
        for meant in voices_meant(answer.filters.speakers or answer.recognised.speakers, voices):
            say(to, (meant, "dim"))
    if narrowed := _narrowed(answer.recognised):
        say(to, (f"Taken from the question: {narrowed}.", "dim"))
    spent = sum(answer.timings.values())
    say(to, (f"Searched {searched(answer.searched)}. Answered by {line(answer.model)} in {spent:,.0f} ms.", "dim"))


def _narrowed(recognised: Recognised) -> str:
    """Days and transcripts that the question itself named; whose words it wants is said with the voices."""
    parts = [f"from {recognised.since} on"] if recognised.since else []
    parts += [f"until {recognised.until}"] if recognised.until else []
    parts += [f"in {', '.join(map(line, recognised.transcripts))}"] if recognised.transcripts else []
    return ", ".join(parts)


def _show_dropped(to: Console, dropped: Sequence[Dropped], did: str) -> None:
    are, them = ("is", "it") if len(dropped) == 1 else ("are", "them")
    many = f"{counted(len(dropped), 'sentence')} the model {did} {are} not shown"
    say(to, (f"{many}: the record does not bear {them} out.", "dim"))
    for one in dropped:
        say(to, (f"{one.reason}: {line(one.detail)}", "dim"), indent=4)
    say(to, "")
