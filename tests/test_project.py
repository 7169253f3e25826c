"""The project's own promises: complete documentation, packages that exist, no path of a machine."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import get_args

import click
import pytest

from onrecord.__main__ import cli
from onrecord.settings import Settings
from qa import answer
from qa.models import ModelSettings
from web.settings import ServeSettings

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
FOLDERS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]

MACHINE_PATH = re.compile(r"(?<![\w.~$}])/(?:root|home|Users|work|tmp)/[\w.]+")
"""A home folder or a scratch folder that somebody's command left in a text."""


def commands(group: click.Group, name: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for sub in group.list_commands(context):
        command = group.get_command(context, sub)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{name}{sub} ")
        else:
            yield f"{name}{sub}", command


COMMANDS = dict(commands(cli))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    documented = (ROOT / "docs" / "commands.md").read_text()
    assert f"onrecord {name}" in documented
    options = [one.opts[0] for one in COMMANDS[name].params if isinstance(one, click.Option)]
    assert [one for one in options if not re.search(rf"{one}\b", documented)] == []


def tables(heading: str) -> dict[str, str]:
    """In docs/settings.md, of the table with this heading: each setting's name and the default beside it."""
    documented = (ROOT / "docs" / "settings.md").read_text().split(f"| {heading} | default |")[1].split("\n\n")[0]
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", documented, re.MULTILINE))


@pytest.mark.parametrize(
    ("heading", "settings"),
    [("setting", Settings()), ("of the server", ServeSettings()), ("of a model", ModelSettings())],
)
def test_every_setting_is_documented_with_its_default_and_no_other(
    heading: str, settings: Settings | ServeSettings | ModelSettings
) -> None:
    documented = tables(heading)
    assert list(documented) == list(settings.__struct_fields__)
    defaults = {name: getattr(settings, name) for name in documented}
    said = {
        name: f"`{str(default).lower() if isinstance(default, bool) else default}`"
        for name, default in defaults.items()
        if default not in (None, "", {}, ServeSettings())
    }
    assert {name: documented[name] for name in said} == said
    assert not [name for name in documented if name not in said and "`" in documented[name]]


def test_every_variable_that_a_provider_reads_is_documented() -> None:
    documented = (ROOT / "docs" / "settings.md").read_text()
    providers = resources.files("qa").joinpath("models").iterdir()
    read = {
        variable
        for provider in providers
        if provider.name.endswith(".py")
        for variable in re.findall(r'"((?:OPENAI|ANTHROPIC|ONRECORD)_[A-Z_]+)"', provider.read_text())
    }
    assert {"OPENAI_BASE_URL", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"} <= read
    assert [variable for variable in sorted(read) if f"| `{variable}` |" not in documented] == []


def test_every_event_of_an_answer_is_documented() -> None:
    documented = (ROOT / "ARCHITECTURE.md").read_text()
    events = [event.__struct_config__.tag for event in get_args(answer.Event)]
    assert [event for event in events if f"`{event}`" not in documented] == []


def test_every_field_and_reason_of_an_answer_is_documented() -> None:
    documented = (ROOT / "docs" / "commands.md").read_text()
    fields = {name for part in (answer.Answer, answer.Citation, answer.Searched) for name in part.__struct_fields__}
    words = {*fields, *get_args(answer.AbstentionReason), *get_args(answer.DropReason)}
    assert {word for word in words if f"`{word}`" not in documented} == set()


def test_the_wheel_holds_every_package() -> None:
    packages = sorted(
        folder.name for folder in ROOT.iterdir() if (folder / "__init__.py").is_file() and folder.name != "tests"
    )
    if not packages:
        pytest.skip("this is not the source tree")
    assert sorted(FOLDERS) == packages
    assert sorted(PROJECT["tool"]["importlinter"]["root_packages"]) == packages


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_packages_can_be_imported(folder: str) -> None:
    assert resources.files(folder).joinpath("__init__.py").is_file()


def test_the_projection_ships_with_the_package() -> None:
    assert [one.name for one in resources.files("index").joinpath("embedding").iterdir() if one.name.endswith(".npz")]


def test_constraints_pin_every_dependency() -> None:
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if "==" in line
    }
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = [requirement for some in (PROJECT["project"]["dependencies"], *extras) for requirement in some]
    names = {re.split(r"[><=[]", requirement)[0].lower().replace("_", "-") for requirement in wanted}
    assert names - {"onrecord"} <= pinned


def test_no_tracked_file_names_a_path_of_a_machine() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    found = []
    for name in listed.decode().split("\0"):
        file = ROOT / name
        if not name or not file.is_file() or file == Path(__file__).resolve():
            continue
        content = file.read_bytes()
        if b"\0" in content:
            continue
        text = content.decode(errors="replace")
        found += [f"{name}: {path}" for path in MACHINE_PATH.findall(text)]
        found += [name] if str(ROOT) in text else []
    assert found == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "samples").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text()):
            if "://" not in target and not (_installed(file.parent / target) or (file.parent / target).exists()):
                broken.append(f"{file.name}: {target}")
    assert broken == []


def _installed(path: Path) -> bool:
    """Whether `path` leads into a package and stands there, wherever the package is installed."""
    package, *inside = Path(os.path.normpath(path)).relative_to(ROOT).parts
    return package in FOLDERS and resources.files(package).joinpath(*inside).is_file()
