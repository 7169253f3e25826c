"""What claims and meetings have in common: `questions.jsonl` beside a folder of transcripts in Onrecord's own form."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from eval.datasets.errors import DatasetError

Row = TypeVar("Row")


def rows(path: Path, form: type[Row]) -> list[Row]:
    """The lines of `path`, each as `form`; what a row has beyond it is not read."""
    found = []
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        raise DatasetError(path, "there is no such file") from None
    for number, line in enumerate(lines, 1):
        try:
            found.append(msgspec.json.decode(line, type=form))
        except msgspec.DecodeError as error:
            raise DatasetError(path, str(error), number) from None
    return found
