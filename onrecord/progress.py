"""How far a long piece of work is: a bar where standard error is a terminal, else a plain line now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from msgspec import Struct

from onrecord.terminal import console, line, note

_BETWEEN_LINES = 10.0
"""Seconds."""


class Now(Struct, frozen=True):
    """What is done, in words; `done` of `of` in any unit; the `words` embedded and the file at hand, if any."""

    said: str
    done: int
    of: int
    words: int = 0
    path: str = ""

    def after(self, seconds: float) -> str:
        """`12 of 540 files, 1,204 passages, 950 words/s, 4 min left`."""
        parts = [self.said]
        if seconds >= 1:
            if self.words:
                parts.append(f"{self.words / seconds:,.0f} words/s")
            if self.done:
                parts.append(_left(seconds * (self.of - self.done) / self.done))
        return ", ".join(parts)


Tell = Callable[[Now], None]


@contextmanager
def shown() -> Iterator[Tell]:
    """What to tell how far it is, while the work lasts."""
    to = console(stderr=True)
    began = monotonic()
    if not to.is_terminal:
        yield _lines(began)
        return
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.table import Column

    one_line = Column(no_wrap=True, overflow="ellipsis")
    columns = (BarColumn(bar_width=24), TextColumn("{task.description}", markup=False, table_column=one_line))
    with Progress(*columns, console=to, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def tell(now: Now) -> None:
            text = f"{now.after(monotonic() - began)}  {line(now.path)}"
            bar.update(task, total=now.of, completed=now.done, description=text)

        yield tell


def _lines(began: float) -> Tell:
    last = began

    def tell(now: Now) -> None:
        nonlocal last
        time = monotonic()
        if time - last >= _BETWEEN_LINES:
            last = time
            note(now.after(time - began))

    return tell


def _left(seconds: float) -> str:
    return f"{seconds / 60:,.0f} min left" if seconds >= 90 else f"{seconds:.0f} s left"
