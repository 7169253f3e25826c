"""The pages as a browser shows them: Chromium, which may load nothing but what the server gives it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, sync_playwright

from tests.web.conftest import archive, own_archive, serve, serve_all, server

__all__ = ["archive", "own_archive", "serve", "serve_all", "server"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The one that is installed; without one the tests of pages in a browser are skipped.

    It lives no longer than a module, for while it does no other test can run an event loop in this thread.
    """
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
    no error, nothing that the content security policy stops, no request to anybody else, but for what is `elsewhere`:
    by address, what is found there."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(url: str, elsewhere: Mapping[str, bytes] = MappingProxyType({}), **how: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **how})
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(f"{url}: {error}"))
        page.on("console", lambda said: wrong.append(f"{url}: {said.text}") if _is_wrong(said) else None)
        for address, content in elsewhere.items():
            page.route(address, partial(_give, content))
        ours = ("/".join(url.split("/")[:3]), "data:", *elsewhere)
        page.on("request", lambda sent: None if sent.url.startswith(ours) else wrong.append(f"{url}: {sent.url}"))
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


def _give(content: bytes, route: Route) -> None:
    """As a server of recordings does, which gives the part that is asked for."""
    asked = re.match(r"bytes=(\d+)-", route.request.headers.get("range", "bytes=0-"))
    first = int(asked[1]) if asked else 0
    ranged = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{len(content) - 1}/{len(content)}"}
    route.fulfill(status=206, body=content[first:], headers=ranged, content_type="audio/wav")
