"""A job: one uploaded file on its way into the archive."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from index.reading.report import Report

State = Literal["queued", "reading", "embedding", "done", "failed"]

Outcome = Literal["added", "updated", "unchanged", "duplicate"]


class Job(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`path` is the file's own name, as it was uploaded.

    `done` and `of` count the passages that have to be embedded; `of` is 0 until that is known. A job
    that is *done* has an `outcome`, the id of the `transcript` that holds the file's words, and the
    reader's `report`; one that *failed* an `error` that says what to do.
    """

    id: str
    path: str
    state: State
    done: int
    of: int
    outcome: Outcome | None = None
    transcript: str | None = None
    report: Report | None = None
    error: str | None = None

    @property
    def settled(self) -> bool:
        return self.state in ("done", "failed")
