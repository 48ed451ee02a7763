"""The first story, in a real browser against the real processes: from a draft at the desk to a reader's page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from tests.newsday.desk_hands import Manuscript, Person

if TYPE_CHECKING:
    from pathlib import Path

    from tests.newsday.demo_paper import RunningPaper

pytestmark = [pytest.mark.browser, pytest.mark.database, pytest.mark.timeout(600)]


def manuscript(tmp_path: Path, *, headline: str) -> Manuscript:
    picture = tmp_path / "bus.jpg"
    image = Image.linear_gradient("L").resize((1280, 853)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.rectangle((300, 300, 980, 620), fill=(190, 40, 40))
    draw.text((320, 320), headline, fill="white")
    image.save(picture, quality=85)
    return Manuscript(
        headline=headline,
        standfirst="The last boat and the last bus are to wait for each other.",
        paragraphs=("From next week the night bus waits for the ferry.", "The fare stays as it is."),
        byline="Lê Thu Ngân",
        picture=picture,
        caption="The bus at the quay",
        alt="A red bus in front of a grey sky.",
        credit="Võ Khánh Linh",
    )


def story_files(paper: RunningPaper, slug: str, name: str = "index.html") -> list[Path]:
    return list(paper.pressed.glob(f"en/city/*/*/*/{slug}/{name}"))


def address(paper: RunningPaper, file: Path) -> str:
    return f"{paper.site}/{file.parent.relative_to(paper.pressed).as_posix()}/"


def touched_after(paper: RunningPaper, since: float, *, slug: str, name: str = "index.html") -> list[Path]:
    """Wait until story, fronts and feed are files younger than that moment; return them."""
    lists = [paper.pressed / path for path in ("en/index.html", "en/city/index.html", "en/atom.xml")]
    until = time.monotonic() + 20
    while time.monotonic() < until:
        files = [*story_files(paper, slug, name), *lists]
        if len(files) == 4 and all(file.stat().st_mtime >= since for file in files):
            return files
        time.sleep(0.02)
    msg = f"not pressed: {[(str(file), file.stat().st_mtime - since) for file in files]}"
    raise AssertionError(msg)


def test_a_story_goes_from_draft_to_reader_and_is_updated_and_withdrawn(
    paper: RunningPaper, browser: Browser, reader: Page, tmp_path: Path
) -> None:
    headline, slug = "Night bus to wait for the ferry", "night-bus-to-wait-for-the-ferry"
    reporter = Person(browser=browser, desk=paper.desk, login="reporter")
    reporter.open_new_story(section="City", language="English")
    reporter.write(manuscript(tmp_path, headline=headline))
    expect(reporter.page.locator("#panel-child-story-title-section-length")).to_have_text("31 of 90 characters")
    expect(reporter.page.locator("#panel-child-story-body-section-length")).to_have_text("16 words, 74 characters")
    for size in ("phone", "desktop"):
        frame = reporter.preview(size)
        expect(frame.locator("h1")).to_have_text(headline)
        expect(frame.get_by_text("The fare stays as it is.")).to_be_visible()
        expect(frame.get_by_alt_text("A red bus in front of a grey sky.")).to_be_visible()
    reporter.press("Send for approval")
    assert not story_files(paper, slug)

    editor = Person(browser=browser, desk=paper.desk, login="editor")
    editor.open_story(headline)
    assert not [word for word in editor.buttons() if "release" in word.lower()]
    editor.open_story(headline)
    editor.press("Approve")
    assert not story_files(paper, slug)

    chief = Person(browser=browser, desk=paper.desk, login="chief")
    chief.open_story(headline)
    pressed_at = time.time()
    chief.press("Approve and release")
    files = touched_after(paper, pressed_at, slug=slug)
    url = address(paper, files[0])
    assert_reader_finds(reader, paper, url=url, headline=headline)

    newer = "Night bus will wait ten minutes for the ferry"
    chief.open_story(headline)
    chief.page.fill("[name=title]", newer)
    pressed_at = time.time()
    chief.press("Update")
    touched_after(paper, pressed_at, slug=slug)
    assert_reader_finds(reader, paper, url=url, headline=newer)
    for page in (paper.site + "/en/", paper.site + "/en/city/", paper.site + "/en/atom.xml"):
        assert headline not in reader.request.get(page).text()

    chief.open_story(newer)
    pressed_at = time.time()
    chief.withdraw()
    touched_after(paper, pressed_at, slug=slug, name="gone.html")
    assert not story_files(paper, slug)
    gone = reader.goto(url)
    assert gone
    assert gone.status == 410
    expect(reader.get_by_text(newer)).to_have_count(0)
    for page in (paper.site + "/en/", paper.site + "/en/city/", paper.site + "/en/atom.xml"):
        assert newer not in reader.request.get(page).text()


def assert_reader_finds(reader: Page, paper: RunningPaper, *, url: str, headline: str) -> None:
    """Walk in by the home front and the section front as a reader does, and read the story and the feed."""
    reader.goto(f"{paper.site}/")
    expect(reader).to_have_url(f"{paper.site}/en/")
    for front in ("/en/", "/en/city/"):
        reader.goto(paper.site + front)
        reader.get_by_role("link", name=headline).first.click()
        expect(reader).to_have_url(url)
        expect(reader.locator("h1")).to_have_text(headline)
    expect(reader.get_by_text("The fare stays as it is.")).to_be_visible()
    expect(reader.get_by_role("link", name="Lê Thu Ngân", exact=True)).to_be_visible()
    expect(reader.get_by_text("Võ Khánh Linh")).to_be_visible()
    picture = reader.get_by_alt_text("A red bus in front of a grey sky.")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    feed = reader.locator("link[type='application/atom+xml']").get_attribute("href")
    assert feed
    entries = reader.request.get(f"{paper.site}/en/atom.xml")
    assert entries.status == 200
    assert headline in entries.text()


def test_a_reporter_cannot_release_not_even_by_forging_the_form(
    paper: RunningPaper, browser: Browser, tmp_path: Path
) -> None:
    headline, slug = "Reporter presses the wrong button", "reporter-presses-the-wrong-button"
    reporter = Person(browser=browser, desk=paper.desk, login="reporter")
    reporter.open_new_story(section="City", language="English")
    reporter.write(manuscript(tmp_path, headline=headline))
    words = " ".join(reporter.buttons()).lower()
    assert "send for approval" in words
    assert not [word for word in ("release", "publish", "update", "withdraw") if word in words]
    release = {"action-publish": "action-publish"}
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    reporter.forge(release)
    reporter.open_story(headline)
    reporter.press("Send for approval")
    for forged in (release, approve, approve):
        reporter.open_story(headline)
        reporter.forge(forged)
    # Had one of them released it, the press would have put it within a second.
    time.sleep(2)
    assert not story_files(paper, slug)
    chief = Person(browser=browser, desk=paper.desk, login="chief")
    chief.page.goto(f"{paper.desk}/stories/?q=wrong+button")
    expect(chief.page.locator(".desk-status")).to_have_text("In approval", ignore_case=True)
    # The same fields, sent by somebody who may, do release: the refusal was for the person, not for the form.
    for forged in (approve, approve):
        chief.open_story(headline)
        chief.forge(forged)
    wait_for(paper.pressed, f"en/city/*/*/*/{slug}/index.html")


def test_two_languages_linked_by_hand_find_each_other(paper: RunningPaper, browser: Browser, reader: Page) -> None:
    english, vietnamese = "Basket boats to race again", "Đua thuyền thúng trở lại sau bốn năm"
    chief = Person(browser=browser, desk=paper.desk, login="chief")
    chief.open_story(english)
    chief.press("Approve")
    chief.open_story(english)
    chief.press("Approve and release")
    chief.open_new_story(section="Văn hóa", language="Tiếng Việt")
    chief.page.fill("[name=title]", vietnamese)
    chief.add_paragraph("Sau bốn năm vắng bóng, cuộc đua thuyền thúng trở lại trong lễ hội mùa xuân.")
    chief.save_draft()
    chief.press("Release")
    wait_for(paper.pressed, "vi/culture/*/*/*/dua-thuyen-thung-tro-lai-sau-bon-nam/index.html")
    # The story is put before the fronts that lead to it.
    front, until = paper.pressed / "vi/culture/index.html", time.monotonic() + 20
    while vietnamese not in front.read_text(encoding="utf-8") and time.monotonic() < until:
        time.sleep(0.05)
    reader.goto(f"{paper.site}/vi/culture/")
    reader.get_by_role("link", name=vietnamese).first.click()
    expect(reader.locator("article").get_by_role("link", name="English")).to_have_count(0)

    chief.open_story(vietnamese)
    chief.tie_to(english)
    until = time.monotonic() + 10
    while not reader.locator("link[rel=alternate][hreflang=en]").count() and time.monotonic() < until:
        reader.reload()
    reader.locator("article").get_by_role("link", name="English").click()
    expect(reader.locator("h1")).to_contain_text(english)
    reader.locator("article").get_by_role("link", name="Tiếng Việt").click()
    expect(reader.locator("h1")).to_have_text(vietnamese)


def wait_for(folder: Path, pattern: str) -> Path:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = list(folder.glob(pattern))
        if found:
            return found[0]
        time.sleep(0.05)
    msg = f"{pattern} was not pressed"
    raise AssertionError(msg)
