"""The field in which one asks."""

from __future__ import annotations

from typing import Any


def test_a_question_that_is_too_long_is_kept_whole_and_not_asked(server: Any, visit: Any) -> None:
    page = visit(server.url)
    field = page.locator("#question")
    long = "The bridge is long. " * 100 + "What will its renewal cost?"
    field.fill(long)
    for press in (lambda: page.keyboard.press("Enter"), page.locator("#ask").click):
        press()
        assert field.evaluate("field => field.validationMessage") == "2,027 characters: a question has at most 2,000."
        assert (field.input_value(), page.locator(".exchange").count()) == (long, 0)
    field.fill(long[-1000:])
    page.keyboard.press("Enter")
    page.locator(".exchange .searched").wait_for()
