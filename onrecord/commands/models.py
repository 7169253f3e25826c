"""`onrecord models`: providers and configured models, what each still needs, and what became of what they wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from rich.console import Console

from onrecord.exits import DONE
from onrecord.models import all_listed, configured, settings_of
from onrecord.options import archive, data_option, json_option
from onrecord.places import counted
from onrecord.settings import Settings
from onrecord.terminal import console, line, print_json, say

if TYPE_CHECKING:
    from qa.ledger import Line
    from qa.models.listed import Listed


class ListedProvider(Struct, frozen=True):
    """A provider, and what it needs for a model that has no settings of its own."""

    name: str
    needs: list[str]


@click.command("models", short_help="List the models, and what each still needs.")
@click.option("--ledger", "with_ledger", is_flag=True, help="Add what became of the sentences that each model wrote.")
@json_option
@data_option
def command(with_ledger: bool, as_json: bool) -> int:
    """List the models that can be asked here and the providers of more, each with what it still needs.

    A model is named PROVIDER:NAME, in the settings or by `ask --model`. Whether a server runs is
    found out when it is asked.

    \b
    Examples:
      onrecord models
      onrecord models --ledger
      ONRECORD_MODEL=openai:llama3.2 onrecord models --json
    """
    from qa.ledger import Ledger
    from qa.models import providers

    about = archive()
    models = all_listed(about.settings, configured(about.settings))
    usable = [_provider(about.settings, name) for name in providers()]
    lines = Ledger(about.folder).read() if with_ledger else None
    if as_json:
        print_json({"models": models, "providers": usable} | ({} if lines is None else {"ledger": lines}))
        return DONE
    to = console()
    _show_models(to, models, usable)
    if lines is not None:
        _show_ledger(to, lines)
    return DONE


def _provider(settings: Settings, name: str) -> ListedProvider:
    from qa.models import provider
    from qa.models.listed import or_why_not

    return ListedProvider(name, or_why_not(lambda: provider(name).needs(settings_of(settings, name))))


def _show_models(to: Console, models: Sequence[Listed], usable: Sequence[ListedProvider]) -> None:
    say(to, "Models that can be asked here:")
    for model in models:
        streams, offline = "streams" if model.streams else "", "offline" if model.offline else ""
        traits = [trait for trait in ("default" if model.default else "", model.style, streams, offline) if trait]
        _show(to, model.id, ", ".join(traits), model.needs)
    say(to, "\nProviders of models (--model PROVIDER:NAME):")
    for one in usable:
        _show(to, one.name, "" if one.needs else "ready", one.needs)


def _show(to: Console, name: str, said: str, needs: Sequence[str]) -> None:
    say(to, (line(name), "bold"), f"  {said}" if said else "", indent=4)
    for need in needs:
        say(to, ("needs: ", "yellow"), line(need), indent=8)


def _show_ledger(to: Console, lines: Sequence[Line]) -> None:
    say(to, "\nWhat became of what they wrote:" if lines else "\nNo model has been asked yet.")
    for one in lines:
        say(to, (line(one.model), "bold"), f", {one.style}", indent=4)
        say(to, f"{one.answered:,} answered, {one.abstained:,} abstained, {one.failed:,} failed", indent=8)
        written, verified = counted(one.written, "sentence"), f"{one.verified:,} verified"
        say(to, f"{written} written, {verified} ({one.repaired:,} of them repaired)", indent=8)
        for reason, number in one.dropped.items():
            say(to, f"{number:,} dropped: {reason}", indent=8)
