"""YAML front matter: what a file says of itself between two `---` lines at its head."""

from __future__ import annotations

import re
from typing import TypeGuard

import yaml
from msgspec import Struct

from index.reading import dates
from index.transcript import Speaker

_BLOCK = re.compile(r"\s*---[ \t]*\n(.{0,65536}?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)

_ABSENT = "tag:yaml.org,2002:null"

_FIELDS = {
    "title": ("title",),
    "source": ("source_url", "source", "url", "link", "canonical_url"),
    "media": ("media", "recording", "audio", "video", "media_url"),
    "language": ("language", "lang"),
}


class FrontMatter(Struct, frozen=True):
    """The fields a transcript has use for; `text` is the block as printed, `lines` how many it takes."""

    text: str
    lines: int
    title: str | None = None
    date: str | None = None
    source: str | None = None
    media: str | None = None
    language: str | None = None
    people: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    warnings: tuple[str, ...] = ()


class _AsPrinted(yaml.BaseLoader):
    """Makes a text of every value, as it is printed, whatever tag it has; an empty one where it is absent."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.warnings: list[str] = []

    def construct_scalar(self, node: yaml.ScalarNode) -> str:
        if node.tag == _ABSENT:
            return ""
        value = str(super().construct_scalar(node))
        try:
            return value.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            line = node.start_mark.line + 2
            self.warnings.append(f"line {line}: a value holds half a character (a lone surrogate) and was left out")
            return ""


_AsPrinted.add_implicit_resolver(_ABSENT, re.compile(r"(?:~|null|Null|NULL|)\Z"), ["~", "n", "N", ""])


def front_matter(text: str) -> FrontMatter | None:
    """The front matter at the head of `text`; None where there is none."""
    found = _BLOCK.match(text)
    if not found:
        return None
    block, lines = found.group().strip("\n"), text.count("\n", 0, found.end())
    try:
        loader = _AsPrinted(found.group(1))
        fields = loader.get_single_data()
    except Exception as error:  # the YAML library fails in ways that it doesn't declare
        place = getattr(error, "problem_mark", None)
        line = place.line + 2 if place else 1
        return FrontMatter(block, lines, warnings=(f"line {line}: the front matter is no YAML and was left out",))
    if not isinstance(fields, dict):
        return None
    known = {str(key).lower(): value for key, value in fields.items()}
    people, speakers = _voices(known.get("speakers") or known.get("speaker") or known.get("participants"))
    printed_date = known.get("date") or known.get("published") or known.get("published_time")
    date = dates.of_field(printed_date)
    odd = [] if date or not printed_date else [_no_date(printed_date)]
    return FrontMatter(
        block,
        lines,
        date=date,
        people=people,
        speakers=speakers,
        warnings=(*loader.warnings, *odd),
        **{field: _first_text(known, names) for field, names in _FIELDS.items()},
    )


def _no_date(printed: object) -> str:
    shown = f" {printed[:40]!r}" if isinstance(printed, str) else ""  # what else it is may be endless
    return f"the front matter's date{shown} is no date"


def _first_text(fields: dict[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value != ""


def _voices(value: object) -> tuple[tuple[str, ...], tuple[Speaker, ...]]:
    """People named, and people named behind a label, in any of the shapes such a field takes."""
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split(r"[;\n]", value) if part.strip()), ()
    if isinstance(value, dict):
        return (), tuple(Speaker(label, name) for label, name in value.items() if label and _is_text(name))
    people: list[str] = []
    speakers: list[Speaker] = []
    for entry in value if isinstance(value, list) else ():
        if _is_text(entry):
            people.append(entry)
        elif isinstance(entry, dict) and _is_text(entry.get("name")):
            label = entry.get("label")
            if _is_text(label):
                speakers.append(Speaker(label, entry["name"]))
            else:
                people.append(entry["name"])
    return tuple(people), tuple(speakers)
