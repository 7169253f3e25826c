"""Text of the record on a terminal: nothing in it steers the terminal or is read as mark-up."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import unicodedata
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from onrecord.places import time_code
from onrecord.progress import Now
from onrecord.terminal import line, say, visible

OVERRIDES = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@given(st.text(st.characters(categories=["Cc", "Cf", "Cs", "L", "P", "Zl", "Zp", "Zs"])))
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    shown = visible(text)
    left = {c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")} - {"\n", "\t"}
    assert not left
    assert not OVERRIDES & set(shown)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"], include_characters="\n\t")))
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert len(line(text).splitlines()) <= 1


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])), st.booleans(), st.integers(0, 8))
def test_what_is_printed_is_what_was_said(text: str, terminal: bool, indent: int) -> None:
    to = Console(
        file=io.StringIO(), force_terminal=terminal, width=40, markup=False, emoji=False, highlight=False,
        color_system=None, soft_wrap=True,
    )  # fmt: skip
    say(to, "[bold]:smile: ", text, indent=indent)
    assert isinstance(to.file, io.StringIO)
    assert "".join(to.file.getvalue().split()) == "".join(f"[bold]:smile: {text}".split())


def test_time_codes() -> None:
    assert [time_code(seconds) for seconds in (0.0, 7.9, 60, 3725)] == ["0:00", "0:07", "1:00", "1:02:05"]


def test_progress_says_rate_and_what_is_left() -> None:
    now = Now("12 of 540 files, 40 passages", done=10, of=100, words=5000)
    assert now.after(0.5) == "12 of 540 files, 40 passages"
    assert now.after(2.0) == "12 of 540 files, 40 passages, 2,500 words/s, 18 s left"
    assert now.after(100.0) == "12 of 540 files, 40 passages, 50 words/s, 15 min left"


def test_in_a_terminal_a_bar_shows_how_far_it_is_and_the_result_stays_json(onrecord: Any) -> None:
    terminal, inside = pty.openpty()
    os.set_blocking(terminal, False)
    environment = onrecord.environment | {"TERM": "xterm-256color", "COLUMNS": "100"}
    command = [*onrecord.command, "ingest", str(onrecord.write("files")), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=inside, env=environment)
    shown = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    os.close(inside)
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["added"]) == 3
    assert "━" in shown
    assert "3 of 3 files, 3 passages" in shown
