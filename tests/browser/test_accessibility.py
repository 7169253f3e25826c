"""Every page against axe-core's rules for WCAG 2.2 AA and its best practices, light and dark, wide and narrow."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LOOKS = [
    pytest.param({"color_scheme": "light", "viewport": {"width": 1280, "height": 900}}, id="light-wide"),
    pytest.param({"color_scheme": "dark", "viewport": {"width": 320, "height": 640}}, id="dark-narrow"),
]
PAGES = [
    "",
    "archive",
    "archive?speaker=Oakes&since=2024-01-01",
    "archive#adding",
    "search?q=steel+of+the+piers&speaker=Oakes",
    "transcripts/2024-02-06-council-hearing.vtt#c40-80",
    "check",
    "answers/nothing",
]


def violations(page: Any, part: str = "html") -> list[str]:
    """What axe says is wrong in the `part` of the page, a line for each element."""
    page.evaluate(AXE)
    found = page.evaluate("([part, rules]) => axe.run(part, { runOnly: rules })", [part, RULES])
    return [f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_rule_and_is_as_wide_as_the_window(
    server: Any, visit: Any, path: str, look: dict[str, Any]
) -> None:
    page = visit(server.url + path, **look)
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", LOOKS)
def test_a_checked_text_breaks_no_rule(server: Any, visit: Any, look: dict[str, Any]) -> None:
    page = visit(f"{server.url}check", **look)
    page.locator("#text").fill("“The limit at which I have to act is 26 percent,” Oakes said. “Nobody ever said this.”")
    page.locator("#check [type=submit]").click()
    page.locator("#checked").wait_for()
    page.keyboard.press("n")
    assert violations(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_an_answer_and_that_there_is_none_break_no_rule(server: Any, visit: Any, look: dict[str, Any]) -> None:
    page = visit(f"{server.url}?transcript=townhall.harrowmere.example--briefings--2024-02-08", **look)
    questions = ("What is the weight limit of the bridge?", "How many lorries were fined in Cairo?")
    for number, question in enumerate(questions):
        page.fill("#question", question)
        page.keyboard.press("Enter")
        page.locator(".exchange").nth(number).locator(".searched").wait_for()
        assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Show in context").first.click()
    page.locator("#question").press("Shift+Tab")
    page.locator("body").press("[")
    assert page.locator("#card .original").count()
    assert violations(page, "#card") == []
