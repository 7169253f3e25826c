"""The pictures of the README: the page as it really is, over the samples.

    .venv/bin/python docs/pictures.py

Needs Chromium and Playwright (the extra `dev`).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from eval.benchmarks.serving import served

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
QUESTION = "What did Mayor Varley promise about closing the bridge?"
TEXT = (
    "Mayor Edith Varley promised in March 2023 that “the bridge will not be closed for a single hour”. As the minister "
    "put it, “I hope you will hold us to it every day.” The renewal of the Kestrel Bridge will cost 42 million crowns. "
    "“You ask whether the bridge will be shut,” Renholt said. The town will pay 60 percent of the renewal."
)


def opened(browser: Browser, dark: bool = False) -> Page:
    """A page of its own."""
    window = ViewportSize(width=1280, height=800)
    context = browser.new_context(viewport=window, device_scale_factor=1.25, color_scheme="dark" if dark else "light")
    return context.new_page()


def ask(page: Page, address: str) -> None:
    """An answer, and the transcript beside it."""
    page.goto(address)
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    page.locator(".exchange .searched").wait_for()
    page.locator(".exchange a.mark").first.click()
    page.locator("#panel-body mark").first.wait_for()


def check(page: Page, address: str) -> None:
    """A text with its verdicts."""
    page.goto(f"{address}check")
    page.fill("textarea", TEXT)
    page.locator("main button.primary[type=submit]").click()
    page.get_by_text("places to look at").wait_for()


def main() -> None:
    """Ingest, serve, look."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        onrecord = [sys.executable, "-m", "onrecord", "--data", folder]
        subprocess.run([*onrecord, "ingest", str(ROOT / "samples")], check=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with served("onrecord", "--data", folder, "serve", "--port", "0") as server:
            address = f"http://{server.host}:{server.port}/"
            page = opened(browser)
            ask(page, address)
            page.screenshot(path=PICTURES / "ask.png")
            page = opened(browser)
            check(page, address)
            page.screenshot(path=PICTURES / "check.png")
            page = opened(browser, dark=True)
            page.goto(f"{address}archive")
            page.screenshot(path=PICTURES / "archive.png")
        browser.close()


if __name__ == "__main__":
    main()
