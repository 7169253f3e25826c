"""The page on which a text is checked."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = (
    "Ruben Oakes said, “I reduced the weight limit the same night, from 9.5 tonnes to 3.5.” "
    "As Petra Lindquist put it, “The limit at which I have to act is 25 percent.”\n\n"
    "“Nobody ever said these <b>words</b> here.” Who knows? "
    "Ruben Oakes said that “the limit at which I have to act is 25 percent”."
)


def test_a_text_is_shown_with_its_verdicts_and_they_are_walked_through(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}check")
    page.locator("#text").fill(TEXT)
    assert page.locator("#counted").inner_text() == f"{len(TEXT)} of 20,000 characters"
    page.locator("#check [type=submit]").click()
    page.locator("#checked").wait_for()
    assert page.evaluate("document.activeElement.id") == "summary"
    shown = "".join(part for part in page.locator(".checked-text .judged").all_text_contents())
    assert "Nobody ever said these <b>words</b> here." in shown
    altered = page.locator(".finding.altered").first
    assert altered.locator("ins").inner_text().split() == ["[put", "in:", "9.5", "]"]
    assert "Ruben Oakes" in page.locator(".finding.misattributed").first.inner_text()
    wrong = page.locator(".finding[data-wrong]")
    page.get_by_role("button", name="Copy the findings").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "1. **Altered**: “I reduced the weight limit the same night, from 9.5 tonnes to 3.5.”" in copied
    assert "> I reduced the weight limit the same night, from 7.5 tonnes to 3.5" in copied
    assert f"<{server.url}transcripts/2024-02-06-council-hearing.vtt#c" in copied
    page.keyboard.press("n")
    assert "here" in str(wrong.first.get_attribute("class"))
    page.keyboard.press("p")
    assert "here" in str(wrong.last.get_attribute("class"))
    assert page.locator(".judged.here").first.is_visible()


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The limit at which I have to act is 26 percent.", "26 percent"),
        ("The limit at which I have to act is not 25 percent.", "not"),
        ("The ferry carried 300,000 passengers in ninety-six days.", "300,000"),
    ],
)
def test_what_the_record_contradicts_is_not_called_not_found(server: Any, visit: Any, sentence: str, why: str) -> None:
    page = visit(f"{server.url}check")
    page.locator("#text").fill(sentence)
    page.locator("#check [type=submit]").click()
    finding = page.locator(".finding")
    finding.wait_for()
    assert "Not found" not in page.locator("#checked").inner_text()
    heading, detail, written = (finding.locator(part).inner_text() for part in ("h3", ".detail", ".checked-words"))
    assert "Otherwise in the record" in heading
    assert why in detail
    assert written == sentence
    assert finding.locator("blockquote").count()
    assert "1 place to look at" in page.locator("#summary").inner_text()


def test_findings_are_copied_with_where_the_transcript_comes_from(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}check")
    page.locator("#text").fill("“I never promised 70 percent of the final cost.”")
    page.locator("#check [type=submit]").click()
    page.get_by_role("button", name="Copy the findings").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Original" not in copied
    assert copied.rstrip().endswith(", original: <https://assembly.velmora.example/works/2025-03-19>")


def test_it_works_without_a_script(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}check", java_script_enabled=False)
    page.locator("#text").fill(TEXT)
    page.locator("#check [type=submit]").click()
    page.locator("a.sign.altered").first.click()
    assert page.url.startswith(f"{server.url}check#finding-")
    assert page.locator(".finding:target").is_visible()


def test_a_text_that_is_too_long_is_refused_before_and_after_it_is_sent(server: Any, visit: Any) -> None:
    page = visit(f"{server.url}check")
    page.locator("#text").fill("a" * 20_001)
    assert page.locator("#check [type=submit]").is_disabled()
    refused = server.client.post("/check", data={"text": "b" * 20_001}).text
    assert "Not checked." in refused
    assert "20,001 characters are too many" in refused
    assert "b" * 20_001 in refused


def test_verdicts_are_bound_to_the_part_of_the_archive(server: Any) -> None:
    quotation = "“The limit at which I have to act is 25 percent.”"
    assert "Nothing found wrong" in server.client.post("/check", data={"text": quotation}).text
    elsewhere = server.client.post("/check", data={"text": quotation, "since": "2025-01-01"}).text
    assert "1 place to look at" in elsewhere
