"""What can be found is what the story's page says, in plain words."""

from datetime import date
from typing import Any

import msgspec
import pytest

from broadsheet.edition.genres import genre_label
from broadsheet.ledger.blocks import Heading, ItemList, Quotation
from broadsheet.ledger.values import Correction, Dateline, SourceUse
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.searching import SearchSheet
from broadsheet.press.values import FactName, Form, Rank
from tests.factories.edition import Site, address, searched, words
from tests.factories.ledger import (
    NOW,
    VI,
    a_byline_use,
    a_paragraph,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
    a_topic,
)


def sheet_of(*documents: object) -> SearchSheet:
    story = documents[-1]
    return msgspec.json.decode(Site(*documents).text(searched(story)), type=SearchSheet)  # type: ignore[arg-type]


def test_a_hit_says_where_and_when_and_by_whom() -> None:
    story = a_story(headline="Gặp riêng", bylines=(a_byline_use(name="Lan Nguyễn"), a_byline_use(name="RT")))
    assert sheet_of(story) == SearchSheet(
        path=address(story),
        headline="Gặp riêng",
        standfirst="The first boat left at dawn.",
        text="The ferry to the island runs again after a week.",
        section="news",
        section_title="News",
        bylines=("Lan Nguyễn", "RT"),
        published_iso="2026-03-04T12:06:07+07:00",
        published_shown="04/03/2026 12:06",
    )


def test_a_story_is_found_by_what_it_is_about_as_its_page_says_it() -> None:
    sea, unreleased = a_topic(names={VI: "Biển"}), a_topic(name="Sky")
    story = a_story(locale=VI, topics=(sea.subject, unreleased.subject))
    assert sheet_of(sea, story).topics == ("Biển",)


def test_what_is_paid_for_says_so_among_the_hits_too() -> None:
    sheet = sheet_of(a_story(genre="sponsored", locale=VI))
    assert (sheet.genre, sheet.label) == ("sponsored", genre_label("sponsored", VI))


def test_every_word_of_the_page_is_looked_through() -> None:
    picture = a_picture()
    story = a_story(
        dateline=Dateline("Huế", date(2026, 3, 4)),
        lead=a_picture_use(picture.subject, caption="The lead"),
        body=(
            a_paragraph('A <strong>bold</strong> &amp; <a href="https://x.example/">linked</a> start.<br>New line.'),
            Heading("h", 2, "The rules"),
            ItemList("l", ordered=False, items=(SafeHtml("<em>one</em>"), SafeHtml("two"))),
            Quotation("q", SafeHtml("Ready."), "She", "radio", "Sẵn sàng.", VI),
            a_picture_use(picture.subject, caption="The quay"),
        ),
        sources=(SourceUse("The mayor"),),
        corrections=(Correction("The fare is 15,000 dong.", NOW),),
    )
    assert sheet_of(picture, story).text.splitlines() == [
        *("Huế", "The lead", "A bold & linked start. New line.", "The rules", "one", "two"),
        *("Ready.", "Sẵn sàng.", "She", "radio", "The quay", "The mayor", "The fare is 15,000 dong."),
    ]


def test_the_caption_of_a_picture_that_is_not_out_is_not_found() -> None:
    assert "caption" not in sheet_of(a_story(lead=a_picture_use(caption="A secret caption"))).text


def test_the_sheet_is_settled_and_comes_after_the_lists() -> None:
    site = Site(story := a_story())
    read: list[FactName] = []

    def reading(name: FactName) -> Any:
        read.append(name)
        return site.composer.compute(name, site.reader)

    gathered = site.composer.gather(searched(story), reading)
    assert gathered is not None
    assert (gathered.form, gathered.rank) == (Form.FILE, Rank.FEED)
    assert not any(map(site.composer.is_moving, read))


@pytest.mark.parametrize("path", ["/_search/en/nobody.json", "/_search/xx/results.html", "/_search/en/", "/_search/"])
def test_nothing_else_is_looked_through(path: str) -> None:
    assert Site(a_story()).sheet(path) is None


def test_the_page_for_the_hits_asks_in_the_words_of_its_language() -> None:
    site = Site(a_section("sea", title="Biển", locale=VI))
    page = site.page("/_search/vi/results.html")
    assert words(page, "//h1") == ["Tìm kiếm"]
    assert page.xpath("//form[@role='search']/@action") == ["/vi/search/"]
    assert page.xpath("//select[@name='section']/option/@value") == ["", "news", "sea"]
    assert page.xpath("//select[@name='language']/option/@value") == ["en", "vi", "all"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//nav[@class='languages']//a/@href") == ["/en/search/"]


def test_every_page_leads_to_the_search_of_its_language() -> None:
    site = Site(story := a_story(locale=VI))
    for path in ("/vi/", address(story), "/vi/404.html"):
        assert site.page(path).xpath("//a[@rel='search']/@href") == ["/vi/search/"]
