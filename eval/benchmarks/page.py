"""The page in a browser: until something is seen, how far things move while an answer arrives, how large it is.

    python -m eval.benchmarks.page --data DIR --question "…" [--model PROVIDER:NAME] [--times 9]

First contentful paint in a browser that has nothing of the server's, layout shift (as Web Vitals has it, and of
everything that moves whatever caused it) from asking until the answer is whole, and bytes of HTML. Needs Chromium
and Playwright (the extra `dev`).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from eval.benchmarks.serving import served

PAGES = ("/", "/archive", "/search?q=vaccine", "/check")

_WINDOW = ViewportSize(width=1440, height=900)
_PAINT = """
() => new Promise((seen) => new PerformanceObserver((list) => {
  for (const entry of list.getEntriesByName("first-contentful-paint")) seen(entry.startTime);
}).observe({ type: "paint", buffered: true }))
"""
_WATCH = """
window.shift = { counted: 0, all: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    window.shift.all += entry.value;
    window.shift.counted += entry.hadRecentInput ? 0 : entry.value;
  }
}).observe({ type: "layout-shift", buffered: true });
"""


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """The page in a browser that has never been there."""
    context = browser.new_context(viewport=_WINDOW)
    page = context.new_page()
    page.goto(address, wait_until="load")
    yield page
    context.close()


def paint(browser: Browser, address: str) -> float:
    """Milliseconds until the first text is seen."""
    with opened(browser, address) as page:
        return float(page.evaluate(_PAINT))


def shift(browser: Browser, address: str, question: str) -> tuple[float, float]:
    """Layout shift while `question` is answered: as Web Vitals counts it, and all of it."""
    with opened(browser, address) as page:
        page.evaluate(_WATCH)
        page.fill("#question", question)
        page.keyboard.press("Enter")
        page.locator(".exchange .searched").wait_for(timeout=600_000)
        return page.evaluate("window.shift.counted"), page.evaluate("window.shift.all")


def main() -> None:
    """Serve, look, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--question", required=True)
    options.add_argument("--model", default="extractive")
    options.add_argument("--times", type=int, default=9)
    given = options.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    command = ("onrecord", "--data", str(given.data), "serve", "--port", "0", "--model", given.model)
    with served(*command) as server, sync_playwright() as playwright:
        address = f"http://{server.host}:{server.port}"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        paint(browser, address)  # the browser's own beginnings
        for path in PAGES:
            seen = statistics.median(paint(browser, address + path) for _ in range(given.times))
            size = len(urlopen(address + path).read())
            print(f"{path:20} first contentful paint {seen:6.0f} ms  HTML {size:7,} bytes", flush=True)
        counted, everything = shift(browser, address, given.question)
        print(f"layout shift while it is answered {counted:.4f}, with what follows a key {everything:.4f}")
        browser.close()


if __name__ == "__main__":
    main()
