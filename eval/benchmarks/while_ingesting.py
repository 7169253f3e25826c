"""Latency of questions to a running server, quiet and while it takes in many files.

    python -m eval.benchmarks.while_ingesting --data DIR --questions questions.jsonl [-n 300] [--files 60]

The server runs over a copy of the archive in DIR. Each question is asked once, one after another;
none is asked before the server is warm. The files are the archive's own transcripts with their
turns in reverse, so that all of their text is embedded. Prints p50 and p95 of both times, and the
ratio of the two p95.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from functools import partial
from pathlib import Path

import httpx2
from msgspec import json, structs

from eval.benchmarks.questions import WARM_UP, distinct_questions, timed
from eval.benchmarks.serving import served
from index.reading.canonical import encode
from index.store import open_store

SETTLED = ("done", "failed")


def ask(client: httpx2.Client, questions: list[str]) -> list[float]:
    """Milliseconds of each."""

    def answered(question: str) -> None:
        client.post("/api/questions", json={"question": question}).raise_for_status()

    return [timed(partial(answered, question)) for question in questions]


def reversed_files(folder: Path, count: int) -> list[tuple[str, tuple[str, bytes]]]:
    """The archive's `count` longest transcripts, their turns in reverse, as parts of a form."""
    view = open_store(folder).view()
    longest = sorted(view.summaries(), key=lambda one: -one.words)[:count]
    files = []
    for summary in longest:
        transcript = view.transcript(summary.id)
        turned = structs.replace(transcript, id=None, source=None, turns=transcript.turns[::-1], outside=())
        files.append(("file", (f"{summary.id[:180]}.reversed.json", json.encode(encode(turned)))))
    return files


def at_work(client: httpx2.Client) -> tuple[int, int]:
    """Files that are not yet settled, and passages embedded."""
    jobs = client.get("/api/jobs").raise_for_status().json()["jobs"]
    return sum(job["state"] not in SETTLED for job in jobs), sum(job["done"] for job in jobs)


def main() -> None:
    """Copy, serve, ask, send, ask, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--questions", type=Path, required=True)
    options.add_argument("-n", type=int, default=300)
    options.add_argument("--files", type=int, default=60)
    given = options.parse_args()

    asked = distinct_questions(given.questions, WARM_UP + 2 * given.n)
    half = (len(asked) - WARM_UP) // 2
    with tempfile.TemporaryDirectory() as place:
        folder = shutil.copytree(given.data, Path(place) / "archive")
        files = reversed_files(folder, given.files)
        with (
            served("onrecord", "--data", str(folder), "serve", "--port", "0") as server,
            httpx2.Client(base_url=f"http://{server.host}:{server.port}", timeout=600, trust_env=False) as client,
        ):
            ask(client, asked[:WARM_UP])
            quiet = ask(client, asked[WARM_UP : WARM_UP + half])
            client.post("/api/transcripts", files=files).raise_for_status()
            while at_work(client)[1] == 0:
                pass
            busy = ask(client, asked[WARM_UP + half :])
            left, embedded = at_work(client)

    print(
        f"{len(files)} files of {sum(len(part[1]) for _, part in files) / 1e6:.1f} MB, {left} of them left at the end"
    )
    print(f"{embedded} passages were embedded while {len(busy)} questions were asked")
    ninety_fifth = []
    for name, times in (("quiet", quiet), ("busy", busy)):
        ninety_fifth.append(statistics.quantiles(times, n=20)[-1])
        print(f"{name:6} n {len(times)}  p50 {statistics.median(times):6.1f} ms  p95 {ninety_fifth[-1]:6.1f} ms")
    print(f"p95 busy / quiet {ninety_fifth[1] / ninety_fifth[0]:.2f}")


if __name__ == "__main__":
    main()
