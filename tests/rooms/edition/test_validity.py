"""Validators nobody here wrote find nothing wrong with the pages.

vnu, html-validate, axe, linkinator, the schema.org vocabulary, a strict CSP.
"""

from __future__ import annotations

import functools
import http.server
import importlib.util
import json
import re
import shutil
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from broadsheet.press.stores import FolderStore
from broadsheet.serve.headers import CONTENT_SECURITY_POLICY
from tests.factories.missing import do_without
from tests.rooms.edition.full_paper import a_full_paper, press

if TYPE_CHECKING:
    from collections.abc import Iterator


TOOLS = Path(__file__).resolve().parents[2] / "tools" / "node_modules"
VNU = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = TOOLS / "axe-core" / "axe.min.js"
ARCHIVE = ("/en/archive/", "/ar/news/2026/03/", "/vi/archive/2026/03/04/", "/en/by/")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A paper in three languages, one of them from right to left, as finished files."""
    with pytest.MonkeyPatch.context() as patch:
        pictures_dir = tmp_path_factory.mktemp("pictures")
        patch.setattr("django.conf.settings.PICTURES_DIR", pictures_dir)
        folder = tmp_path_factory.mktemp("site")
        press(a_full_paper(pictures_dir), FolderStore(folder))
        yield folder


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder under the policy the reader server sends."""

    def end_headers(self) -> None:
        """Add the policy to every answer."""
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def origin(folder: Path) -> Iterator[str]:
    """The address the folder is served at."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_vnu_finds_no_error_and_no_warning(folder: Path) -> None:
    if not VNU.exists() or shutil.which("java") is None:
        do_without("needs java and `npm ci` in tests/tools")
    pages = [*whole_pages(folder), *folder.glob("assets/*.css")]
    assert len(pages) > 20
    command = [
        "java",
        "-jar",
        str(VNU),
        "--stdout",
        "--exit-zero-always",
        "--also-check-css",
        "--format",
        "json",
        *map(str, pages),
    ]
    report = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=240).stdout)
    assert [(m["type"], m["message"], m["url"].split("/site")[-1]) for m in report["messages"]] == []


def whole_pages(folder: Path) -> list[Path]:
    """All pages: a part of one is none, nor is the page of hits before the reader server has filled it."""
    return [page for page in sorted(folder.rglob("*.html")) if not {"_search", "_fragments"} & {*page.parts}]


def test_html_validate_finds_nothing_either(folder: Path) -> None:
    tool, rules = TOOLS / "html-validate" / "bin" / "html-validate.mjs", TOOLS.parent / "html-validate.cjs"
    report = folder.with_suffix(".json")  # what it prints to a pipe may end in the middle
    done = node(tool, "--config", rules, "--formatter", f"json={report}", *whole_pages(folder))
    found = {
        (message["ruleId"], message["message"], message["selector"], file["filePath"].split("/site")[-1])
        for file in json.loads(report.read_text(encoding="utf-8"))
        for message in file["messages"]
    }
    assert (done.returncode, found) == (0, set()), done.stderr


def test_no_link_of_the_site_leads_nowhere(origin: str) -> None:
    tool = TOOLS / "linkinator" / "build" / "src" / "cli.js"
    fronts = [f"{origin}/{locale}/" for locale in ("en", "vi", "ar")]
    done = node(tool, *fronts, "--recurse", "--skip", f"^(?!{re.escape(origin)})", "--format", "json")
    links = json.loads(done.stdout)["links"]
    assert [link for link in links if link["state"] == "BROKEN"] == []
    assert sum(link["state"] == "OK" for link in links) > 50


def node(tool: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one of the tools and return how it ended."""
    if not tool.exists() or shutil.which("node") is None:
        do_without("needs node and `npm ci` in tests/tools")
    return subprocess.run(["node", tool, *words], capture_output=True, text=True, check=False, timeout=240)


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning")
def test_the_structured_data_speaks_schema_org(folder: Path, shared_data: Path) -> None:
    tool = shared_data / "tools" / "jsonld_check.py"
    spec = importlib.util.spec_from_file_location("jsonld_check", tool)
    assert spec is not None
    assert spec.loader is not None
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    pages = [path.as_uri() for path in sorted(folder.glob("*/news/2026/*/*/*/index.html"))]
    assert len(pages) == 9
    assert check.main(["--article", *pages]) == 0
    # Standing pages say the same of themselves in every language, and one takes seconds.
    assert check.main([(folder / "ar/pages/about-us/index.html").as_uri()]) == 0


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    """A page of Debian's Chromium."""
    if not Path("/usr/bin/chromium").exists():
        do_without("needs Chromium")
    with sync_playwright() as playwright:
        options = [
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-sync",
        ]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=options)
        yield browser.new_page(bypass_csp=False)
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser_page: Page, origin: str, folder: Path, width: int, scheme: str
) -> None:
    if not AXE.exists():
        do_without("needs `npm ci` in tests/tools")
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    stories = [f"/{path.parent.relative_to(folder)}/" for path in sorted(folder.glob("*/news/2026/*/*/*/index.html"))]
    wrong = {}
    others = [
        "/en/",
        "/ar/",
        "/ar/news/",
        "/vi/empty/",
        "/ar/pages/about-us/",
        "/en/by/lan-nguyen/",
        "/ar/topics/",
        "/en/topics/the-sea/",
        "/vi/404.html",
        *ARCHIVE,
    ]
    others += ["/en/search/", "/ar/search/"]
    for path in [*others, *stories[::3]]:
        browser_page.goto(origin + path)
        browser_page.evaluate(AXE.read_text(encoding="utf-8"))
        result = browser_page.evaluate("axe.run(document, { rules: { 'target-size': { enabled: true } } })")
        wide = browser_page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if result["violations"] or wide:
            wrong[path] = [(each["id"], each["nodes"][0]["target"]) for each in result["violations"]] + [wide]
    assert wrong == {}


@pytest.mark.browser
def test_the_page_is_whole_under_the_strictest_policy(browser_page: Page, origin: str, folder: Path) -> None:
    complaints: list[str] = []
    browser_page.on("console", lambda message: complaints.append(message.text))
    browser_page.on("requestfailed", lambda request: complaints.append(request.url))
    story = next(folder.glob("en/news/2026/*/*/*/index.html"))
    browser_page.goto(f"{origin}/{story.parent.relative_to(folder)}/", wait_until="networkidle")
    assert complaints == []
    assert browser_page.evaluate("[...document.images].filter(i => i.loading != 'lazy').every(i => i.naturalWidth > 0)")
    assert browser_page.evaluate("getComputedStyle(document.querySelector('.masthead')).maxInlineSize") != "none"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_picture_that_is_asked_for_early_is_the_one_shown(
    browser_page: Page, origin: str, folder: Path, width: int
) -> None:
    story = max(folder.glob("en/news/**/index.html"), key=lambda path: path.stat().st_size)
    for path in (f"/{story.parent.relative_to(folder)}/", "/en/", "/ar/news/"):
        # A browser that has a larger file already takes that.
        page = another_page(browser_page)
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(origin + path, wait_until="load")
        early = page.evaluate(
            "performance.getEntriesByType('resource').map((e) => e.initiatorType == 'link' ? e.name : '')"
            ".filter((name) => name.includes('/pictures/'))"
        )
        assert early == [page.evaluate("document.querySelector('img[fetchpriority=high]').currentSrc")]
        page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_vietnamese_story_is_light_and_stands_still_while_its_fonts_come(
    browser_page: Page, origin: str, folder: Path, width: int
) -> None:
    asked: list[str] = []
    held: list[Route] = []
    page = another_page(browser_page)
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(
        "window.moved = []; new PerformanceObserver((list) => list.getEntries().forEach((e) => moved.push(e.value)))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    page.on("request", lambda request: asked.append(request.url.removeprefix(origin)))
    page.route("**/*.woff2", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    story = max(folder.glob("vi/news/**/index.html"), key=lambda path: path.stat().st_size)
    page.goto(f"{origin}/{story.parent.relative_to(folder)}/", wait_until="domcontentloaded")
    # The fonts come once the page has been painted in the machine's own.
    page.evaluate(
        "new Promise((done) => { const look = () => performance.getEntriesByType('paint').length"
        " ? done() : requestAnimationFrame(look); look(); })"
    )
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    assert len(held) == 2
    assert page.evaluate("moved.reduce((sum, each) => sum + each, 0)") == 0
    assert page.evaluate("document.fonts.check('16px \"Broadsheet Serif\"', 'Phà cảng chạy lại')")
    page.close()
    files = [path for path in asked if not path.startswith("/pictures/")]
    assert len(files) <= 8
    sent = [over_the_wire(folder / f"{path.lstrip('/')}{'index.html' if path.endswith('/') else ''}") for path in files]
    assert sum(sent) < 60_000


def another_page(page: Page) -> Page:
    """A page of the same browser that remembers nothing of this one."""
    browser = page.context.browser
    assert browser is not None
    return browser.new_page()


def over_the_wire(file: Path) -> int:
    """How many bytes a browser that takes brotli gets of it."""
    twin = file.with_name(f"{file.name}.br")
    return (twin if twin.exists() else file).stat().st_size


@pytest.mark.browser
def test_the_switch_turns_the_page_dark_and_the_choice_stays(browser_page: Page, origin: str) -> None:
    page = another_page(browser_page)
    page.emulate_media(color_scheme="light")
    page.goto(f"{origin}/ar/")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.locator("button.scheme").click()
    assert page.locator("button.scheme").get_attribute("aria-pressed") == "true"
    page.goto(f"{origin}/en/")
    assert page.evaluate(paper) != "rgb(255, 255, 255)"
    page.locator("button.scheme").click()
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.close()


@pytest.mark.browser
def test_without_fonts_and_pictures_every_word_is_there(browser_page: Page, origin: str, folder: Path) -> None:
    page = another_page(browser_page)
    page.route("**/*.woff2", lambda route: route.abort())
    page.route("**/pictures/**", lambda route: route.abort())
    story = max(folder.glob("en/news/**/index.html"), key=lambda path: path.stat().st_size)
    page.goto(f"{origin}/{story.parent.relative_to(folder)}/", wait_until="load")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("figure.lead figcaption")).to_be_visible()
    assert page.evaluate("document.querySelector('.lead img').alt") != ""
    page.close()


@pytest.mark.browser
def test_below_a_story_the_newest_headlines_come_of_themselves_without_the_story_itself(
    browser_page: Page, origin: str, folder: Path
) -> None:
    story = next(folder.glob("en/news/2026/*/*/*/index.html"))
    address = f"/{story.parent.relative_to(folder)}/"
    browser_page.goto(origin + address)
    # Nearly in sight: what was kept free for more headlines than there are goes before anybody sees it.
    browser_page.evaluate(
        "scrollTo(0, document.querySelector('.latest').getBoundingClientRect().top + scrollY - innerHeight - 9)"
    )
    browser_page.wait_for_selector(".latest:not(.awaited) li")
    leads = [link.get_attribute("href") for link in browser_page.locator(".latest li a").all()]
    assert leads
    assert address not in leads


@pytest.mark.browser
def test_the_breaking_strip_comes_over_a_story_that_is_open_and_goes_when_it_ends(
    browser_page: Page, origin: str, folder: Path
) -> None:
    held = (folder / "_fragments/1/ar/breaking.html").read_text(encoding="utf-8")
    leads_to = held.partition('href="')[2].partition('"')[0]
    stories = [f"/{path.parent.relative_to(folder)}/" for path in folder.glob("ar/news/2026/*/*/*/index.html")]
    other = next(story for story in stories if story != leads_to)
    page = another_page(browser_page)
    strip = page.locator(".breaking")
    page.goto(origin + other)
    expect(strip).to_be_visible()
    stood = "document.querySelector('h1').getBoundingClientRect().top"
    assert (
        page.evaluate(
            f"(() => {{ const with_it = {stood}; document.querySelector('.alert').hidden = true;"
            f" return with_it - {stood}; }})()"
        )
        == 0
    ), "nothing moves when it comes"
    page.evaluate("document.querySelector('.alert').hidden = false")
    said = [held]
    page.route("**/breaking.html", lambda route: route.fulfill(body=said[-1], content_type="text/html"))
    for part, count in (("", 0), (held, 1)):
        said.append(part)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # or a minute later
        expect(strip).to_have_count(count)
    page.unroute("**/breaking.html")
    page.goto(f"{origin}/ar/")
    expect(strip).to_have_count(1)
    page.goto(origin + leads_to, wait_until="networkidle")
    expect(strip).to_be_hidden()
    page.close()
