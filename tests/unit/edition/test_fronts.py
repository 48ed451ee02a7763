"""Fronts show the newest stories of their list, and look right with none."""

from datetime import timedelta

from broadsheet.edition.facts import NEWEST_STORIES
from broadsheet.ledger.values import LanguageLine
from broadsheet.press.values import Form, Rank
from tests.factories.edition import Site, address, words
from tests.factories.ledger import (
    EN,
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_paper,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
)


def test_the_home_front_shows_the_newest_stories_of_its_language_newest_first() -> None:
    stories = [a_story(headline=f"Story {hour}", published_at=NOW + timedelta(hours=hour)) for hour in range(3)]
    page = Site(*stories, a_story(headline="Chuyện", locale=VI)).page("/en/")
    assert words(page, "//h2") == ["Story 2", "Story 1", "Story 0"]
    assert page.xpath("//h2/a/@href") == [address(story) for story in reversed(stories)]
    assert words(page, "//h1") == ["The Test Post"]


def test_a_home_front_without_a_line_under_its_name_still_says_what_it_is() -> None:
    paper = a_paper(name="Bưu & Cảng", languages=(LanguageLine(EN, "English", "All of it"), LanguageLine(VI, "Việt")))
    description = "//meta[@name='description']/@content"
    assert Site(paper).page("/vi/").xpath(description) == ["Tin mới từ Bưu & Cảng"]
    assert Site(paper).page("/en/").xpath(description) == ["All of it"]


def test_a_front_ends_after_the_newest_twenty() -> None:
    stories = [a_story(published_at=NOW + timedelta(minutes=minute)) for minute in range(NEWEST_STORIES + 1)]
    assert len(Site(*stories).page("/en/").xpath("//h2")) == NEWEST_STORIES


def test_a_section_front_shows_its_own_stories_only_and_marks_itself_in_the_navigation() -> None:
    sport = a_section("sport", title="Sport", description="All that moves")
    site = Site(sport, a_story(headline="A goal", section=sport.subject), a_story(headline="A vote"))
    page = site.page("/en/sport/")
    assert words(page, "//h1") == ["Sport"]
    assert words(page, "//h2") == ["A goal"]
    assert words(page, "//nav[@class='sections']//a[@aria-current='page']") == ["Sport"]
    assert page.xpath("//meta[@name='description']/@content") == ["All that moves"]


def test_the_navigation_keeps_the_order_of_the_sections() -> None:
    site = Site(
        a_section("b", title="B", order=1), a_section("a", title="A", order=1), a_section(title="News", order=0)
    )
    assert words(site.page("/en/"), "//nav[@class='sections']//a") == ["News", "A", "B"]


def test_empty_fronts_say_that_there_is_nothing_yet_in_their_language() -> None:
    site = Site()
    assert words(site.page("/en/"), "//main/p") == ["No stories yet."]
    assert words(site.page("/vi/news/"), "//main/p") == ["Chưa có bài nào."]


def test_a_paper_without_sections_has_no_empty_navigation() -> None:
    site = Site(a_paper(languages=a_paper().languages[:1]))
    page = site.page("/en/404.html")
    assert page.xpath("//nav[@class='languages']") == []
    assert words(page, "//nav[@class='sections']//a") == ["News"]


def test_a_bylines_page_shows_its_stories_and_exists_only_where_there_are_any() -> None:
    lan = a_byline(names={VI: "Nguyễn Lan"})
    site = Site(lan, a_story(headline="Hers", locale=VI, bylines=(a_byline_use(lan.subject),)), a_story(locale=VI))
    page = site.page("/vi/by/lan-nguyen/")
    assert words(page, "//h1") == ["Nguyễn Lan"]
    assert words(page, "//h2") == ["Hers"]
    assert site.sheet("/en/by/lan-nguyen/") is None
    assert site.sheet("/vi/by/nobody/") is None


def test_a_card_shows_the_lead_picture_in_its_smaller_sizes() -> None:
    picture = a_picture(width_px=4000, height_px=3000)
    page = Site(picture, a_story(lead=a_picture_use(picture.subject, alt="A ferry"))).page("/en/")
    assert page.xpath("//article//img/@alt") == ["A ferry"]
    assert "1440w" in page.xpath("//article//img/@srcset")[0]
    assert "2048w" not in page.xpath("//article//img/@srcset")[0]


def test_fronts_of_all_languages_name_each_other() -> None:
    page = Site().page("/vi/news/")
    assert {each.get("hreflang"): each.get("href") for each in page.xpath("//link[@hreflang]")} == {
        "en": "http://127.0.0.1:8000/en/news/",
        "vi": "http://127.0.0.1:8000/vi/news/",
        "x-default": "http://127.0.0.1:8000/en/news/",
    }


def test_a_section_that_is_not_in_the_other_language_sends_its_readers_home() -> None:
    site = Site(a_section("sport", title="Sport"))
    assert site.page("/en/sport/").xpath("//nav[@class='languages']//a/@href") == ["/vi/"]
    assert site.sheet("/vi/sport/") is None


def test_the_root_leads_to_the_first_language() -> None:
    sheet = Site().sheet("/")
    assert sheet is not None
    assert (sheet.form, sheet.data) == (Form.MOVED, b"/en/")


def test_pages_for_what_is_not_there_speak_their_language_and_ask_not_to_be_found() -> None:
    site = Site()
    assert words(site.page("/404.html"), "//h1") == ["Page not found"]
    assert words(site.page("/vi/404.html"), "//h1") == ["Không tìm thấy trang"]
    assert site.page("/404.html").xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert site.page("/404.html").xpath("//link[@rel='canonical']") == []


def test_a_language_the_paper_does_not_have_has_no_sheets() -> None:
    site = Site(a_paper(languages=a_paper().languages[:1]), a_story(locale=VI))
    assert [path for path in site.composer.every_sheet(site.reader) if path.startswith("/vi")] == []
    assert site.sheet("/vi/") is None
    assert site.sheet("/vi/news/") is None


def test_every_sheet_the_composer_lists_exists_and_is_listed_once() -> None:
    lan = a_byline()
    site = Site(lan, a_story(bylines=(a_byline_use(lan.subject),)), a_story(locale=VI))
    paths = list(site.composer.every_sheet(site.reader))
    assert len(paths) == len(set(paths))
    assert all(site.sheet(path) is not None for path in paths)
    assert {"/", "/404.html", "/en/", "/en/atom.xml", "/vi/404.html", "/en/news/", "/en/by/lan-nguyen/"} <= set(paths)


def test_stories_are_written_before_lists_and_lists_before_feeds() -> None:
    site = Site(story := a_story())
    ranks = [
        site.composer.gather(path, lambda name: site.composer.compute(name, site.reader)).rank  # type: ignore[union-attr]
        for path in (address(story), "/en/", "/en/atom.xml")
    ]
    assert ranks == [Rank.STORY, Rank.LIST, Rank.FEED]


def test_the_newest_headlines_stand_in_a_part_that_a_storys_page_names_and_does_not_hold() -> None:
    story, other = a_story(headline="This & <that>"), a_story(headline="Other", published_at=NOW - timedelta(days=1))
    site = Site(story, other)
    part = site.page("/_fragments/1/en/news/latest.html")
    assert words(part, "//li/a") == ["This & <that>", "Other"]
    page = site.page(address(other))
    assert page.xpath("//aside[@class='latest']/@data-part") == ["/_fragments/1/en/news/latest.html"]
    assert page.xpath("//aside[@class='latest']//a/@href") == ["/en/news/"]
    assert site.sheet("/_fragments/1/en/sport/latest.html") is None
