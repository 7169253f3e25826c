"""The files that were named: folders walked, hidden and special files left out, each with its reason.

In: paths as a user gives them. Out, in an order that never varies: a file to read, or why one
is not read. Nothing is opened here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from index.ingest.outcome import Failed, Skipped


class File(Struct, frozen=True):
    """A file to read. `relative` is its place, with slashes, inside what was named."""

    path: Path
    relative: str
    size: int

    @property
    def shown(self) -> str:
        """The path as text, whatever bytes its name is made of."""
        return shown(self.path)


def shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def files(paths: Sequence[Path]) -> Iterator[File | Skipped | Failed]:
    """Everything in `paths`; each folder and file once, however many ways lead to it."""
    seen: set[Path] = set()
    for path in paths:
        yield from _below(path, None, seen)


def _below(path: Path, relative: str | None, seen: set[Path]) -> Iterator[File | Skipped | Failed]:
    try:
        there, found = path.resolve(strict=True), path.stat()
    except RuntimeError:
        yield Failed(shown(path), "a symbolic link that leads to itself")
    except OSError as error:
        yield Failed(shown(path), reason(error))
    else:
        if there in seen:
            yield Skipped(shown(path), "reached already by another way (a symbolic link, or named twice)")
            return
        seen.add(there)
        if stat.S_ISDIR(found.st_mode):
            yield from _folder(path, f"{relative}/" if relative else "", seen)
        elif stat.S_ISREG(found.st_mode):
            yield File(path, relative or path.name, found.st_size)
        else:
            yield Skipped(shown(path), "not a regular file")


def _folder(folder: Path, prefix: str, seen: set[Path]) -> Iterator[File | Skipped | Failed]:
    try:
        names = sorted(inside.name for inside in folder.iterdir())
    except OSError as error:
        yield Failed(shown(folder), reason(error))
        return
    for name in names:
        if name.startswith("."):
            yield Skipped(shown(folder / name), "hidden")
        else:
            yield from _below(folder / name, prefix + name, seen)


def reason(error: OSError) -> str:
    """What the system says, in words."""
    return (error.strerror or str(error)).lower()
