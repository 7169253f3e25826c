"""Failures: the questions of a run that went wrong, by what went wrong first on the way to the answer.

In: rows. Out: groups of failures. A question is in one group: what was never found can't be cited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from eval.asking import Row

WHAT = {
    "fabricated": "a quote that does not stand so, or another speaker's",
    "outside": "somebody cited whom a filter leaves out",
    "answered": "answered, though the record has no answer",
    "not found": "no evidence among the first ten hits",
    "declined": "declined, though evidence was found",
    "cited wrongly": "evidence found, something else cited first",
    "said otherwise": "cited rightly, but no gold answer stands in the answer",
    "found late": "evidence found, but not within the first five hits",
}
"""Each group and what it says, the gravest first."""


class Failures(Struct, frozen=True):
    """The rows of one group."""

    name: str
    what: str
    rows: tuple[Row, ...]


def failure(row: Row) -> str | None:
    """The group of `row`; None where all went well."""
    found = row.measures
    if found.get("exact_quotes", 1) < 1 or found.get("right_speaker", 1) < 1:
        return "fabricated"
    if found.get("outside_filter", 0) > 0:
        return "outside"
    if found.get("declined") == 0:
        return "answered"
    wrong = found.get("right@2", found.get("contained")) == 0
    if found.get("hit@10") == 0 and found.get("right@2") != 1:
        return "not found"
    if wrong:
        return "declined" if found.get("answered") == 0 else "cited wrongly" if "right@2" in found else "said otherwise"
    if found.get("contained") == 0:
        return "said otherwise"
    return "found late" if found.get("hit@5") == 0 else None


def reasons(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """Why questions were declined and drafted sentences dropped, as the answers say, each with how often."""
    answers = [row.answer for row in rows if row.answer is not None]
    counted = Counter(f"declined: {one.abstention.reason}" for one in answers if one.abstention)
    counted.update(f"sentence dropped: {dropped.reason}" for one in answers for dropped in one.dropped)
    return counted.most_common()


def failures(rows: Sequence[Row]) -> list[Failures]:
    """All groups that are not empty, the gravest first."""
    named = [(failure(row), row) for row in rows]
    groups = (Failures(name, what, tuple(row for one, row in named if one == name)) for name, what in WHAT.items())
    return [one for one in groups if one.rows]
