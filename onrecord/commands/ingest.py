"""`onrecord ingest`: files into the archive, and what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from onrecord.exits import DONE, FAILED, STOPPED
from onrecord.options import Words, archive, data_option, json_option
from onrecord.places import counted, who
from onrecord.progress import Now, shown
from onrecord.terminal import complain, console, line, print_json, say

if TYPE_CHECKING:
    from index.ingest import IngestReport, Progress
    from index.reading.report import Report
    from onrecord.archive import Archive

_FEW = 20
"""Transcripts that are listed one by one."""

_BEGINNING = 100
"""Characters shown of a text left out."""


@click.command("ingest", short_help="Read and index files and folders.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--collection", metavar="NAME", type=Words(), help="The collection for transcripts that name none of their own."
)
@click.option("--format", "form", metavar="NAME", help="Read every file as this format; else its content tells which.")
@click.option("--dry-run", is_flag=True, help="Show what would be read from each file; store nothing.")
@json_option
@data_option
def command(paths: tuple[Path, ...], collection: str | None, form: str | None, dry_run: bool, as_json: bool) -> int:
    """Read transcripts from files and folders and store them, ready to be asked.

    The content tells the format, whatever the file is called: text and Markdown with speaker
    labels, WebVTT, SRT, and JSON as several tools write it. A file that is no transcript is
    skipped; one that can't be read is listed (exit status 1), and the rest is stored.

    Run it again whenever you like: what is unchanged stays as it is, what was edited is updated.
    Stopped in the middle (Ctrl-C), it keeps what is stored, and the same command goes on from there.

    \b
    Examples:
      onrecord ingest hearing.vtt
      onrecord ingest briefings/ --collection briefings
      onrecord ingest interview.txt --dry-run       see turns, speakers and what is left out
    """
    _check_format(form)
    about = archive()
    try:
        report = _previewed(about, paths, collection, form) if dry_run else _stored(about, paths, collection, form)
    except KeyboardInterrupt:
        complain("stopped: what was stored so far is kept, and the same command goes on from there")
        return STOPPED
    for one in report.failed:
        complain(f"{one.path}: {'' if one.line is None else f'line {one.line}: '}{one.error}")
    if as_json:
        print_json(report)
    else:
        _show(console(), report, dry_run)
    return FAILED if report.failed else DONE


def _check_format(form: str | None) -> None:
    from index.reading import FORMATS

    if form is not None and form not in FORMATS:
        known = ", ".join(FORMATS)
        raise click.BadParameter(f"no format is called {form!r}; there are: {known}", param_hint="'--format'")


def _previewed(about: Archive, paths: tuple[Path, ...], collection: str | None, form: str | None) -> IngestReport:
    from index.ingest import preview

    return preview(paths, about.store, collection=collection, format=form)


def _stored(about: Archive, paths: tuple[Path, ...], collection: str | None, form: str | None) -> IngestReport:
    from index.ingest import ingest

    with shown() as tell:
        return ingest(
            paths,
            about.store,
            about.embedder,
            collection=collection,
            format=form,
            settings=about.passages,
            on_event=lambda progress: tell(_now(progress)),
        )


def _now(at: Progress) -> Now:
    said = f"{at.files:,} of {counted(at.files_of, 'file')}, {counted(at.passages, 'passage')}"
    return Now(said, at.bytes, at.bytes_of, at.words, at.path)


def _show(to: Console, report: IngestReport, dry_run: bool) -> None:
    taken = [("added", one) for one in report.added] + [("updated", one) for one in report.updated]
    for verdict, one in taken if dry_run or len(taken) <= _FEW else ():
        _show_transcript(to, f"would be {verdict}" if dry_run else verdict, one, dry_run)
    for duplicate in report.duplicates:
        say(to, ("duplicate ", "yellow"), f"{line(duplicate.path)}: the same text as {duplicate.of}")
    for skipped in report.skipped:
        say(to, ("skipped   ", "yellow"), f"{line(skipped.path)}: {line(skipped.reason)}")
    warnings = sum(len(one.warnings) for _, one in taken)
    counts = [
        f"{len(of):,} {name}"
        for name, of in (
            ("added", report.added),
            ("updated", report.updated),
            ("unchanged", report.unchanged),
            ("duplicate", report.duplicates),
            ("skipped", report.skipped),
            ("failed", report.failed),
        )
        if of
    ]
    said = ", ".join(counts) or "there is nothing here"
    unsure = f"; {counted(warnings, 'warning')} (--dry-run shows them)" if warnings and not dry_run else ""
    say(to, (f"{'Nothing is stored. ' if dry_run else ''}{said[:1].upper()}{said[1:]}{unsure}.", "bold"))


def _show_transcript(to: Console, verdict: str, report: Report, whole: bool) -> None:
    say(to, (f"{verdict} ", "green"), (report.id, "bold"), f"  {line(report.title or 'untitled')}")
    size = f"{counted(report.turns, 'turn')}, {counted(report.words, 'word')}"
    say(to, (f"{report.date or 'undated'}, {size}, read as {report.format} ({report.encoding})", "dim"), indent=4)
    if not whole:
        return
    for speaker in report.speakers:
        spoken = f"{counted(speaker.turns, 'turn')}, {counted(speaker.words, 'word')}"
        say(to, who(speaker.label, speaker.label, speaker.name), (f"  {spoken}", "dim"), indent=4)
    if report.unattributed_words:
        say(to, f"nobody is named for {counted(report.unattributed_words, 'word')}", indent=4)
    for outside in report.outside:
        text = line(outside.text)
        shortened = text if len(text) <= _BEGINNING else f"{text[:_BEGINNING]}…"
        say(to, ("left out ", "yellow"), f"({line(outside.where)}): {shortened}", indent=4)
    for warning in report.warnings:
        say(to, ("warning ", "yellow"), line(warning), indent=4)
