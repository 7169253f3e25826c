"""Options that several commands share: the data folder, the filters, a date."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem
from platformdirs import user_data_path

from index.filters import Filters
from onrecord.archive import Archive
from onrecord.terminal import line

Function = Callable[..., Any]

_DATA = "onrecord.data"


def _remember(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        context.meta[_DATA] = folder


def data_option(function: Function) -> Function:
    """`--data`: taken before the command's name and after it alike."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        expose_value=False,
        is_eager=True,
        callback=_remember,
        help="Where the archive lives  [default: ONRECORD_DATA, else your user data folder]",
    )(function)


def data_folder(context: click.Context) -> Path:
    """The folder named by the option or by ONRECORD_DATA, else the platform's place for a user's data."""
    given: Path | None = context.meta.get(_DATA)
    return given or Path(os.environ.get("ONRECORD_DATA") or user_data_path("onrecord", appauthor=False))


def archive(**options: object) -> Archive:
    """The archive that the running command is about; `options` are its settings given as options."""
    return Archive(data_folder(click.get_current_context()), options)


def json_option(function: Function) -> Function:
    """`--json`: one JSON document on standard output and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead.")(function)


class IsoDate(click.ParamType[str]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            self.fail(f"{value!r} is no date; write it as YYYY-MM-DD, such as 2021-01-20", param, ctx)
        return value


class Words(click.ParamType[str]):
    """Text that somebody typed; bytes that are no text are refused."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            value.encode()
        except UnicodeEncodeError:
            self.fail("it holds bytes that are no text; write it in UTF-8", param, ctx)
        return value


class TranscriptId(Words):
    """The id of a transcript; the shell completes it from the archive."""

    name = "id"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 (click's signature)
        known = Archive(data_folder(ctx), {}).view().summaries()
        return [CompletionItem(one.id, help=line(one.title or "")) for one in known if one.id.startswith(incomplete)]


def filter_options(function: Function) -> Function:
    """The options that narrow a question or a search to a part of the archive; `filters` makes them one."""
    for option in reversed(_FILTERS):
        function = option(function)
    return function


_FILTERS = (
    click.option(
        "--speaker",
        "speakers",
        multiple=True,
        metavar="NAME",
        type=Words(),
        help="Only this speaker's words: a label as printed, a name or a surname. May be repeated.",
    ),
    click.option(
        "--transcript",
        "transcripts",
        multiple=True,
        metavar="ID",
        type=TranscriptId(),
        help="Only this transcript. May be repeated.",
    ),
    click.option(
        "--collection",
        "collections",
        multiple=True,
        metavar="NAME",
        type=Words(),
        help="Only this collection. May be repeated.",
    ),
    click.option("--since", type=IsoDate(), metavar="DATE", help="Only transcripts of this day (YYYY-MM-DD) or later."),
    click.option("--until", type=IsoDate(), metavar="DATE", help="Only transcripts of this day or earlier."),
)


def filters(
    speakers: tuple[str, ...],
    transcripts: tuple[str, ...],
    collections: tuple[str, ...],
    since: str | None,
    until: str | None,
) -> Filters:
    """The values of `filter_options` as one; a span of time that ends before it begins is wrong usage."""
    if since and until and since > until:
        raise click.BadParameter(f"{until} is before --since {since}", param_hint="'--until'")
    if not all(name.strip() for name in speakers):
        raise click.BadParameter("a name is wanted, and this is empty", param_hint="'--speaker'")
    return Filters(transcripts, speakers, collections, since, until)
