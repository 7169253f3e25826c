"""`onrecord transcripts`: what the archive holds: list, show, remove, export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import json
from rich.console import Console

from index.whole import whole
from onrecord.exits import DONE, FAILED
from onrecord.options import TranscriptId, archive, data_option, json_option
from onrecord.places import counted, time_code, who
from onrecord.terminal import complain, console, line, note, print_json, say, visible

if TYPE_CHECKING:
    from index.store import Summary
    from index.transcript import Transcript


@click.group("transcripts", short_help="What the archive holds: list, show, remove, export.")
def command() -> None:
    """List the transcripts of the archive, show one, remove one, write them out as JSON."""


@command.command("list")
@json_option
@data_option
def list_command(as_json: bool) -> int:
    """List every transcript, by date.

    Written to a file or a pipe, a transcript is one line: id, date, words and title, with tabs between.

    \b
    Examples:
      onrecord transcripts list
      onrecord transcripts list | cut -f1
      onrecord transcripts list --json
    """
    summaries = archive().view().summaries()
    if as_json:
        print_json({"transcripts": summaries})
        return DONE
    to = console()
    if not to.is_terminal:
        for one in summaries:
            print(one.id, one.date or "", one.words, line(one.title or ""), sep="\t")
        return DONE
    for one in summaries:
        _list(to, one)
    words = sum(one.words for one in summaries)
    say(to, (f"{counted(len(summaries), 'transcript')}, {counted(words, 'word')}.", "dim"))
    return DONE


def _list(to: Console, summary: Summary) -> None:
    size = f"{counted(summary.turns, 'turn')}, {counted(summary.words, 'word')}"
    collection = f", in {line(summary.collection)}" if summary.collection else ""
    say(to, f"{summary.date or 'undated   '}  ", (summary.id, "cyan"), (f"  {size}{collection}", "dim"))
    say(to, line(summary.title or "untitled"), indent=12)


@command.command()
@click.argument("id", type=TranscriptId())
@json_option
@data_option
def show(id: str, as_json: bool) -> int:
    """Show the transcript ID turn by turn, each with its place in the text (and its time, if it has one).

    \b
    Examples:
      onrecord transcripts show council-hearing
      onrecord transcripts show council-hearing --json
    """
    view = archive().view()
    summary, transcript = view.summary(id), view.transcript(id)
    if as_json:
        print_json(whole(summary, transcript))
    else:
        _show(console(), summary, transcript)
    return DONE


def _show(to: Console, summary: Summary, transcript: Transcript) -> None:
    say(to, (line(summary.title or "untitled"), "bold"), f", {summary.date or 'undated'}")
    for name, value in (("collection", summary.collection), ("source", summary.source), ("media", summary.media)):
        if value:
            say(to, f"{name}: {line(value)}")
    say(to, (f"{summary.id}: {counted(summary.turns, 'turn')}, {counted(summary.words, 'word')}", "dim"))
    for turn, span in zip(transcript.turns, transcript.spans):
        heading = who(turn.label, turn.speaker, transcript.names.get(turn.label or ""))
        at = "" if turn.start is None else f"  {time_code(turn.start)}"
        say(to, "")
        say(to, (heading, "cyan"), (f"  {span.start}–{span.end}{at}", "dim"))
        say(to, visible(turn.text), indent=4)
    for left_out in transcript.outside:
        say(to, "")
        say(to, (f"Outside the speech ({line(left_out.where)}):", "dim"))
        say(to, (visible(left_out.text), "dim"), indent=4)


@command.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", type=TranscriptId())
@data_option
def remove(ids: tuple[str, ...]) -> int:
    """Remove transcripts from the archive: no later answer quotes them.

    The files they were read from stay where they are; ingested again, a transcript comes back under the same ID.

    \b
    Example:
      onrecord transcripts remove council-hearing
    """
    removed = archive().store.remove(ids)
    for id in removed:
        note(f"removed {id}")
    missing = [id for id in ids if id not in removed]
    for id in missing:
        complain(f"{id}: the archive holds no transcript with this id")
    return FAILED if missing else DONE


@command.command()
@click.argument("id", required=False, type=TranscriptId())
@click.option(
    "--all",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write every transcript into this folder, as ID.json.",
)
@data_option
def export(id: str | None, folder: Path | None) -> int:
    """Write the transcript ID as JSON, with all that is known of it: labels, names, title, date, times.

    Correct it by hand and ingest it again: what changed is updated, under the same ID. Ingested as
    it is, it changes nothing.

    \b
    Examples:
      onrecord transcripts export council-hearing > council-hearing.json
      onrecord transcripts export --all exported/
    """
    from index.reading.canonical import encode

    if (id is None) == (folder is None):
        raise click.UsageError("name one transcript, or --all and a folder")
    view = archive().view()
    if id is not None:
        print_json(encode(view.transcript(id)))
        return DONE
    assert folder is not None
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(folder, one.id, encode(view.transcript(one.id))) for one in view.summaries()]
    note(f"wrote {counted(sum(written), 'transcript')} to {folder}")
    return DONE if all(written) else FAILED


def _write(folder: Path, id: str, document: dict[str, Any]) -> bool:
    """Whether it could be written. No name begins with a dot, for `ingest` skips what is hidden."""
    file = folder / f"{re.sub(r'^[.]', '%2E', id)}.json"
    try:
        file.write_bytes(json.format(json.encode(document), indent=2) + b"\n")
    except OSError as error:
        complain(f"{file}: {error.strerror or error}")
        return False
    return True
