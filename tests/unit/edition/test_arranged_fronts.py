"""A front an editor arranged: what stands in its slots, what is featured, and the newest of all others; none twice."""

from datetime import timedelta

import pytest

from broadsheet.edition.overlays import OverlayReader
from broadsheet.edition.preview import preview_story
from broadsheet.edition.touched import touched_facts
from broadsheet.ledger.arrangements import BreakingStrip, Pin
from broadsheet.press.values import Subject
from tests.factories.edition import Site, address, words
from tests.factories.ledger import (
    NOW,
    VI,
    a_front,
    a_paper,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
)

SLOTS = "//div[contains(@class, 'front')]//h2"
FEATURED = "//section[@class='part'][h2='Featured']//h3"
LATEST = "//section[@class='part'][h2='Latest stories']//h3"
STRIP = "//p[@class='breaking']"
#: The newest first.
STORIES = tuple(a_story(headline=f"Story {age}", published_at=NOW - timedelta(hours=age)) for age in range(7))
ELSEWHERE = a_story(headline="Elsewhere", section=a_section("sport").subject, published_at=NOW - timedelta(days=9))


def test_what_was_put_there_stands_first_and_below_it_never_again() -> None:
    front = a_front(STORIES[4], STORIES[2], STORIES[6], featured=(Pin(STORIES[0].subject), Pin(STORIES[2].subject)))
    page = Site(*STORIES, front).page("/en/")
    assert words(page, SLOTS) == ["Story 4", "Story 2", "Story 6"]
    assert words(page, FEATURED) == ["Story 0"]
    assert words(page, LATEST) == ["Story 1", "Story 3", "Story 5"]
    assert len(page.xpath("//article")) == len(STORIES)


@pytest.mark.parametrize(("layout", "slots"), [("lead", 1), ("lead-two", 3), ("row", 3)])
def test_each_layout_has_its_slots_and_fills_those_left_empty_with_the_newest(layout: str, slots: int) -> None:
    page = Site(*STORIES, a_front(STORIES[3], layout=layout)).page("/en/")
    assert words(page, SLOTS) == ["Story 3", "Story 0", "Story 1"][:slots]
    assert page.xpath(f"//div[@class='front as-{layout}']")
    assert len(page.xpath("//article")) == len(STORIES)


def test_what_readers_cannot_have_gives_its_slot_to_the_next_one() -> None:
    never_out = a_story(headline="Not out")
    front = a_front(Pin(never_out.subject), *STORIES[3:7], layout="row")
    page = Site(*STORIES, front).page("/en/")
    assert words(page, SLOTS) == ["Story 3", "Story 4", "Story 5"]
    assert words(page, LATEST)[-1] == "Story 6"


def test_a_pin_ends_at_its_second_and_not_before() -> None:
    second = timedelta(seconds=1)
    front = a_front(Pin(STORIES[5].subject, until=NOW), Pin(STORIES[6].subject, until=NOW + second), layout="lead")
    assert words(Site(*STORIES, front).page("/en/"), SLOTS) == ["Story 6"]


def test_the_strip_leads_to_its_story_and_goes_with_it_or_at_its_moment() -> None:
    def strip(until: timedelta, **more: object) -> list[str]:
        said = BreakingStrip("The bridge & the road are closed", until=NOW + until, **more)  # type: ignore[arg-type]
        return words(Site(STORIES[0], a_front(strip=said)).page("/en/"), STRIP)

    told = ["Breaking news The bridge & the road are closed"]
    hour = timedelta(hours=1)
    assert strip(hour) == told
    assert strip(hour, story=STORIES[0].subject) == told
    assert strip(hour, story=a_story().subject) == []
    assert strip(timedelta(0)) == []
    front = a_front(strip=BreakingStrip("Closed", until=NOW + hour, story=STORIES[0].subject))
    assert Site(STORIES[0], front).page("/en/").xpath(f"{STRIP}/a/@href") == [address(STORIES[0])]


def test_a_section_has_a_front_of_its_own_and_may_show_any_story_of_its_language() -> None:
    there = a_story(locale=VI, headline="Chuyện")
    front = a_front(ELSEWHERE, Pin(there.subject), section="news")
    site = Site(*STORIES, ELSEWHERE, there, front)
    assert words(site.page("/en/news/"), SLOTS) == ["Elsewhere", "Story 0", "Story 1"]
    assert words(site.page("/en/"), "//h2")[0] == "Story 0"
    assert not site.page("/en/").xpath("//section[@class='part']")
    assert not site.page("/vi/news/").xpath("//section[@class='part']")


def test_a_front_without_any_story_says_so_and_still_shows_its_strip() -> None:
    page = Site(a_front(strip=BreakingStrip("We begin tonight", until=NOW + timedelta(hours=1)))).page("/en/")
    assert words(page, STRIP) == ["Breaking news We begin tonight"]
    assert words(page, "//main/p[@class='empty']") == ["No stories yet."]


def test_its_own_words_are_those_of_the_language() -> None:
    told = a_story(locale=VI, headline="Chuyện"), a_story(locale=VI, headline="Tin")
    strip = BreakingStrip("Cầu đóng", until=NOW + timedelta(hours=1))
    front = a_front(told[0], locale=VI, layout="lead", featured=(Pin(told[1].subject),), strip=strip)
    page = Site(*told, front).page("/vi/")
    assert words(page, "//section[@class='part']/h2") == ["Nổi bật"]
    assert words(page, STRIP) == ["Tin nóng Cầu đóng"]


def test_pictures_of_all_its_stories_come_with_it() -> None:
    pictures = a_picture(), a_picture()
    shown = [a_story(lead=a_picture_use(picture.subject, alt=f"Picture {n}")) for n, picture in enumerate(pictures)]
    front = a_front(shown[0], layout="lead", featured=(Pin(shown[1].subject),))
    sheet = Site(*pictures, *shown, front).page("/en/")
    assert sheet.xpath("//article//img/@alt") == ["Picture 0", "Picture 1"]


def test_a_story_touches_exactly_the_fronts_that_name_it() -> None:
    fronts = a_front(STORIES[0]), a_front(section="news", featured=(Pin(STORIES[0].subject),)), a_front(section="sport")
    reader = Site(*STORIES, *fronts).reader

    def touched(subject: Subject) -> set[str]:
        facts = touched_facts(subject, stored=lambda _name: None, reader=reader)
        return {name for name in facts if name.startswith("front:")}

    assert touched(Subject(STORIES[0].subject, "en")) == {"front:en:home", "front:en:section-news"}
    assert touched(Subject(STORIES[1].subject, "en")) == set()
    assert touched(Subject(fronts[2].subject, "en")) == {"front:en:section-sport"}


@pytest.mark.parametrize("section", ["", "news"])
def test_an_unsaved_front_is_previewed_as_readers_will_see_it(section: str) -> None:
    under = OverlayReader([a_paper(), a_section(title="News"), *STORIES], under=None, now=NOW)
    front = a_front(STORIES[6], section=section, strip=BreakingStrip("Closed", until=NOW + timedelta(hours=1)))
    page = preview_story(front, pictures={}, now=NOW, under=under).decode()
    assert page.index("Closed") < page.index("Story 6") < page.index("Story 0")
    assert "Latest stories" in page
    assert 'href="/' not in page
