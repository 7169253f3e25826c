"""YAML front matter: what a file says of itself between two `---` lines at its head."""

from __future__ import annotations

import re

import yaml
from msgspec import Struct

from index.reading import dates
from index.transcript import Speaker

_BLOCK = re.compile(r"\s*---[ \t]*\n(.{0,65536}?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)

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


def front_matter(text: str) -> FrontMatter | None:
    """The front matter at the head of `text`; None where there is none."""
    found = _BLOCK.match(text)
    if not found:
        return None
    block, lines = found.group().strip("\n"), text.count("\n", 0, found.end())
    try:
        fields = yaml.safe_load(found.group(1))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        line = place.line + 2 if place else 1
        return FrontMatter(block, lines, warnings=(f"line {line}: the front matter is no YAML and was left out",))
    if not isinstance(fields, dict):
        return None
    known = {str(key).lower(): value for key, value in fields.items()}
    people, speakers = _voices(known.get("speakers") or known.get("speaker") or known.get("participants"))
    printed_date = known.get("date") or known.get("published") or known.get("published_time")
    date = dates.of_field(printed_date)
    odd = () if date or not printed_date else (f"the front matter's date {str(printed_date)[:40]!r} is no date",)
    return FrontMatter(
        block,
        lines,
        date=date,
        people=people,
        speakers=speakers,
        warnings=odd,
        **{field: _first_text(known, names) for field, names in _FIELDS.items()},
    )


def _first_text(fields: dict[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _voices(value: object) -> tuple[tuple[str, ...], tuple[Speaker, ...]]:
    """People named, and people named behind a label, in any of the shapes such a field takes."""
    if isinstance(value, str):
        return tuple(part.strip() for part in re.split(r"[;\n]", value) if part.strip()), ()
    if isinstance(value, dict):
        return (), tuple(Speaker(str(label), str(name)) for label, name in value.items() if isinstance(name, str))
    people: list[str] = []
    speakers: list[Speaker] = []
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, str):
            people.append(entry)
        elif isinstance(entry, dict) and isinstance(entry.get("name"), str):
            label = entry.get("label")
            if isinstance(label, str):
                speakers.append(Speaker(label, entry["name"]))
            else:
                people.append(entry["name"])
    return tuple(people), tuple(speakers)
