"""Every act, in a real browser by everybody who may do it and by those who may not, and what readers find after each."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.newsday.desk_hands import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.newsday.demo_paper import RunningPaper

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

HEADLINE = "The dahlia that stands the salt wind"
SCREENS = ("correct", "kill", "takedown", "restore")


class Site:
    """What a reader finds of one story."""

    def __init__(self, paper: RunningPaper, reader: Page, headline: str) -> None:
        self.paper, self.reader, self.headline = paper, reader, headline
        reader.goto(f"{paper.site}/en/")
        href = reader.get_by_role("link", name=headline).first.get_attribute("href")
        assert href
        self.url = paper.site + href
        self.section = "/".join(href.split("/")[:3]) + "/"

    def status(self) -> int:
        return self.reader.request.get(self.url).status

    def page(self) -> str:
        return self.reader.request.get(self.url).text()

    def feed(self) -> str:
        return self.reader.request.get(f"{self.paper.site}/en/atom.xml").text()

    def is_listed(self) -> set[bool]:
        """Whether fronts, search and feed name the story; where they do not agree, the answer has two values."""
        pages = [self.reader.request.get(self.paper.site + path).text() for path in ("/en/", self.section)]
        return {self.headline in text for text in (*pages, self.feed())} | {self.is_found()}

    def is_found(self) -> bool:
        """Whether the search leads to the story."""
        page = self.reader.request.get(f"{self.paper.site}/en/search/?q={quote(self.headline)}").text()
        return f'href="{self.url.removeprefix(self.paper.site)}"' in page


def soon(what: Callable[[], bool]) -> None:
    """Wait until it is so, as long as a press may take on a busy machine."""
    until = time.monotonic() + 20
    while not what() and time.monotonic() < until:
        time.sleep(0.1)
    assert what()


class Screen(NamedTuple):
    """The screen before an act, opened from the story's own menu."""

    person: Person

    def open(self, headline: str, act: str) -> Screen:
        self.person.open_story(headline)
        footer = self.person.page.locator("footer")
        footer.locator(".w-dropdown__toggle").click()
        footer.get_by_role("link", name=act).click()
        expect(self.person.page.get_by_role("heading", name="What this will change")).to_be_visible()
        assert self.person.page.locator(".desk-foreseen li").count() >= 4
        return self

    def press(self, button: str) -> None:
        with self.person.next_screen():
            self.person.page.get_by_role("button", name=button).click()


def test_chief_editor_and_administrator_walk_through_every_act(
    paper: RunningPaper, browser: Browser, reader: Page
) -> None:
    site = Site(paper, reader, HEADLINE)
    chief = Person(browser=browser, desk=paper.desk, login="chief")
    desk = Screen(chief)

    desk.open(HEADLINE, "Correct…")
    chief.page.fill("[name=words]", "The dahlia is five years old, not six.")
    desk.press("Send the correction")
    soon(lambda: "five years old, not six" in site.page())
    soon(lambda: "five years old, not six" in site.feed())
    assert (site.status(), site.is_listed()) == (200, {True})

    desk.open(HEADLINE, "Kill…")
    chief.page.fill("[name=words]", "There is no such dahlia.")
    desk.press("Kill it")
    soon(lambda: site.status() == 410)
    assert "There is no such dahlia." in site.page()
    assert HEADLINE not in site.page()
    soon(lambda: site.is_listed() == {False})

    desk.open(HEADLINE, "Restore a version…")
    chief.page.locator("[name=number]").last.check()
    desk.press("Restore the chosen version")
    soon(lambda: site.status() == 200 and site.is_listed() == {True})
    assert "five years old, not six" not in site.page(), "the first version had no correction"

    desk.open(HEADLINE, "Take down…")
    chief.page.fill("[name=reference]", "District court, 12/2026")
    desk.press("Take it down")
    soon(lambda: site.status() == 410 and site.is_listed() == {False})
    assert "District court" not in site.page()
    assert "no such dahlia" not in site.page()

    desk.open(HEADLINE, "Restore a version…")
    chief.page.locator("[name=number]").last.check()
    desk.press("Restore the chosen version")
    expect(chief.page.locator("main")).to_contain_text("only an administrator can bring it back")
    administrator = Screen(Person(browser=browser, desk=paper.desk, login="admin"))
    administrator.open(HEADLINE, "Restore a version…")
    administrator.person.page.locator("[name=number]").last.check()
    administrator.press("Restore the chosen version")
    soon(lambda: site.status() == 200 and site.is_listed() == {True})

    chief.open_story(HEADLINE)
    expect(chief.page.get_by_text("Nothing has changed since readers last got it.")).to_be_visible()
    chief.withdraw()
    soon(lambda: site.status() == 410 and site.is_listed() == {False})
    chief.open_story(HEADLINE)
    expect(chief.page.get_by_text("Its page comes back, at its old address.")).to_be_visible()
    chief.press("Release")
    soon(lambda: site.status() == 200 and site.is_listed() == {True})


@pytest.mark.parametrize("width", [390, 1280])
def test_a_reader_finds_a_story_in_both_languages(paper: RunningPaper, reader: Page, width: int) -> None:
    reader.set_viewport_size({"width": width, "height": 800})
    told = ("en", "Search", "Words", "carpenters roof"), ("vi", "Tìm kiếm", "Từ cần tìm", "nguoi tho moc")
    for locale, search, words, query in told:
        reader.goto(f"{paper.site}/{locale}/")
        reader.get_by_role("banner").get_by_role("link", name=search).click()
        reader.get_by_label(words).fill(query)
        reader.get_by_role("button", name=search).click()
        hit = reader.locator("article h2 a").first
        expect(hit).to_be_visible()
        assert reader.locator("article mark").count()
        assert not reader.evaluate("document.documentElement.scrollWidth > innerWidth")
        headline = hit.inner_text()
        hit.click()
        expect(reader.locator("h1")).to_have_text(headline)


def test_two_administrators_erase_a_story_by_order(paper: RunningPaper, browser: Browser, reader: Page) -> None:
    headline = "Harbour counts its cats: 143, and each of them has a name"
    site = Site(paper, reader, headline)
    first, second = (Person(browser=browser, desk=paper.desk, login=login) for login in ("admin", "publisher"))
    first.open_story(headline)
    number = first.page.url.split("/pages/")[1].split("/")[0]
    erase = f"{paper.desk}/stories/{number}/erase/"
    first.page.goto(erase)
    first.page.fill("[name=reference]", "District court, 14/2026")
    Screen(first).press("Ask for it to be erased")
    first.page.goto(erase)
    expect(first.page.get_by_text("another administrator has to agree")).to_be_visible()
    for login in ("reporter", "editor", "chief", "photo", "inspector"):
        person = Person(browser=browser, desk=paper.desk, login=login)
        person.page.goto(erase)
        expect(person.page.get_by_text("District court")).to_have_count(0)
        person.page.context.close()
    assert (site.status(), site.is_listed()) == (200, {True})

    second.page.goto(erase)
    expect(second.page.get_by_text("District court, 14/2026")).to_be_visible()
    second.page.locator("form.desk-act-form [type=checkbox]").check()
    Screen(second).press("Erase it for good")
    soon(lambda: site.status() == 410 and site.is_listed() == {False})
    assert headline not in site.page()
    assert "District court" not in site.page()


def test_everybody_else_is_refused_at_every_screen_of_a_story(
    paper: RunningPaper, browser: Browser, reader: Page
) -> None:
    site = Site(paper, reader, HEADLINE)
    before = site.page()
    chief = Person(browser=browser, desk=paper.desk, login="chief")
    chief.open_story(HEADLINE)
    number = chief.page.url.split("/pages/")[1].split("/")[0]
    screens = (*(f"/stories/{number}/{act}/" for act in SCREENS), f"/pages/{number}/unpublish/")
    foreseen = chief.page.get_by_role("heading", name="What this will change")
    for screen in screens:
        chief.page.goto(paper.desk + screen)
        expect(foreseen).to_be_visible()
    for login in ("reporter", "editor", "photo", "inspector"):
        person = Person(browser=browser, desk=paper.desk, login=login)
        for screen in screens:
            person.page.goto(paper.desk + screen)
            expect(person.page.get_by_role("heading", name="What this will change")).to_have_count(0)
        person.page.context.close()
    assert (site.status(), site.page()) == (200, before)


def test_photo_editor_kills_a_picture_and_brings_it_back(paper: RunningPaper, browser: Browser, reader: Page) -> None:
    site = Site(paper, reader, HEADLINE)
    reader.goto(site.url)
    path = str(reader.locator("article figure img").first.get_attribute("src"))
    file = paper.site + path
    assert reader.request.get(file).status == 200
    photo = Person(browser=browser, desk=paper.desk, login="photo")
    photo.page.goto(f"{paper.desk}/images/")
    photo.page.get_by_role("link", name="Apricot dahlia").first.click()
    photo.page.get_by_role("link", name="Kill…").click()
    expect(photo.page.locator(".desk-foreseen")).to_contain_text(f"“{HEADLINE}”; they stay, without it.")
    photo.page.fill("[name=words]", "The agency killed it.")
    Screen(photo).press("Kill it")
    soon(lambda: path not in site.page())
    soon(lambda: reader.request.get(file).status == 404)
    assert site.is_listed() == {True}
    photo.page.get_by_role("link", name="Restore a version…").click()
    photo.page.locator("[name=number]").last.check()
    Screen(photo).press("Restore the chosen version")
    soon(lambda: path in site.page() and reader.request.get(file).status == 200)


def test_the_home_front_is_arranged_with_the_keyboard_and_seen_before_it_is_out(
    paper: RunningPaper, browser: Browser, reader: Page
) -> None:
    chief = Person(browser=browser, desk=paper.desk, login="chief")
    reader.goto(f"{paper.site}/en/")
    below = [link.inner_text() for link in reader.locator(".more h3 a").all()[-2:]]
    chief.page.goto(f"{paper.desk}/fronts/en/")
    slots = chief.page.locator("[data-contentpath=slots]").first
    while (there := slots.get_by_role("button", name="Delete")).count():
        there.last.click()
    for headline in below:
        slots.locator("button.c-sf-add-button").last.click()
        slots.get_by_role("button", name="Choose a page").last.click()
        dialog = chief.page.locator(".modal-content")
        dialog.locator("[name=q]").fill(headline[:20])
        dialog.get_by_role("link", name=headline).click()
        expect(slots.get_by_text(headline)).to_be_visible()
    up = slots.get_by_role("button", name="Move up").last
    up.focus()
    up.press("Enter")
    shown = chief.page.frame_locator("iframe[name=front]")
    chief.page.get_by_role("button", name="Preview").click()
    expect(shown.locator(".first h2")).to_have_text(below[1])
    expect(shown.locator(".beside h2").first).to_have_text(below[0])

    def first() -> str:
        reader.goto(f"{paper.site}/en/")
        return reader.locator("main h2").first.inner_text()

    assert first() != below[1]
    with chief.next_screen():
        chief.page.get_by_role("button", name="Send to readers").click()
    soon(lambda: first() == below[1])
    headlines = [link.inner_text() for link in reader.locator("main article a").all()]
    assert len(headlines) == len({*headlines})
    with chief.next_screen():
        chief.page.get_by_role("button", name="Withdraw", exact=True).click()
    soon(lambda: first() != below[1])
    expect(reader.locator(".as-lead-two")).to_have_count(0)
