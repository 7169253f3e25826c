"""`onrecord tokens`: who may ask a server and who may change its archive: add, list, revoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onrecord.exits import DONE
from onrecord.options import archive, data_option, json_option
from onrecord.terminal import console, note, print_json, say

if TYPE_CHECKING:
    from web.access.role import Role
    from web.access.tokens import Tokens


@click.group("tokens", short_help="Who may ask a server and change its archive: add, list, revoke.")
def command() -> None:
    """Add, list and revoke the tokens that let somebody in where a server can be reached by others."""


@command.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["read", "write"]),
    required=True,
    help="read: ask, search, check, look and share; write: add and remove transcripts too.",
)
@data_option
def add(name: str, role: Role) -> int:
    """Make a token called NAME and print it, this once: only its digest is kept.

    \b
    Examples:
      onrecord tokens add newsroom --role read
      onrecord tokens add archivist --role write > token.txt
    """
    print(_tokens().add(name, role))
    return DONE


@command.command("list")
@json_option
@data_option
def list_command(as_json: bool) -> int:
    """List the tokens: name, role, the day it was made and the day it was last used. No token is ever printed again.

    \b
    Examples:
      onrecord tokens list
      onrecord tokens list --json
    """
    tokens = _tokens().listed()
    if as_json:
        shown = [{"name": one.name, "role": one.role, "created": one.created, "used": one.used} for one in tokens]
        print_json({"tokens": shown})
        return DONE
    to = console()
    for one in tokens:
        used = f"last used {one.used}" if one.used else "never used"
        if to.is_terminal:
            say(to, (one.name, "cyan"), f"  {one.role}, made {one.created}, {used}")
        else:
            print(one.name, one.role, one.created, one.used or "", sep="\t")
    return DONE


@command.command()
@click.argument("name")
@data_option
def revoke(name: str) -> int:
    """Revoke the token called NAME: a running server refuses it, and ends its sessions, from the next request on.

    \b
    Example:
      onrecord tokens revoke newsroom
    """
    _tokens().revoke(name)
    note(f"revoked {name}")
    return DONE


def _tokens() -> Tokens:
    from web.access.tokens import Tokens

    return Tokens(archive().folder)
