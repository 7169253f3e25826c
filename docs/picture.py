"""Make docs/answer.svg: a question asked of the samples, as a terminal shows the answer.

    python docs/picture.py
"""

from __future__ import annotations

import asyncio
import io
import re
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI

from index.ingest import ingest
from onrecord.archive import Archive
from onrecord.commands.ask import show
from qa.asking import Question

QUESTION = "When does the bridge close?"
HERE = Path(__file__).resolve().parent
NO_FONTS_FETCHED = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), {})
        ingest([HERE.parent / "samples"], archive.store, archive.embedder, settings=archive.passages)
        answer = asyncio.run(archive.answerer.answer(Question(text=QUESTION)))
        voices = archive.view().voices()
    terminal = Console(
        record=True, width=100, force_terminal=True, file=io.StringIO(), markup=False, emoji=False, highlight=False
    )
    terminal.print(f'$ onrecord ask "{QUESTION}"')
    show(terminal, answer, voices)
    picture = terminal.export_svg(
        title="onrecord", theme=MONOKAI, code_format=NO_FONTS_FETCHED, unique_id="answer"
    )
    (HERE / "answer.svg").write_text(picture)


if __name__ == "__main__":
    main()
