"""Nothing an attacker writes runs: not on the reader's page, not at the desk, from no field, by no way in.

In CI every attack of the set is tried; elsewhere each sixth, so that the suite stays short.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Dialog, Page, Request, Route, sync_playwright

from tests.newsday.archive_paper import CHROMIUM, ArchivePaper, node
from tests.newsday.hostile import desk_stories, payloads, picture, wire_items
from tests.rooms.serve.reading import answers, free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.shared,
    pytest.mark.browser,
    pytest.mark.timeout(1200),
]

PASSWORD = "for a test only"
#: A screen of every kind is seen with this many stories; the site's pages are seen with all of them.
STORIES_AT_THE_DESK = 5 if os.environ.get("CI") == "true" else 2


@pytest.fixture(scope="module")
def attacks(shared_data: Path) -> list[str]:
    found = payloads(shared_data / "security" / "xss")
    assert len(found) > 3_000
    return found if os.environ.get("CI") == "true" else found[::6]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory, attacks: list[str]) -> ArchivePaper:
    """A paper full of attacks, half of it come over the wire, half of it written into the desk's rows."""
    folder = tmp_path_factory.mktemp("hostile")
    paper = ArchivePaper(folder / "paper", admin_password=PASSWORD)
    pictures = folder / "pictures"
    pictures.mkdir()
    items = wire_items(attacks)
    for number in range(len(items)):
        (pictures / f"{number}.jpg").write_bytes(picture(number))
    (folder / "items.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    done = paper.run(["import", "ninjs", folder / "items.jsonl", "--pictures", pictures])
    assert done.status == 0, done.stderr
    (folder / "rows.json").write_text(json.dumps(desk_stories(attacks)), encoding="utf-8")
    planted = subprocess.run(
        [sys.executable, "-m", "tests.newsday.hostile", str(folder / "rows.json")],
        env=paper.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert planted.returncode == 0, planted.stderr[-3000:]
    paper.press()
    return paper


def test_no_page_of_the_site_runs_anything(paper: ArchivePaper, shared_data: Path) -> None:
    stories = [path for path in paper.pages() if re.search(r"/20\d\d/", path)]
    others = [path for path in paper.pages() if path.startswith("/en/") and path not in stories]
    assert len(stories) > 12  # about half by each way in
    urls = [paper.site + path for path in [*stories, *others[:30]]]
    with paper.serving():
        done = node(shared_data / "tools" / "xss_probe.mjs", *urls)
    bad = [line for line in done.stdout.splitlines() if not line.startswith("ok")]
    assert (done.status, bad) == (0, [f"{len(urls)} passed, 0 failed"]), done.stderr


def test_the_words_of_an_attack_are_still_there_to_read(paper: ArchivePaper) -> None:
    told = "".join(page.read_text(encoding="utf-8") for page in paper.pressed.glob("en/*/20*/**/index.html"))
    assert "&lt;script&gt;alert(" in told


def test_no_screen_of_the_desk_runs_anything(paper: ArchivePaper) -> None:
    with running_desk(paper) as desk, browser_page() as (page, incidents):
        log_in(page, desk)
        stories = story_numbers(page, desk)
        screens = [
            f"{desk}{path}"
            for path in (
                "/",
                "/stories/",
                "/sections/",
                "/images/",
                "/snippets/desk/byline/",
                "/reports/site-history/",
                "/ledger/",
            )
        ]
        for url in screens:
            page.goto(url)
            incidents.during(url)
        for number in stories[:: max(1, len(stories) // STORIES_AT_THE_DESK)]:
            page.goto(f"{desk}/pages/{number}/edit/")
            see_preview(page)
            poke(page)
            incidents.during(f"story {number}")
        for path in ("history/", "unpublish/", "move/"):
            page.goto(f"{desk}/pages/{stories[0]}/{path}")
            incidents.during(path)


def test_a_script_that_did_run_would_be_seen() -> None:
    with browser_page() as (page, incidents):
        page.set_content("<img src=x onerror=alert(1)><img src='https://elsewhere.example/count'>")
        page.wait_for_timeout(300)
        assert sorted(word.partition(" ")[0] for word in incidents.found) == ["dialog:", "off-site"]


class Incidents:
    """Everything that must not happen in a browser, with the screen it happened on."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.on("dialog", self._dialog)
        page.route("**/*", self._request)

    def during(self, screen: str) -> None:
        assert not self.found, (screen, self.found)

    def _dialog(self, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":
            self.found.append(f"dialog: {dialog.message[:60]}")
        dialog.accept()

    def _request(self, route: Route, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host in {None, "127.0.0.1"}:
            route.continue_()
        else:
            self.found.append(f"off-site {request.resource_type}: {request.url[:80]}")
            route.abort()


@contextmanager
def browser_page() -> Iterator[tuple[Page, Incidents]]:
    with sync_playwright() as playwright:
        options = [
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-sync",
        ]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_page(viewport={"width": 1500, "height": 1000})
        page.set_default_timeout(60_000)
        yield page, Incidents(page)
        browser.close()


@contextmanager
def running_desk(paper: ArchivePaper) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "broadsheet", "desk", "--port", str(port)]
    with subprocess.Popen(command, env=paper.environment(), start_new_session=True) as process:
        try:
            wait_for(lambda: answers(port), seconds=120)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def log_in(page: Page, desk: str) -> None:
    page.goto(f"{desk}/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{desk}/")


def story_numbers(page: Page, desk: str) -> list[str]:
    """Return the numbers of the stories listed, page after page."""
    found: list[str] = []
    page.goto(f"{desk}/stories/")
    while True:
        found += re.findall(r'/pages/(\d+)/edit/"', page.content())
        older = page.locator("a[rel=next]")
        if not older.count():
            break
        older.click()
        page.wait_for_load_state()
    return list(dict.fromkeys(found))


def see_preview(page: Page) -> None:
    """Open the preview beside the form; the desk keeps it open from one story to the next."""
    toggle = page.get_by_role("button", name="Toggle preview")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    page.frame_locator("iframe").last.locator("main").wait_for()


def poke(page: Page) -> None:
    """Touch everything in the window, as a hand and a keyboard would."""
    page.evaluate(
        """() => { for (const element of document.querySelectorAll("main *")) {
            for (const name of ["mouseover", "pointerenter", "error", "load", "toggle", "animationstart"]) {
                element.dispatchEvent(new Event(name, { bubbles: true }));
            } } }"""
    )
    # What a hand set off may run a moment later.
    page.wait_for_timeout(200)
