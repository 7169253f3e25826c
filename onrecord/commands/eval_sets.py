"""`onrecord eval new` and `onrecord eval sample`: a set of questions of one's own, begun and written."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import structs
from rich.console import Console

from onrecord.exits import DONE
from onrecord.options import Words, archive, data_option
from onrecord.places import counted
from onrecord.terminal import console, line, say, visible

if TYPE_CHECKING:
    from eval.datasets.drawing import Drawn
    from eval.datasets.form import EvidenceForm, QuestionForm
    from eval.datasets.sheet import Sheet
    from index.filters import Filters
    from onrecord.archive import Archive

_DEPTH = 10
"""Passages looked at for a question that is judged."""


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def new(folder: Path) -> int:
    """Begin a set of questions in DIR: a README, five questions that show the format, and the transcript they ask.

    \b
    Example:
      onrecord eval new my-questions
    """
    from eval.datasets.beginning import begin

    for path in begin(folder):
        click.echo(str(path))
    return DONE


@click.command("sample")
@click.option(
    "--into",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE",
    help="The questions.jsonl to add to.",
)
@click.option(
    "-n",
    "most",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="How many passages to draw, or questions to judge.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws in another order.")
@click.option("--judge", is_flag=True, help="Draw nothing; say where the questions in FILE that lack it are answered.")
@data_option
def sample(into: Path, most: int, seed: int, judge: bool) -> int:
    """Draw passages from the archive, and ask you for a question to each.

    A passage is shown with its sentences numbered; you write a question that it answers, say which sentences do,
    and, if you like, a short answer. Or you skip it. Every question is in FILE at once; stop whenever you like, and
    the same command goes on with passages that you have not seen.

    With --judge you are shown, for each question in FILE that nobody has judged, the passages that search
    finds, and you say which sentences answer it, or that the record does not.

    \b
    Examples:
      onrecord eval sample --into my-questions/questions.jsonl
      onrecord eval sample --into questions.jsonl -n 5 --seed 7
      onrecord eval sample --into questions.jsonl --judge
    """
    from eval.datasets.sheet import Sheet

    sheet, to = Sheet(into), console()
    done = _judged(archive(), sheet, most, to) if judge else _written(archive(), sheet, most, seed, to)
    say(to, (f"{counted(done, 'question')} {'judged' if judge else 'written'}; they are in {line(str(into))}", "bold"))
    return DONE


def _written(about: Archive, sheet: Sheet, most: int, seed: int, to: Console) -> int:
    """How many questions somebody wrote to the passages drawn."""
    from eval.datasets.drawing import draws, evidence

    done = 0
    for number, one in enumerate(islice(draws(about.view(), seed, sheet.drawn), most), 1):
        _show(to, f"{number} of {most}", one)
        question = _asked("A question that it answers (Enter: skip, q: stop)")
        if question == "q":
            break
        if question:
            first, last = _picked("Which sentences answer it (2, or 2-3)", len(one.said))
            sheet.write(question, evidence(one, first, last), _asked("A short answer (Enter: none)"))
            done += 1
        sheet.settled(one)
    return done


def _judged(about: Archive, sheet: Sheet, most: int, to: Console) -> int:
    """How many questions somebody judged."""
    done = 0
    for at, form in sheet.unjudged[:most]:
        say(to, (line(form.spelled_out or form.question), "bold"))
        found, whole = _looked_for(about, form, to)
        if found or (whole and click.confirm("Is it answered nowhere, as far as you know?", default=False)):
            sheet.judge(at, found)
            done += 1
        if not whole:
            break
    return done


def _looked_for(about: Archive, form: QuestionForm, to: Console) -> tuple[list[EvidenceForm], bool]:
    """What somebody says answers the question, and whether they went on to the end."""
    from eval.datasets.drawing import drawn, evidence

    hits = about.search.find(form.spelled_out or form.question, _within(about, form), _DEPTH)
    found: list[EvidenceForm] = []
    for number, ranked in enumerate(hits.passages, 1):
        one = drawn(hits.view.transcript(ranked.stored.transcript_id), ranked.stored.passage)
        _show(to, f"passage {number} of {len(hits.passages)}", one)
        what = "Which sentences answer it (2, or 2-3; Enter: none, d: done with this question, q: stop)"
        said = _picked_or_typed(what, len(one.said), ("", "d", "q"))
        if said == "q":
            return found, False
        if said == "d":
            break
        if isinstance(said, tuple):
            found.append(evidence(one, *said))
    return found, True


def _within(about: Archive, form: QuestionForm) -> Filters:
    """The question's filters; transcripts by names that the archive does not know are looked for in all of it."""
    known = {one.id for one in about.view().summaries()}
    ids = form.filters.transcripts
    return form.filters if set(ids) <= known else structs.replace(form.filters, transcripts=())


def _picked(what: str, most: int) -> tuple[int, int]:
    """The first and last of the sentences that somebody names, counted from 0."""
    picked: tuple[int, int] = click.prompt(what, value_proc=lambda typed: _numbers(typed, most))
    return picked


def _picked_or_typed(what: str, most: int, others: tuple[str, ...]) -> tuple[int, int] | str:
    """As `_picked`, or one of `others` where that is typed."""
    picked: tuple[int, int] | str = click.prompt(
        what,
        default="",
        show_default=False,
        value_proc=lambda typed: typed.strip() if typed.strip() in others else _numbers(typed, most),
    )
    return picked


def _numbers(typed: str, most: int) -> tuple[int, int]:
    numbers = re.fullmatch(r"\s*(\d+)(?:\s*[-–]\s*(\d+))?\s*", typed)
    first, last = (int(numbers[1]), int(numbers[2] or numbers[1])) if numbers else (0, 0)
    if not 1 <= first <= last <= most:
        raise click.BadParameter(f"{typed!r} is none of the sentences 1 to {most}")
    return first - 1, last - 1


def _asked(what: str) -> str:
    said: str = click.prompt(what, default="", show_default=False, type=Words())
    return said.strip()


def _show(to: Console, number: str, one: Drawn) -> None:
    transcript = one.transcript
    title = line(transcript.title or one.place[0])
    say(to, "")
    say(to, (f"{number}  ", "dim"), (title, "bold"), f", {transcript.date or 'undated'}")
    before: str | None = None
    for at, said in enumerate(one.said, 1):
        label = f"{line(said.label)}: " if said.label and said.label != before else ""
        before = said.label
        say(to, (f"[{at}] ", "dim"), (label, "cyan"), visible(" ".join(said.text.split())), indent=2)
