"""The demo paper and a browser, for a file of tests that do not mind what the others write in it.

Playwright runs an event loop as long as the browser is there, and Django refuses queries beside one: not for longer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.factories.missing import do_without
from tests.newsday.demo_paper import RunningPaper, running_demo

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPaper]:
    if not CHROMIUM.exists():
        do_without(f"needs Debian's Chromium at {CHROMIUM}")
    with running_demo(data_dir=tmp_path_factory.mktemp("newsday") / "demo") as running:
        yield running


@pytest.fixture(scope="module")
def browser(paper: RunningPaper) -> Iterator[Browser]:  # noqa: ARG001 - the paper decides whether there is a browser
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()
