"""The server as a user runs it: a process of its own, over an archive of the samples."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import IO

import httpx2
import pytest

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"

_SERVING = re.compile(r"^serving .* at (http://\S+/)")


def environment(**variables: str) -> dict[str, str]:
    """That of a user who has set nothing but `variables`, with the tiny embedder."""
    foreign = {name: value for name, value in os.environ.items() if not name.startswith("ONRECORD_")}
    kept = {name: os.environ[name] for name in ("ONRECORD_CACHE",) if name in os.environ}
    return foreign | kept | {"ONRECORD_EMBEDDING": "tiny"} | variables


class Server:
    """`onrecord serve` over `folder`, on a free port unless `arguments` say otherwise."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        command = [sys.executable, "-m", "onrecord", "--data", str(folder), "serve", "--port", "0", *arguments]
        self.folder = folder
        self.log: list[str] = []
        """The lines on standard error."""
        self.process = subprocess.Popen(
            command,
            env=environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = self._address()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self.client = httpx2.Client(base_url=self.url, timeout=60, trust_env=False)

    def stop(self) -> int:
        """End it as an operator does; its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self._ended()

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self._ended()

    def _ended(self) -> int:
        self.client.close()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            self._reader.join()
            self._stderr.close()

    @property
    def _stderr(self) -> IO[str]:
        assert self.process.stderr is not None
        return self.process.stderr

    def _address(self) -> str:
        for line in self._stderr:
            self.log.append(line)
            if found := _SERVING.match(line):
                return found[1]
        self._stderr.close()
        raise AssertionError(f"it did not start, status {self.process.wait(60)}: {''.join(self.log)}")

    def _read(self) -> None:
        self.log.extend(self._stderr)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds the samples, embedded by the tiny embedder; tests only read it."""
    folder = tmp_path_factory.mktemp("served") / "archive"
    command = [sys.executable, "-m", "onrecord", "--data", str(folder), "ingest", str(SAMPLES)]
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    return folder


@pytest.fixture
def own_archive(archive: Path, tmp_path: Path) -> Path:
    """A copy of the archive that the test may write to, without what other tests asked of it."""
    asked = shutil.ignore_patterns("ledger.sqlite*", "answers", "uploads")
    return shutil.copytree(archive, tmp_path / "archive", ignore=asked)


Serve = Callable[..., Server]


@contextmanager
def serving() -> Iterator[Serve]:
    """Starts servers: `serve(folder, *arguments, **variables)`. Each has to end well."""
    running: list[Server] = []

    def start(folder: Path, *arguments: str, **variables: str) -> Server:
        running.append(Server(folder, *arguments, **variables))
        return running[-1]

    yield start
    alive = [one.process.poll() is None for one in running]
    statuses = [one.stop() for one in running]
    assert {status for status, lived in zip(statuses, alive) if lived} <= {0}


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers that end with the test."""
    with serving() as start:
        yield start


@pytest.fixture(scope="module")
def serve_all() -> Iterator[Serve]:
    """Starts servers that several tests share and only read."""
    with serving() as start:
        yield start


@pytest.fixture(scope="session")
def server(archive: Path) -> Iterator[Server]:
    """One over the samples, for tests that only read; its log stays empty of tracebacks."""
    running = Server(archive)
    yield running
    assert running.stop() == 0
    assert "Traceback" not in "".join(running.log)
