"""A real server under load: questions a second and latencies, against a handler that only embeds the question.

    python -m eval.benchmarks.serving --data DIR --questions questions.jsonl [--seconds 20] [--memory 10000]

Bare handler, `search` and `ask` (extractive) take turns at 1, 8 and 64 clients, each question distinct.
`--memory N` then asks N questions of a fresh server and prints its memory after a tenth of them and after all.
Clients and server share the machine. Needs an archive already ingested.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import re
import statistics
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import perf_counter
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from eval.benchmarks.questions import distinct_questions

CLIENTS = (1, 8, 64)
WARM_UP = 50
_ADDRESS = re.compile(r"at (http://\S+)")


class Server(Struct, frozen=True, eq=False):
    """A process that serves, and where."""

    process: subprocess.Popen[str]
    host: str
    port: int

    @property
    def megabytes(self) -> float:
        """Resident memory (Linux alone says it)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def served(*command: str) -> Iterator[Server]:
    """The server that `python -m command…` starts, for a while."""
    process = subprocess.Popen([sys.executable, "-m", *command], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        address = next((found[1] for line in process.stderr if (found := _ADDRESS.search(line))), None)
        if address is None:
            raise SystemExit(f"{' '.join(command)} did not start")
        # What it logs must go somewhere, or a full pipe holds it up.
        Thread(target=deque, args=(process.stderr, 0), daemon=True).start()
        at = urlsplit(address)
        yield Server(process, at.hostname or "", at.port or 0)
    finally:
        process.terminate()
        process.wait()


class Client:
    """One connection that is kept, over which one request follows another."""

    def __init__(self, server: Server) -> None:
        self._server = server

    async def __aenter__(self) -> Client:
        self._reader, self._writer = await asyncio.open_connection(self._server.host, self._server.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def post(self, path: str, body: bytes) -> int:
        """The status of the answer, which is read to its end."""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self._server.host}:{self._server.port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        await self._reader.readexactly(int(answer.split("content-length:")[1].split("\r\n")[0]))
        return int(answer.split(" ", 2)[1])


class Call(Struct, frozen=True):
    """What is asked: the name it has in the table, the path, and the field that holds the question."""

    name: str
    path: str
    field: str

    def body(self, question: str) -> bytes:
        """The request's body."""
        return msgspec.json.encode({self.field: question})


BARE = Call("bare", "/api/bare", "question")
SEARCH = Call("search", "/api/search", "query")
ASK = Call("ask", "/api/questions", "question")


class Load(Struct, frozen=True):
    """What came of one stretch: milliseconds of each answer, those not answered, seconds it lasted."""

    spent: list[float]
    errors: int
    seconds: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.spent) / self.seconds

    def line(self) -> str:
        """As a line of the table."""
        cuts = statistics.quantiles(self.spent, n=100)
        return (
            f"{self.rate:7.1f}/s  p50 {statistics.median(self.spent):7.1f} ms  p95 {cuts[94]:7.1f} ms  "
            f"p99 {cuts[98]:7.1f} ms  {self.errors} errors"
        )


async def load(server: Server, call: Call, questions: Iterator[str], clients: int, seconds: float, most: int) -> Load:
    """`clients` at once, each asking as soon as it is answered, for `seconds` or until `most` are answered."""
    spent: list[float] = []
    errors = 0
    began = perf_counter()

    async def ask() -> None:
        nonlocal errors
        async with Client(server) as client:
            while perf_counter() - began < seconds and len(spent) < most:
                asked = perf_counter()
                status = await client.post(call.path, call.body(next(questions)))
                spent.append((perf_counter() - asked) * 1e3)
                errors += status != 200

    await asyncio.gather(*(ask() for _ in range(clients)))
    return Load(spent, errors, perf_counter() - began)


def endless(questions: Sequence[str]) -> Iterator[str]:
    """The questions, over and over, each time in other words so that none is asked twice."""
    for turn in itertools.count():
        for question in questions:
            yield f"{question} ({turn})" if turn else question


def measure(data: Path, questions: Iterator[str], seconds: float) -> None:
    """Print the table."""
    with (
        served("eval.benchmarks.bare") as bare,
        served("onrecord", "--data", str(data), "serve", "--port", "0") as ours,
    ):
        calls = ((bare, BARE), (ours, SEARCH), (ours, ASK))
        for server, call in calls:
            asyncio.run(load(server, call, questions, 1, 600, WARM_UP))
        for clients in CLIENTS:
            base = 0.0
            for server, call in calls:
                found = asyncio.run(load(server, call, questions, clients, seconds, sys.maxsize))
                base = base or found.rate
                print(f"{clients:3} clients  {call.name:7} {found.line()}  of bare {found.rate / base:.2f}", flush=True)


def measure_memory(data: Path, questions: Iterator[str], many: int) -> None:
    """Print how large the server is after a tenth of `many` questions, and after all."""
    with served("onrecord", "--data", str(data), "serve", "--port", "0") as server:
        asyncio.run(load(server, ASK, questions, 8, sys.maxsize, many // 10))
        tenth = server.megabytes
        asyncio.run(load(server, ASK, questions, 8, sys.maxsize, many - many // 10))
        whole = server.megabytes
        print(f"memory after {many // 10:,} questions {tenth:.0f} MiB, after {many:,} {whole:.0f} MiB")
        print(f"ratio {whole / tenth:.3f}")


def main() -> None:
    """Serve, load, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--questions", type=Path, required=True)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--memory", type=int, default=0)
    given = options.parse_args()
    questions = endless(distinct_questions(given.questions, sys.maxsize))
    if given.memory:
        measure_memory(given.data, questions, given.memory)
    else:
        measure(given.data, questions, given.seconds)


if __name__ == "__main__":
    main()
