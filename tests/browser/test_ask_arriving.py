"""An answer while it arrives: sentence by sentence, nothing moves, and what was verified stays where it breaks off."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.browser.writing import ENDS, FIRST, MODEL, QUESTION, SECOND, UNBORNE, Held, Writer, writer, writes
from tests.qa.models.servers import silent, torn

SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.shifted += entry.hadRecentInput ? 0 : entry.value;
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def model() -> Iterator[Writer]:
    with writer() as one:
        yield one


@pytest.fixture
def page(serve: Any, own_archive: Path, model: Writer, visit: Any) -> Page:
    """Of a server whose first model is the scripted one; how far anything moves is measured from the start."""
    opened: Page = visit(serve(own_archive, "--model", MODEL, **model.variables).url)
    opened.add_init_script(SHIFTS)
    opened.reload()
    return opened


def begin(page: Page) -> Any:
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    return page.locator(".exchange")


def said(exchange: Any) -> list[str]:
    """The sentences shown; a model that cites before the full stop leaves that out."""
    return [bare(one) for one in exchange.locator(".said").all_text_contents()]


def bare(sentence: str) -> str:
    return sentence.removesuffix(".")


def test_a_sentence_is_shown_as_soon_as_it_is_verified_and_nothing_moves(page: Page, model: Writer) -> None:
    held = Held()
    model.replies(writes(FIRST, SECOND), held, writes(UNBORNE, before=". "), *ENDS)
    exchange = begin(page)
    exchange.locator(".said").wait_for()
    assert said(exchange) == [bare(FIRST)]
    assert exchange.locator(".sources").count() == 0
    assert exchange.locator(".answer").get_attribute("aria-live") == "polite"
    assert page.locator("#ask").inner_text() == "Stop"
    held.go.set()
    exchange.locator(".searched").wait_for()
    assert said(exchange) == [bare(FIRST), bare(SECOND)]
    assert exchange.locator(".dropped li").count() == 1
    assert page.locator("#ask").inner_text() == "Ask"
    assert page.evaluate("window.shifted") < 0.01


@pytest.mark.parametrize("way", ["button", "escape"])
def test_stopping_ends_the_model_and_keeps_what_was_verified(page: Page, model: Writer, way: str) -> None:
    model.replies(writes(FIRST, SECOND), silent)
    exchange = begin(page)
    exchange.locator(".said").wait_for()
    if way == "button":
        page.locator("#ask").click()
    else:
        page.keyboard.press("Escape")
    assert model.was_left()
    exchange.get_by_text("Stopped.").wait_for()
    assert said(exchange) == [bare(FIRST)]
    assert exchange.locator(".notes li").count() == 1
    exchange.get_by_role("button", name="Copy", exact=True).click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert bare(FIRST) in copied
    assert "it was stopped" in copied
    page.reload()
    exchange.get_by_text("Stopped.").wait_for()
    assert said(exchange) == [bare(FIRST)]
    assert exchange.locator(".notes li").count() == 1
    model.replies(writes(FIRST, SECOND), *ENDS)
    exchange.get_by_role("button", name="Ask again").click()
    exchange.locator(".searched").wait_for()
    page.reload()
    assert said(exchange) == [bare(FIRST), bare(SECOND)]
    assert exchange.locator(".note").count() == 0


def test_a_question_is_there_again_whose_answer_was_left_while_it_arrived(page: Page, model: Writer) -> None:
    model.replies(writes(FIRST, SECOND), silent)
    exchange = begin(page)
    exchange.locator(".said").wait_for()
    page.reload()
    exchange.get_by_text("the page was left while the answer arrived").wait_for()
    assert exchange.locator(".question").text_content() == QUESTION
    assert said(exchange) == [bare(FIRST)]
    assert "not whole" in page.locator("#earlier").inner_text()


@pytest.mark.parametrize("turns_to", ["another", "the same"])
def test_what_was_verified_is_kept_where_one_turns_away_while_the_rest_arrives(
    page: Page, model: Writer, turns_to: str
) -> None:
    model.replies(writes(FIRST, SECOND), silent)
    exchange = begin(page)
    exchange.locator(".said").wait_for()
    if turns_to == "another":
        page.locator("#another").click()
        assert model.was_left()
        assert page.locator("#ask").inner_text() == "Ask"
        assert exchange.count() == 0
    page.locator(".earlier-question").click()
    exchange.get_by_text("Stopped.").wait_for()
    assert said(exchange) == [bare(FIRST)]
    page.reload()
    exchange.get_by_text("Stopped.").wait_for()
    assert said(exchange) == [bare(FIRST)]


def test_where_the_model_breaks_off_it_says_so_and_keeps_what_was_verified(page: Page, model: Writer) -> None:
    model.replies(writes(FIRST, SECOND), torn)
    exchange = begin(page)
    exchange.locator(".note.bad").wait_for()
    told = exchange.locator(".note.bad").inner_text()
    assert MODEL in told
    assert said(exchange) == [bare(FIRST)]
    page.reload()
    assert exchange.locator(".note.bad").inner_text() == told
    assert said(exchange) == [bare(FIRST)]
    model.replies(writes(FIRST, SECOND), *ENDS)
    exchange.get_by_role("button", name="Ask again").click()
    exchange.locator(".searched").wait_for()
    assert said(exchange) == [bare(FIRST), bare(SECOND)]
    assert exchange.locator(".note.bad").count() == 0


def test_asking_again_without_a_filter_leaves_nothing_of_what_was_stopped(page: Page, model: Writer) -> None:
    model.replies(writes(FIRST, SECOND), silent)
    page.goto(f"{page.url}?since=2020-01-01")
    exchange = begin(page)
    exchange.locator(".said").wait_for()
    model.replies(writes(FIRST, SECOND), *ENDS)
    exchange.locator(".chip button").click()
    exchange.locator(".searched").wait_for()
    assert exchange.locator(".note").count() == 0
    assert said(exchange) == [bare(FIRST), bare(SECOND)]


PARSED = """async ([address, pieces]) => {
  const { parsed } = await import(address);
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(Uint8Array.from(atob(piece), (letter) => letter.charCodeAt(0)));
      }
      controller.close();
    },
  });
  const found = [];
  for await (const event of parsed(body)) {
    found.push([event.name, event.data]);
  }
  return found;
}"""

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\ufeff"), max_size=12)


events = st.tuples(st.sampled_from(["sentence", "done"]), st.lists(words, min_size=1, max_size=3))


@given(
    told=st.lists(events, max_size=3),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    comment=st.booleans(),
    size=st.integers(1, 9),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_events_are_read_however_they_are_cut(
    stream_page: tuple[Page, str], told: list[tuple[str, list[str]]], end: str, comment: bool, size: int
) -> None:
    page, address = stream_page
    written = ""
    for name, data in told:
        written += f": ping{end}" if comment else ""
        written += f"event: {name}{end}" + "".join(f"data: {line}{end}" for line in data) + end
    sent = (written + end + f"event: done{end}data: never ended").encode()
    pieces = [base64.b64encode(sent[at : at + size]).decode() for at in range(0, len(sent), size)]
    assert page.evaluate(PARSED, [address, pieces]) == [[name, "\n".join(data)] for name, data in told]


@pytest.fixture
def stream_page(server: Any, visit: Any) -> tuple[Page, str]:
    page: Page = visit(server.url)
    script = page.locator("script[src$='/ask.js']").get_attribute("src")
    assert script
    return page, script.replace("ask.js", "stream.js")
