"""The pages as a browser shows them: Chromium, which may load nothing but what the server gives it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one that is installed; without one the tests of pages in a browser are skipped."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if installed is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Opens pages: `visit(url, **how)`, `how` as a browser context takes it. Nothing may go wrong in any of them:
    no error, nothing that the content security policy stops, no request to anybody else."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(url: str, **how: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **how})
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(f"{url}: {error}"))
        page.on("console", lambda said: wrong.append(f"{url}: {said.text}") if _is_wrong(said) else None)
        page.on("request", lambda sent: wrong.append(f"{url}: {sent.url}") if not _is_ours(sent.url, url) else None)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _is_wrong(said: ConsoleMessage) -> bool:
    """A refusal that a page shows is told to the console too, by the browser itself."""
    told = said.text.startswith("Failed to load resource: the server responded with")
    return said.type in ("error", "warning") and not told


def _is_ours(sent: str, url: str) -> bool:
    return sent.startswith(("/".join(url.split("/")[:3]), "data:"))
