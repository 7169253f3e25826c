"""Help that teaches, completion, and how quickly what is light comes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import click
import pytest

from onrecord.__main__ import COMMANDS, cli

HEAVY = "numpy faiss torch onnxruntime tokenizers sentence_transformers asyncio index.search qa.asking".split()


def commands(group: click.Group, *before: str) -> Iterator[tuple[list[str], click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield [*before, name], command
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)


LEAVES = [(words, command) for words, command in commands(cli) if not isinstance(command, click.Group)]


@pytest.mark.parametrize(("words", "command"), LEAVES, ids=[" ".join(words) for words, _ in LEAVES])
def test_help_of_every_command_has_examples_and_explains_every_option(words: list[str], command: click.Command) -> None:
    text = command.get_help(click.Context(command, info_name=" ".join(words)))
    assert " ".join(words) in text.split("Example", maxsplit=1)[1]
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_help_lists_the_commands_and_is_done(onrecord: Any) -> None:
    done = onrecord("--help")
    assert (done.status, done.err) == (0, "")
    assert all(f"\n  {name} " in done.out for name in COMMANDS)
    assert onrecord("ask", "-h").out.startswith("Usage: onrecord ask [OPTIONS] QUESTION")
    assert onrecord("--version").out.startswith("onrecord, version ")


@pytest.mark.parametrize("arguments", [["frob"], ["transcripts", "frob"], ["ask"], ["ask", "a", "--colour"]])
def test_wrong_usage_is_status_2_and_points_to_the_help(onrecord: Any, arguments: list[str]) -> None:
    done = onrecord(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "--help" in done.err


@pytest.mark.parametrize(
    "arguments", [["--help"], ["ask", "--help"], ["transcripts", "list"], ["transcripts", "show", "hearing"]]
)
def test_what_is_light_imports_nothing_heavy(stored: Any, arguments: list[str]) -> None:
    program = (
        "import sys; from onrecord.__main__ import run; status = run(sys.argv[2:]);"
        "heavy = set(sys.argv[1].split()) & set(sys.modules); sys.exit(f'imported {heavy}' if heavy else status)"
    )
    command = [sys.executable, "-c", program, " ".join(HEAVY), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=stored.environment)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_ids(stored: Any, shell: str) -> None:
    script = stored(_ONRECORD_COMPLETE=f"{shell}_source")
    assert script.status == 0
    assert "_ONRECORD_COMPLETE" in script.out
    words = {"COMP_WORDS": "onrecord transcripts show d", "COMP_CWORD": "d" if shell == "fish" else "3"}
    completed = stored(_ONRECORD_COMPLETE=f"{shell}_complete", **words)
    assert "debate" in completed.out
    assert "hearing" not in completed.out


def test_a_reader_that_leaves_is_not_complained_about(stored: Any) -> None:
    shell = f"{stored.command[0]} -m onrecord transcripts show hearing --json | head -c 1"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, encoding="utf-8", env=stored.environment)
    assert (done.stdout, done.stderr) == ("{", "")
