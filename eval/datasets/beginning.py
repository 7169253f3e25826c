"""A set of one's own, begun: a folder with an example of everything, to be replaced line by line.

In: a folder that is not there yet, or is empty. Out: the files put into it; together they are a set that can be run.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from eval.datasets.errors import DatasetError

EXAMPLE = Path(__file__).parent / "example"


def begin(folder: Path) -> list[Path]:
    """The files that were put into `folder`. DatasetError where something stands in it."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DatasetError(folder, "there is something there already; name a new folder")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    return sorted(path for path in folder.rglob("*") if path.is_file())
