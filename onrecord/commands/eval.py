"""`onrecord eval`: questions with known answers put to an archive, and whether a change made it better."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from onrecord.commands.eval_sets import new, sample
from onrecord.exits import DONE
from onrecord.options import Words, json_option
from onrecord.terminal import console, line, note, print_json, say

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.datasets import Dataset
    from eval.judging import Judge
    from eval.run import RunSettings
    from eval.summary import Summary
    from eval.targets import Http, Local
    from onrecord.archive import Archive
    from onrecord.progress import Tell

_FOLDER = click.Path(path_type=Path, file_okay=False)
_RUN = click.Path(path_type=Path, file_okay=False, exists=True)


@click.group("eval", short_help="Measure answers and hits against questions with known answers.")
def command() -> None:
    """Measure what is found and answered against questions with known answers, and compare two runs."""


command.add_command(new)
command.add_command(sample)


@command.command()
@click.argument("dataset", type=Words())
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--into", type=_FOLDER, required=True, metavar="DIR", help="The folder of the run, made or gone on with.")
@click.option("--data", type=_FOLDER, metavar="DIR", help="Ask this archive, which must hold the transcripts.")
@click.option("--url", metavar="URL", type=Words(), help="Ask a running server, which must hold them.")
@click.option("--token", metavar="TOKEN", envvar="ONRECORD_TOKEN", help="The server's token  [default: ONRECORD_TOKEN]")
@click.option("--model", metavar="PROVIDER:NAME", type=Words(), help="The model that answers  [default: extractive]")
@click.option(
    "--only",
    type=click.Choice(["retrieval", "answers"]),
    help="Search alone, or ask alone  [default: both]",
)
@click.option("--judge", metavar="PROVIDER:NAME", type=Words(), help="A model that judges answers: one measure more.")
@click.option(
    "--baseline", type=click.Choice(["words", "meaning", "ranks", "z-scores"]), help="Rank hits in a plain way."
)
@click.option("--leave-one-out", is_flag=True, help="Ask each question again without the transcripts that answer it.")
@click.option("--of-speakers", is_flag=True, help="Ask each question of one speaker, drawn: nobody else may be cited.")
@click.option("--cache", type=_FOLDER, metavar="DIR", help="Where archives of datasets are kept, embedded once.")
@json_option
def run(
    dataset: str,
    path: Path | None,
    into: Path,
    data: Path | None,
    url: str | None,
    token: str | None,
    model: str | None,
    only: Any,
    judge: str | None,
    baseline: str | None,
    leave_one_out: bool,
    of_speakers: bool,
    cache: Path | None,
    as_json: bool,
) -> int:
    """Put the questions of DATASET, read from PATH, to an archive, and sum up what comes out.

    DATASET is one of those that are known, or a folder of your own. Its transcripts are embedded once, unless
    --data or --url says what is asked. A run that was broken off goes on with the same command.

    With --leave-one-out each question is asked once more of an archive without its answer, where to decline
    is right; which questions that makes no sense for is written into passed_over.json.

    \b
    Examples:
      onrecord eval run samples samples/ --into runs/before
      onrecord eval run my-questions/ --into runs/mine --model openai:llama3.2
      onrecord eval run samples samples/ --into runs/http --url http://127.0.0.1:8000
    """
    import asyncio

    from eval.run import settings_of
    from eval.targets import Http
    from onrecord.progress import shown

    if url and (data or baseline):
        raise click.UsageError("--url goes with neither --data nor --baseline: a server ranks its own archive")
    if leave_one_out and of_speakers:
        raise click.UsageError("--leave-one-out and --of-speakers exclude each other")
    questions = _dataset(dataset, path)
    if of_speakers:
        questions = _of_speakers(questions)
    if leave_one_out:
        questions = _twice(questions, into)
    judging = None if judge is None else _judge(judge)
    asked = {"model": model, "url": url, "data": data and str(data), "baseline": baseline, "judge": judge}
    with shown() as tell:
        if url:
            settings = settings_of(questions, _parts(only), asked)
            target: Http | Local = Http(url, model, token)
        else:
            about = _archive(questions, data, model, cache, tell)
            settings = settings_of(questions, _parts(only), asked | _facts(about))
            target = _local(about, baseline)
        summary = asyncio.run(_made(questions, target, into, settings, tell, judging))
    if as_json:
        print_json(summary)
    else:
        _show(summary)
        note(f"the run is in {into}; `onrecord eval report {into}` makes it a page")
    return DONE


@command.command()
@click.argument("folder", type=_RUN)
def report(folder: Path) -> int:
    """Write report.html and report.md into the FOLDER of a run: figures, charts, and what went wrong.

    \b
    Example:
      onrecord eval report runs/before
    """
    from eval.report import write
    from eval.run import read

    for file in write(read(folder)):
        click.echo(str(file))
    return DONE


@command.command()
@click.argument("before", type=_RUN)
@click.argument("after", type=_RUN)
@json_option
def compare(before: Path, after: Path, as_json: bool) -> int:
    """Compare the runs in two folders, question by question: each measure's difference, and what changed.

    \b
    Example:
      onrecord eval compare runs/before runs/after
    """
    from eval.compare import compare as make
    from eval.run import read

    found = make(read(before), read(after))
    if as_json:
        print_json(found)
    else:
        _show_comparison(found)
    return DONE


async def _made(
    dataset: Dataset, target: Http | Local, into: Path, settings: RunSettings, tell: Tell, judge: Judge | None
) -> Summary:
    """The run, gone through to its end."""
    from contextlib import AsyncExitStack

    from eval.run import run as make
    from eval.targets import Http
    from onrecord.progress import Now

    async with AsyncExitStack() as held:
        if isinstance(target, Http):
            await held.enter_async_context(target)

        def told(done: int, of: int, at: str) -> None:
            tell(Now(f"{done:,} of {of:,} questions", done, of, path=at))

        return await make(dataset, target, into, settings, told, judge)


def _dataset(name: str, path: Path | None) -> Dataset:
    """The dataset that `name` and `path` mean; a folder of one's own needs no name."""
    from eval.datasets import DATASETS, load

    if name not in DATASETS and path is None and Path(name).is_dir():
        return load("own", Path(name))
    if path is None and name in DATASETS:
        raise click.UsageError(f"PATH is missing: {DATASETS[name].path}")
    return load(name, path or Path())


def _parts(only: str | None) -> tuple[Any, ...]:
    from eval.asking import PARTS

    return PARTS if only is None else tuple(part for part in PARTS if part == only)


def _archive(dataset: Dataset, data: Path | None, model: str | None, cache: Path | None, tell: Tell) -> Archive:
    """The archive in `data`, or the dataset's own, made where it is not yet."""
    from platformdirs import user_cache_path

    from eval.archives import embedded
    from onrecord.archive import Archive
    from onrecord.progress import Now

    if data is not None:
        return Archive(data, {"model": model})
    kept = cache or user_cache_path("onrecord", appauthor=False) / "eval"
    making = Archive(kept, {"model": model})

    def told(done: int, of: int) -> None:
        tell(Now(f"{done:,} of {of:,} transcripts embedded", done, of))

    return Archive(embedded(dataset.transcripts, making.embedder, making.passages, kept, told), {"model": model})


def _of_speakers(dataset: Dataset) -> Dataset:
    from eval.drawing_speakers import of_speakers

    return of_speakers(dataset)


def _twice(dataset: Dataset, into: Path) -> Dataset:
    """Each question with its answer and without; what is passed over is written down and told."""
    from eval.leaving_out import twice
    from eval.run import PASSED_OVER

    found = twice(dataset)
    into.mkdir(parents=True, exist_ok=True)
    (into / PASSED_OVER).write_bytes(msgspec.json.format(msgspec.json.encode(dict(found.passed_over)), indent=1))
    note(f"{len(found.passed_over):,} of {len(dataset.asked):,} questions are passed over: {into / PASSED_OVER}")
    return found.dataset


def _local(about: Archive, baseline: str | None) -> Local:
    """The archive, answered from without keeping a ledger: nobody asked these questions."""
    from importlib.metadata import version

    from eval.baselines import baseline as ranked
    from eval.targets import Local
    from onrecord.models import load
    from qa.asking import Answerer

    settings = about.settings
    answerer = Answerer(
        about.search, load(settings, settings.model), version("onrecord"), entailment=about.entailment()
    )
    return Local(ranked(baseline, about.store, about.embedder) if baseline else about.search, answerer)


def _judge(name: str) -> Judge:
    """The judge that is the language model `name`."""
    from eval.judging import Judge
    from onrecord.models import load
    from onrecord.options import archive
    from qa.models.language_model import LanguageModel

    model = load(archive().settings, name)
    if not isinstance(model, LanguageModel):
        raise click.UsageError(f"--judge: {name} writes no text of its own; name a language model")
    return Judge(model)


def _facts(about: Archive) -> dict[str, Any]:
    """What decides the answers of an archive in this process."""
    settings = msgspec.to_builtins(about.settings)
    kept = ("candidates", "rescored", "lexical_weight", "late_weight", "passage_words", "model", "style", "entailment")
    view = about.view()
    made = msgspec.to_builtins((view.identity, view.settings))
    return {
        "settings": {name: settings[name] for name in kept},
        "embedding": made[0],
        "passages": made[1],
        "generation": view.generation,
        "held": len(view.summaries()),
    }


def _show(summary: Summary) -> None:
    from eval.report import figure

    to = console()
    say(to, (f"{line(summary.dataset)}, {summary.questions:,} questions", "bold"))
    for name, value in summary.all.figures.items():
        say(to, f"{name:<18} {figure(name, value)}", indent=4)


def _show_comparison(found: Comparison) -> None:
    to = console()
    say(to, f"{found.questions:,} questions that both runs asked")
    for one in found.measures:
        say(to, (f"{one.name:<18} {one.told}", "bold" if one.certain else ""), indent=4)
    for stage, (before, after) in found.speed.items():
        say(to, f"{stage:<18} {before:.1f} → {after:.1f} ms, the median", indent=4)
    for change in found.changes:
        said = ", ".join(f"{name} {was:g} → {now:g}" for name, (was, now) in change.measures.items())
        say(to, f"{line(change.id)}  {line(change.question)}  ({said})", indent=2)
