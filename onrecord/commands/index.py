"""`onrecord index`: the state of the archive, and what mends, remakes, saves and brings it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from onrecord.exits import DONE, NOT_SO, STOPPED
from onrecord.options import archive, data_option, json_option
from onrecord.places import counted
from onrecord.progress import Now, shown
from onrecord.terminal import complain, console, line, note, print_json, say

if TYPE_CHECKING:
    from index.store import Status


@click.group("index", short_help="The archive's state, mending, another model, backups.")
def command() -> None:
    """Look after the archive: its state, mending, another model, backups."""


@command.command()
@json_option
@data_option
def status(as_json: bool) -> int:
    """Say what the archive holds and whether its parts agree; exit status 3 where it needs mending.

    \b
    Examples:
      onrecord index status
      onrecord index status --json
    """
    found = archive().store.status()
    if as_json:
        print_json(found)
    else:
        _show(console(), found)
    return NOT_SO if found.problems else DONE


def _show(to: Console, found: Status) -> None:
    say(to, f"archive      {line(found.folder)}, {found.bytes / 1e6:,.1f} MB")
    say(to, f"holds        {counted(found.transcripts, 'transcript')}, {counted(found.passages, 'passage')}")
    made = ", ".join(f"{value} {name}" for name, value in (found.settings or {}).items())
    say(to, "embedded by  " + (f"{line(found.model)}, passages of up to {made}" if found.model else "nothing yet"))
    writing = ", being written now" if found.writing else ""
    say(to, f"generation   {found.generation}, format {found.format}{writing}")
    if found.waiting:
        say(to, f"to erase     {counted(found.waiting, 'removed version')}")
    for file in found.set_aside:
        say(to, f"set aside    {line(file)}, a damaged catalogue; delete it when you need nothing from it")
    for problem in found.problems:
        say(to, ("mend         ", "bold red"), line(problem))
    if not found.problems:
        say(to, ("all is well", "green"))


@command.command()
@data_option
def repair() -> int:
    """Make the derived indexes anew from the catalogue and erase what was removed. Embeds nothing again.

    \b
    Example:
      onrecord index repair
    """
    found = archive().store.repair()
    _show(console(), found)
    return NOT_SO if found.problems else DONE


@command.command()
@data_option
def rebuild() -> int:
    """Cut and embed every transcript again, with the model and passage length that the settings name.

    For another model, or passages of another length: set `embedding` or `passage_words`, then
    rebuild. The old index serves until the new one is whole. Stopped in the middle (Ctrl-C), the
    same command goes on from there.

    \b
    Example:
      ONRECORD_PASSAGE_WORDS=120 onrecord index rebuild
    """
    about = archive()
    made = 0
    try:
        with shown() as tell:

            def told(done: int, of: int, passages: int) -> None:
                nonlocal made
                made += passages
                tell(Now(f"{done:,} of {counted(of, 'transcript')}, {counted(made, 'passage')}", done, of))

            about.store.rebuild(about.embedder, about.passages, told)
    except KeyboardInterrupt:
        complain("stopped: the old index still serves, and the same command goes on from there")
        return STOPPED
    note(f"embedded {counted(made, 'passage')} with {about.embedder.identity.model}")
    return DONE


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@data_option
def backup(file: Path) -> int:
    """Write the whole archive to one FILE, which must not exist; also while an ingest is running.

    \b
    Example:
      onrecord index backup archive-2026-11-24.onrecord
    """
    archive().store.backup(file)
    note(f"wrote {file} ({file.stat().st_size / 1e6:,.1f} MB)")
    return DONE


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Let the backup take the place of an archive that holds transcripts.")
@data_option
def restore(file: Path, replace: bool) -> int:
    """Make the archive what the backup FILE holds.

    An archive that holds transcripts is replaced only if you say so with --replace. A damaged one
    is set aside, under a name that `onrecord index status` gives.

    \b
    Examples:
      onrecord --data restored/ index restore archive-2026-11-24.onrecord
      onrecord index restore archive-2026-11-24.onrecord --replace
    """
    store = archive().store
    if not replace and store.view().summaries():
        raise click.UsageError(f"{store.folder} holds transcripts; add --replace to put the backup in their place")
    damaged = store.restore(file, replace)
    if damaged:
        note(f"set the damaged catalogue aside as {damaged}")
    note(f"restored {counted(len(store.view().summaries()), 'transcript')} from {file}")
    return DONE
