"""What can be wrong with a dataset: the error says where it is and what to do."""

from __future__ import annotations

from pathlib import Path

from index.errors import OnrecordError


class DatasetError(OnrecordError):
    """A dataset can't be read as what it is said to be."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        super().__init__(f"{path}{'' if line is None else f', line {line}'}: {reason}")


class UnknownDataset(OnrecordError):
    """No dataset has that name; says which there are."""
