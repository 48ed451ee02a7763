"""The strip of the home front stands in a part of its own, which every page of the language asks for."""

from datetime import timedelta

from broadsheet.edition.preview import preview_story
from broadsheet.edition.touched import touched_facts
from broadsheet.ledger.arrangements import BreakingStrip
from broadsheet.press.values import Subject
from tests.factories.edition import Site, address, words
from tests.factories.ledger import EN, NOW, VI, a_front, a_page, a_story

PART = "/_fragments/1/en/breaking.html"
STORY = a_story(headline="The bridge")
HOUR = timedelta(hours=1)


def a_strip(until: timedelta = HOUR, **more: object) -> BreakingStrip:
    return BreakingStrip("Bridge & road <closed>", until=NOW + until, **more)  # type: ignore[arg-type]


def test_the_part_says_what_the_home_front_says_and_leads_where_it_leads() -> None:
    site = Site(STORY, a_front(strip=a_strip(story=STORY.subject)))
    part, front = site.page(PART), site.page("/en/")
    assert words(part, "//p[@class='breaking']") == ["Breaking news Bridge & road <closed>"]
    assert part.xpath("//a/@href") == front.xpath("//p[@class='breaking']/a/@href") == [address(STORY)]
    assert front.xpath("//*[@role='status']/p[@class='breaking']")


def test_the_part_is_empty_while_there_is_no_strip_and_once_it_has_ended_or_its_story_is_gone() -> None:
    never_out = a_story()
    for strip in (None, a_strip(timedelta(0)), a_strip(story=never_out.subject)):
        assert Site(a_front(strip=strip)).text(PART).strip() == ""
    assert Site().text(PART).strip() == ""


def test_the_strip_of_a_section_or_of_another_language_is_not_in_it() -> None:
    site = Site(a_front(section="news", strip=a_strip()), a_front(locale=VI, strip=a_strip()))
    assert site.text(PART).strip() == ""
    assert "Tin nóng" in site.text("/_fragments/1/vi/breaking.html")


def test_every_page_asks_for_the_strip_of_its_language_and_a_draft_for_none() -> None:
    page = a_page()
    site = Site(STORY, page)
    for path in (address(STORY), "/en/", "/en/news/", "/en/archive/", f"/en/pages/{page.slug}/", "/en/404.html"):
        assert site.page(path).xpath("//script/@data-breaking") == [PART]
    assert site.page("/vi/").xpath("//script/@data-breaking") == ["/_fragments/1/vi/breaking.html"]
    assert b"data-breaking" not in preview_story(STORY, pictures={}, now=NOW, under=site.reader)


def test_the_strip_is_touched_by_its_front_and_by_the_story_it_leads_to_alone() -> None:
    front, other = a_front(strip=a_strip(story=STORY.subject)), a_story()
    reader = Site(STORY, other, front).reader

    def touches_strip(urn: str) -> bool:
        return f"strip:{EN}" in touched_facts(Subject(urn, EN), stored=lambda _name: None, reader=reader)

    assert [touches_strip(each.subject) for each in (front, STORY, other)] == [True, True, False]
