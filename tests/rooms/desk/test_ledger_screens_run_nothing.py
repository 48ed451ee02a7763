"""Nothing in an old document runs on the ledger's screens, not even without the desk's Content-Security-Policy.

Documents of long ago may hold what no cleaner of today has seen, so these are appended as they are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Dialog, Request, Route, sync_playwright

from broadsheet.ledger.blocks import Heading, ItemList, Paragraph, PictureUse, Quotation
from broadsheet.ledger.values import Act, BylineUse, Dateline, SourceUse, StoryDocument
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.urns import make_urn
from tests.factories.ledger import a_picture, a_story, changed, released
from tests.factories.missing import do_without
from tests.newsday.hostile import payloads

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

CHROMIUM = Path("/usr/bin/chromium")
HOST = "http://127.0.0.1:9"
pytestmark = [pytest.mark.django_db, pytest.mark.shared, pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def attacks(shared_data: Path) -> list[str]:
    if not CHROMIUM.exists():
        do_without(f"needs Debian's Chromium at {CHROMIUM}")
    return payloads(shared_data / "security" / "xss")[::5]


def hostile_story(attacks: list[str], *, shift: int) -> StoryDocument:
    """Return a story with an attack in every place that holds words, raw."""
    parts = [attacks[(number + shift) % len(attacks)] for number in range(len(attacks))]
    picture = make_urn("picture", "a")
    body = [
        (
            Paragraph(id=f"p{number}", html=SafeHtml(text)),
            Heading(id=f"h{number}", level=2, text=text),
            ItemList(id=f"l{number}", ordered=False, items=(SafeHtml(text), SafeHtml("Words."))),
            Quotation(id=f"q{number}", words=SafeHtml(text), speaker=text, source=text, original=text),
            PictureUse(id=f"u{number}", picture=picture, caption=text, alt=text),
        )[number % 5]
        for number, text in enumerate(parts)
    ]
    words = " ".join(parts[:40])
    return a_story(
        subject=make_urn("story", "hostile"),
        headline=words,
        standfirst=words,
        body=tuple(body),
        bylines=(BylineUse(byline=make_urn("byline", "a"), name=words, role=words),),
        dateline=Dateline(place=words),
        sources=(SourceUse(name=words, url="javascript:alert(1)"),),
        lead=PictureUse(id="lead", picture=picture, caption=words, alt=words),
    )


def test_no_screen_of_the_ledger_runs_anything(newsroom: Newsroom, attacks: list[str]) -> None:
    released(a_picture(subject=make_urn("picture", "a"), credit=" ".join(attacks[:40])))
    story = hostile_story(attacks, shift=0)
    first = released(story, by='<img src=x onerror="alert(1)">').number
    second = released(changed(hostile_story(attacks, shift=1), address=story.address), act=Act.UPDATE).number
    client = newsroom.client(newsroom.inspector)
    paths = [
        "/ledger/",
        f"/ledger/subjects/{story.subject}/",
        f"/ledger/releases/{first}/",
        f"/ledger/releases/{first - 1}/",
        f"/ledger/differences/?new={second}",
    ]
    screens = {f"{HOST}{path}": client.get(path).content for path in paths}
    assert all(b"&lt;" in screen for screen in screens.values())
    assert seen_in_a_browser(screens) == []


def test_a_script_that_did_run_would_be_seen() -> None:
    screens = {f"{HOST}/": b"<body><p>x</p><img src=x onerror=alert(1)>"}
    assert seen_in_a_browser(screens) == [(f"{HOST}/", "dialog")]


def seen_in_a_browser(screens: dict[str, bytes]) -> list[tuple[str, str]]:
    """Open the screens without any policy and touch everything; return what happened that must not."""
    found: list[tuple[str, str]] = []
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=options)
        page = browser.new_page()

        def answer(route: Route, request: Request) -> None:
            if request.url in screens:
                route.fulfill(body=screens[request.url], content_type="text/html; charset=utf-8")
                return
            if not request.url.startswith(f"{HOST}/"):
                found.append((page.url, f"off-site {request.url[:80]}"))
            route.abort()

        def dismiss(dialog: Dialog) -> None:
            found.append((page.url, "dialog"))
            dialog.dismiss()

        page.route("**/*", answer)
        page.on("dialog", dismiss)
        for url in screens:
            page.goto(url, wait_until="load")
            page.evaluate(
                """() => { for (const fold of document.querySelectorAll("details")) fold.open = true;
                    for (const element of document.querySelectorAll("main *")) {
                        for (const name of ["mouseover", "pointerenter", "error", "load", "toggle", "animationstart"]) {
                            element.dispatchEvent(new Event(name, { bubbles: true }));
                        } } }"""
            )
            page.wait_for_timeout(300)
        browser.close()
    return found
