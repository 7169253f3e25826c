"""Every distinct label of the transcripts in a folder with its count, and a file in which the rare ones stand.

    python tests/reading/list_labels.py FOLDER
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from index.errors import OnrecordError
from index.reading import read


def main(folder: Path) -> None:
    counts: Counter[str | None] = Counter()
    seen: dict[str | None, str] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            turns = read(path.read_bytes(), path.name).transcript.turns
        except OnrecordError as error:
            print(f"{path}: {error}", file=sys.stderr)
            continue
        counts.update(turn.label for turn in turns)
        for turn in turns:
            seen.setdefault(turn.label, path.name)
    for label, count in counts.most_common():
        print(f"{count:6} {label!r:45} {seen[label] if count < 10 else ''}".rstrip())
    print(f"{counts.total():6} turns, {len(counts)} labels")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
