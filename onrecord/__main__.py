"""The command line: `onrecord COMMAND`, also `python -m onrecord`. Here: the commands' names, and how they may end."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from index.errors import OnrecordError
from onrecord.exits import DONE, FAILED, STOPPED, USAGE
from onrecord.options import data_option
from onrecord.settings import SettingsError
from onrecord.terminal import complain, never_fail_to_print
from qa.errors import QuestionRefused, UnknownModel

COMMANDS = ("ingest", "ask", "check", "verify", "search", "serve", "tokens", "transcripts", "index", "models", "eval")
"""As help lists them; each is `command` of the module of its name under `onrecord.commands`."""


class Commands(click.Group):
    """Imports a command when it is called: listing transcripts need not wait for what asking needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"onrecord.commands.{cmd_name}").command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="onrecord", prog_name="onrecord")
@data_option
def cli() -> None:
    """Ask an archive of transcripts. Every sentence of the answer is a verbatim quote: who said it, when, and where.

    \b
    Begin:
      onrecord ingest transcripts/                      read and index a folder
      onrecord ask "What did she say about NATO?"       ask it
      onrecord transcripts list                         see what is in it

    Nothing is fetched from the network. Each command explains itself: onrecord ask --help.
    """


def main() -> None:
    """Run the command that was typed, then end the process with its status."""
    never_fail_to_print()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and give its exit status; errors a user can mend become one line on standard error."""
    try:
        status = cli.main(arguments, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("stopped; everything stored so far is kept")
        return STOPPED
    except (QuestionRefused, UnknownModel, SettingsError) as error:
        complain(str(error))
        return USAGE
    except OnrecordError as error:
        complain(str(error))
        return FAILED
    except BrokenPipeError:
        # Whoever read our output has had enough; so that the interpreter doesn't complain either:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        complain(f"{Path(error.filename)}: {error.strerror}" if error.filename else str(error))
        return FAILED
    return status or DONE


if __name__ == "__main__":
    main()
