"""What a client of the server sends and sees: uploads, jobs, quotes; and the processes behind it."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import Any

import httpx2

Part = tuple[str, str | bytes]


def talk(word: str, turns: int = 2) -> str:
    """A transcript in which `word` is said."""
    said = (f"MS. HALE: Point {n} is the {word}, and all of it is about money.\n\n" for n in range(turns))
    return "".join(said) + "MR. BO: Thank you for that.\n"


def send(client: httpx2.Client, *files: Part, **fields: str) -> httpx2.Response:
    """`files` in one request."""
    parts = [("file", (name, content.encode() if isinstance(content, str) else content)) for name, content in files]
    return client.post("/api/transcripts", files=parts, data=fields)


def queued(client: httpx2.Client, *files: Part, **fields: str) -> list[str]:
    """The ids of the jobs of `files`."""
    answer = send(client, *files, **fields)
    assert answer.status_code == 202, answer.text
    jobs = answer.json()["jobs"]
    assert [job["path"] for job in jobs] == [name for name, _ in files]
    return [job["id"] for job in jobs]


def job(client: httpx2.Client, id: str) -> dict[str, Any]:
    answer = client.get(f"/api/jobs/{id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def settled(client: httpx2.Client, *ids: str) -> list[dict[str, Any]]:
    """The jobs when each is done or failed."""
    return [reached(client, id, "done", "failed") for id in ids]


def reached(client: httpx2.Client, id: str, *states: str) -> dict[str, Any]:
    """The job when it is in one of `states`."""
    while True:
        found = job(client, id)
        if found["state"] in states:
            return found
        assert found["state"] not in ("done", "failed"), found


def found(client: httpx2.Client, word: str) -> set[str]:
    """The transcripts in which `word` is found."""
    answer = client.post("/api/search", json={"query": word, "k": 100})
    assert answer.status_code == 200, answer.text
    return {hit["transcript_id"] for hit in answer.json()["hits"] if word in hit["text"]}


def children(process: int) -> list[int]:
    """Those of `process` that run; on Linux."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [pid for thread in threads for pid in _children(thread) if running(pid)]


def _children(listed: Path) -> list[int]:
    """Those that a thread started; none where it has just ended."""
    try:
        return [int(pid) for pid in listed.read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def running(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return re.sub(r".*\) ", "", status)[0] != "Z"


def kill(process: int) -> None:
    """Returns when it is gone."""
    os.kill(process, signal.SIGKILL)
    while running(process):
        pass


def document(id: str, *texts: str, **fields: Any) -> dict[str, Any]:
    """The JSON form of a transcript."""
    return {"id": id, "turns": [{"label": "MS. HALE", "text": text} for text in texts]} | fields
