"""Reports: everything that a row holds is on the page, escaped, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
from msgspec import structs

from eval.report import rendered
from eval.run import read
from qa.answer import Dropped
from tests.eval.run.conftest import Set


class Seen(HTMLParser):
    """Elements that are open at the end, and all addresses that a browser would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fetched: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attributes if name in ("src", "href", "xlink:href")]
        self.scripts += tag == "script"
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_reports_are_written_beside_the_run(small: Set, whole: Path) -> None:
    written = small(small.command("report", whole)).split()
    assert written == [str(whole / "report.html"), str(whole / "report.md")]
    page = (whole / "report.html").read_text("utf-8")
    seen = Seen()
    seen.feed(page)
    assert (seen.open, seen.fetched, seen.scripts) == ([], [], 0)
    assert "<svg" in page
    marked = (whole / "report.md").read_text("utf-8")
    for measure in ("hit@5", "MRR@10", "exact_quotes", "AUROC"):
        assert f"<td>{measure}</td>" in page
        assert f"| {measure} |" in marked


def test_a_failure_is_shown_with_gold_hits_and_answer_and_nothing_is_markup(whole: Path) -> None:
    run = read(whole)
    hostile = "<script>alert(1)</script> | [x](y)"
    assert run.rows[0].answer is not None
    dropped = Dropped(text="It never cost anything.", reason="negation", detail="")
    row = structs.replace(
        run.rows[0],
        answer=structs.replace(run.rows[0].answer, dropped=(dropped,)),
        asked=structs.replace(run.rows[0].asked, question=hostile),
        measures=run.rows[0].measures | {"hit@10": 0.0, "right@2": 0.0},
    )
    spoiled = structs.replace(run, rows=(row,))
    page = rendered(spoiled, "report.html")
    assert "no evidence among the first ten hits" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "sentence dropped: negation" in page
    assert "| sentence dropped: negation | 1 |" in rendered(spoiled, "report.md")
    assert "The cost that I ask you to plan with is 58.4" in page
    assert row.hits is not None
    first = re.sub(r"\s+", " ", row.hits[0].text)[:40]
    assert first in re.sub(r"\s+", " ", page)
    assert "\\|" in rendered(spoiled, "report.md")


def test_rows_are_read_as_they_were_written(whole: Path) -> None:
    run = read(whole)
    lines = (whole / "questions.jsonl").read_bytes().splitlines()
    assert [msgspec.json.encode(row) for row in run.rows] == lines
