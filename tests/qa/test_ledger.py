"""The ledger: sums are right whoever writes at once and however they end, and an answer never fails for it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answer import DropReason
from qa.ledger import FILE, Entry, Ledger, LedgerUnreadable, Line

ENTRY = Entry(outcome="answered", written=3, verified=2, repaired=1, dropped={"negation": 1})

WRITER = """
import sys
from pathlib import Path
from qa.ledger import Entry, Ledger
ledger = Ledger(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    ledger.record("m", "prose", Entry(outcome="answered", written=3, dropped={"negation": 1}))
    print(number + 1, flush=True)
"""

counts = st.integers(0, 50)
entries = st.builds(
    Entry,
    outcome=st.sampled_from(["answered", "abstained", "failed"]),
    written=counts,
    verified=counts,
    repaired=counts,
    dropped=st.dictionaries(st.sampled_from(get_args(DropReason)), st.integers(1, 9), max_size=3),
)
models = st.sampled_from(["extractive", "openai:llama3.1", "llama_cpp:ü; --.gguf"])
keys = st.tuples(models, st.sampled_from(["quotes", "prose"]))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(keys, entries), max_size=12))
def test_a_line_is_the_sum_of_its_entries(recorded: list[tuple[tuple[str, str], Entry]]) -> None:
    sums: dict[tuple[str, str], Counter[str]] = {}
    with TemporaryDirectory() as folder:
        ledgers = [Ledger(Path(folder)), Ledger(Path(folder))]
        for at, (key, entry) in enumerate(recorded):
            ledgers[at % 2].record(*key, entry)
            sum_of = sums.setdefault(key, Counter())
            sum_of.update({entry.outcome: 1, "written": entry.written})
            sum_of.update({"verified": entry.verified, "repaired": entry.repaired})
            sum_of.update({str(reason): number for reason, number in entry.dropped.items()})
        lines = Ledger(Path(folder)).read()
    assert [(line.model, line.style) for line in lines] == sorted(sums)
    for line in lines:
        expected = sums[line.model, line.style]
        fixed = ("answered", "abstained", "failed", "written", "verified", "repaired")
        assert {name: getattr(line, name) for name in fixed} == {name: expected[name] for name in fixed}
        assert line.dropped == {name: expected[name] for name in expected if name not in fixed}


def test_no_reason_is_called_like_a_column() -> None:
    assert not {*get_args(DropReason)} & {*Line.__struct_fields__}


def test_several_processes_and_threads_lose_nothing(tmp_path: Path) -> None:
    processes = [writer(tmp_path, 60) for _ in range(6)]
    ledger = Ledger(tmp_path)
    threads = [Thread(target=record_often, args=(ledger, 60)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [process.communicate()[1] for process in processes] == [b""] * 6
    (line,) = ledger.read()
    assert (line.answered, line.written, line.verified, line.dropped) == (600, 1800, 480, {"negation": 600})


def test_a_killed_process_loses_nothing_that_was_recorded(tmp_path: Path) -> None:
    for _ in range(3):
        killed = writer(tmp_path, 100_000)
        assert killed.stdout is not None
        before = answered(tmp_path)
        said = len([killed.stdout.readline() for _ in range(40)])
        killed.send_signal(signal.SIGKILL)
        said += len(killed.stdout.read().splitlines())
        killed.communicate()
        assert before + said <= answered(tmp_path) <= before + said + 1
    Ledger(tmp_path).record("m", "prose", ENTRY)
    assert Ledger(tmp_path).read()[0].verified == 2


def test_an_absent_folder_is_not_made(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(tmp_path / "none")
    ledger.record("m", "prose", ENTRY)
    assert ledger.read() == []
    assert list(tmp_path.iterdir()) == []
    assert caplog.records == []


def test_reading_makes_no_file(tmp_path: Path) -> None:
    assert Ledger(tmp_path).read() == []
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_a_table_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    assert Ledger(tmp_path).read() == []
    Ledger(tmp_path).record("m", "prose", ENTRY)
    assert answered(tmp_path) == 1


@pytest.mark.parametrize("spoiled", [b"no ledger " * 1000, None], ids=["damaged", "a folder in its place"])
def test_one_that_cannot_be_written_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, spoiled: bytes | None
) -> None:
    file = tmp_path / FILE
    file.mkdir() if spoiled is None else file.write_bytes(spoiled)
    ledger = Ledger(tmp_path)
    for _ in range(3):
        ledger.record("m", "prose", ENTRY)
    assert [(one.levelno, FILE in one.getMessage()) for one in caplog.records] == [(logging.WARNING, True)]
    with pytest.raises(LedgerUnreadable, match="moved away"):
        ledger.read()
    file.rename(tmp_path / "away")
    ledger.record("m", "prose", ENTRY)
    assert answered(tmp_path) == 1


def test_a_name_that_is_no_text_spoils_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(tmp_path)
    ledger.record("openai:\udcff", "prose", ENTRY)
    assert len(caplog.records) == 1
    ledger.record("m", "prose", ENTRY)
    assert answered(tmp_path) == 1


def test_a_full_disk_spoils_nothing_and_is_got_over(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(disk)
    ledger.record("m", "prose", ENTRY)
    with pytest.raises(OSError, match="No space left"):
        (disk / "ballast").write_bytes(bytes(4_000_000))
    for number in range(500):
        ledger.record(f"model {number}", "prose", ENTRY)
    assert len(caplog.records) == 1
    (disk / "ballast").unlink()
    before = answered(disk)
    ledger.record("m", "prose", ENTRY)
    assert before >= 1
    assert answered(disk) == before + 1


def test_a_read_only_folder_is_read_and_spoils_nothing(disk: Path, caplog: pytest.LogCaptureFixture) -> None:
    ledger = Ledger(disk)
    ledger.record("m", "prose", ENTRY)
    del ledger
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    ledger = Ledger(disk)
    ledger.record("m", "prose", ENTRY)
    ledger.record("m", "prose", ENTRY)
    assert answered(disk) == 1
    assert len(caplog.records) == 1


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a quarter of a megabyte."""
    made = tmp_path / "disk"
    made.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(made)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield made
    subprocess.run(["umount", "--lazy", made], check=True)


def writer(folder: Path, times: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(folder), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def record_often(ledger: Ledger, times: int) -> None:
    for _ in range(times):
        ledger.record("m", "prose", ENTRY)


def answered(folder: Path) -> int:
    return sum(line.answered for line in Ledger(folder).read())
