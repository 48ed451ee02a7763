"""A standing page says what its document says; head and foot of every page lead where the navigation says."""

import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from broadsheet.ledger.arrangements import FrontEntry, LinkEntry, NavigationDocument, SectionsEntry, SubjectEntry
from broadsheet.ledger.values import Correction, Document, PageDocument
from broadsheet.plain.slugs import Slug
from broadsheet.plain.urns import make_urn
from tests.factories.edition import Site, words
from tests.factories.ledger import NOW, VI, a_navigation, a_page, a_paragraph, a_picture_use, a_section, a_story

ABOUT = a_page()
FIXED = ["Archive", "Authors", "Topics", "Corrections", "Front page", "News feed (Atom)"]


def head_of(site: Site, path: str = "/en/") -> list[str]:
    return words(site.page(path), "//nav[@class='sections']//a")


def foot_of(site: Site, path: str = "/en/") -> list[str]:
    return words(site.page(path), "//footer//li")


def test_a_page_says_its_title_once_and_its_text_under_its_own_address() -> None:
    page = Site(a_page(standfirst="Who makes it.")).page("/en/pages/about-us/")
    assert words(page, "//h1") == ["About us"]
    assert words(page, "//article//p") == ["Who makes it.", "A paper for tests."]
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://127.0.0.1:8000/en/pages/about-us/"]
    assert page.xpath("//title/text()") == ["About us - The Test Post"]


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [("about", "AboutPage"), ("contact", "ContactPage"), ("imprint", "WebPage"), ("other", "WebPage")],
)
def test_machines_are_told_what_the_page_is_for(purpose: Any, kind: str) -> None:
    page = Site(a_page(purpose=purpose)).page("/en/pages/about-us/")
    told = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert (told["@type"], told["name"], told["inLanguage"]) == (kind, "About us", "en")
    assert told["url"] == "http://127.0.0.1:8000/en/pages/about-us/"


def test_a_corrected_page_says_so_below_its_title_and_at_its_foot_and_to_machines() -> None:
    notes = (Correction("It opens on Monday.", NOW), Correction("It opens on <b>Tuesday</b>.", NOW + timedelta(days=1)))
    page = Site(a_page(corrections=notes)).page("/en/pages/about-us/")
    assert words(page, "//header//a[@class='corrected'][@href='#corrections']") == ["Corrected"]
    assert words(page, "//section[@class='corrections']/h2[@id='corrections']") == ["Corrections"]
    shown = words(page, "//section[@class='corrections']/p")
    assert ["<b>Tuesday</b>" in shown[0], "Monday" in shown[1]] == [True, True]
    told = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert [note["text"] for note in told["correction"]] == [note.words for note in notes]
    assert told["dateModified"] == told["correction"][1]["datePublished"]


def test_a_page_never_corrected_says_nothing_of_it() -> None:
    site = Site(ABOUT)
    assert "orrect" not in words(site.page("/en/pages/about-us/"), "//main")[0]
    assert "dateModified" not in site.text("/en/pages/about-us/")


def test_a_page_stands_in_no_list_and_no_feed() -> None:
    site = Site(ABOUT)
    assert words(site.page("/en/"), "//p[@class='empty']")
    assert "About us" not in site.text("/en/atom.xml")


def test_versions_of_a_page_know_each_other() -> None:
    vietnamese = a_page(locale=VI, edition_key=ABOUT.edition_key, title="Giới thiệu")
    page = Site(ABOUT, vietnamese).page("/en/pages/about-us/")
    assert words(page, "//p[@class='versions']/a") == ["Tiếng Việt"]
    assert page.xpath("//link[@rel='alternate'][@hreflang]/@href") == [
        "http://127.0.0.1:8000/en/pages/about-us/",
        "http://127.0.0.1:8000/vi/pages/gioi-thieu/",
        "http://127.0.0.1:8000/en/pages/about-us/",
    ]


def test_stories_and_pages_link_to_pages_and_a_link_to_none_keeps_its_words() -> None:
    markup = f'<a href="{ABOUT.subject}">us</a> and <a href="{make_urn("page", "none")}">nobody</a>'
    story, other = a_story(body=(a_paragraph(markup),)), a_page(title="Contact", body=(a_paragraph(markup),))
    site = Site(ABOUT, story, other)
    for page in (site.story_page(story), site.page("/en/pages/contact/")):
        assert page.xpath("//div[@class='body']//a/@href") == ["/en/pages/about-us/"]
        assert "and nobody" in words(page, "//div[@class='body']")[0]


def test_a_picture_that_is_not_out_is_left_away() -> None:
    site = Site(a_page(body=(a_paragraph("Words."), a_picture_use())))
    assert site.page("/en/pages/about-us/").xpath("//main//img") == []


def test_a_page_does_not_stand_at_a_story_s_slug_nor_a_story_at_a_page_s() -> None:
    story = a_story()
    site = Site(ABOUT, story)
    assert site.sheet(f"/en/pages/{story.address.slug}/") is None
    assert site.sheet(f"/en/news/2026/03/04/{ABOUT.slug}/") is None
    assert site.sheet("/vi/pages/about-us/") is None


def test_without_a_navigation_the_head_has_all_sections_and_the_foot_all_pages_by_title() -> None:
    site = Site(a_section("sport", order=-1), a_page(title="Privacy"), ABOUT)
    assert head_of(site) == ["Sport", "News"]
    assert foot_of(site) == ["About us", "Privacy", *FIXED]
    assert foot_of(site, "/vi/") == ["Lưu trữ", "Tác giả", "Chủ đề", "Đính chính", "Trang nhất", "Nguồn tin (Atom)"]


def a_full_navigation() -> NavigationDocument:
    return a_navigation(
        menu=(FrontEntry(), SubjectEntry(make_urn("section", "sport"), "Games"), SubjectEntry(ABOUT.subject)),
        footer=(LinkEntry("https://shop.example/?a=1&b=2", "Shop & tea"), SubjectEntry(ABOUT.subject, "Who we are")),
    )


def test_a_navigation_says_where_head_and_foot_lead_and_what_the_links_are_called() -> None:
    site = Site(a_section("sport"), ABOUT, a_full_navigation())
    page = site.page("/en/pages/about-us/")
    assert words(page, "//nav[@class='sections']//a") == ["Front page", "Games", "About us"]
    assert page.xpath("//nav[@class='sections']//a/@href") == ["/en/", "/en/sport/", "/en/pages/about-us/"]
    assert words(page, "//nav[@class='sections']//a[@aria-current='page']") == ["About us"]
    assert foot_of(site) == ["Shop & tea", "Who we are", *FIXED]
    assert page.xpath("//footer//a/@href")[1] == "https://shop.example/?a=1&b=2"
    assert head_of(site, "/vi/") == ["Tin tức"]


def test_all_sections_as_one_entry_takes_in_those_to_come() -> None:
    navigation = a_navigation(menu=(SectionsEntry(), FrontEntry("Home")))
    assert head_of(Site(navigation)) == ["News", "Home"]
    assert head_of(Site(navigation, a_section("sport"))) == ["News", "Sport", "Home"]


@pytest.mark.parametrize("missing", ["section", "page"])
def test_what_readers_cannot_have_is_no_dead_link(missing: str) -> None:
    there: list[Document] = [ABOUT] if missing == "section" else [a_section("sport")]
    found = head_of(Site(*there, a_full_navigation()))
    assert found == (["Front page", "About us"] if missing == "section" else ["Front page", "Games"])


def test_an_empty_menu_is_no_menu() -> None:
    site = Site(a_navigation())
    assert site.page("/en/").xpath("//nav[@class='sections']") == []
    assert foot_of(site) == FIXED


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://a.example/", "//a.example/", "data:text/html,x"])
def test_a_link_that_is_not_https_is_never_printed_whatever_the_ledger_holds(url: str) -> None:
    site = Site(a_navigation(menu=(LinkEntry(url, "Here"),), footer=(LinkEntry(url, "Here"),)))
    assert "Here" not in site.text("/en/")


def test_markup_in_titles_and_labels_is_shown_as_it_was_typed() -> None:
    title = "<script>alert(1)</script>"
    page = a_page(title=title, slug=Slug("x"))
    site = Site(page, a_navigation(menu=(FrontEntry(title),), footer=(SubjectEntry(page.subject),)))
    assert head_of(site) == [title]
    assert words(site.page("/en/pages/x/"), "//h1") == [title]
    assert site.page("/en/").xpath("//script[not(@src)]") == []


def test_a_page_in_another_language_is_not_linked_from_this_one() -> None:
    vietnamese = msgspec.structs.replace(ABOUT, locale=VI, subject=make_urn("page", "vi"))
    assert isinstance(vietnamese, PageDocument)
    navigation = a_navigation(menu=(SubjectEntry(vietnamese.subject),))
    assert Site(vietnamese, navigation).page("/en/").xpath("//nav[@class='sections']") == []
