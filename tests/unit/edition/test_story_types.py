"""Readers see at once what reports, what argues and what was paid for: on the page, on fronts, in lists and feeds."""

import json

import pytest

from broadsheet.ledger.values import Genre
from broadsheet.plain.locales import Locale
from tests.factories.edition import Site, words
from tests.factories.ledger import VI, a_story

TYPES: list[tuple[Genre, str, str]] = [
    ("analysis", "Analysis", "AnalysisNewsArticle"),
    ("opinion", "Opinion", "OpinionNewsArticle"),
    ("interview", "Interview", "NewsArticle"),
    ("photo-essay", "Photo essay", "NewsArticle"),
    ("sponsored", "Sponsored content", "AdvertiserContentArticle"),
]


@pytest.mark.parametrize(("genre", "label", "machines"), TYPES)
def test_the_type_stands_over_the_headline_and_machines_are_told(genre: Genre, label: str, machines: str) -> None:
    page = Site(story := a_story(genre=genre)).story_page(story)
    assert words(page, "//article/header//span[@class='genre']") == [label]
    assert page.xpath("//main/article/@class") == [f"story {genre}"]
    (structured,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert (json.loads(structured)["@type"], json.loads(structured)["genre"]) == (machines, label)


def test_news_goes_without_a_label() -> None:
    page = Site(story := a_story()).story_page(story)
    assert page.xpath("//span[@class='genre']") == []
    assert page.xpath("//main/article/@class") == ["story"]
    assert "genre" not in json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])


@pytest.mark.parametrize(("locale", "label"), [("en", "Sponsored content"), ("vi", "Nội dung được tài trợ")])
def test_what_is_paid_for_says_so_on_every_front_and_in_the_feed(locale: str, label: str) -> None:
    site = Site(a_story(genre="sponsored", locale=Locale(locale)), a_story(locale=VI, headline="Phà"))
    for path in (f"/{locale}/", f"/{locale}/news/"):
        assert words(site.page(path), "//article[contains(@class, 'sponsored')]//span[@class='genre']") == [label]
    assert f"<description>{label}: The first boat left at dawn.</description>" in site.text(f"/{locale}/news/rss.xml")
    feed = site.text(f"/{locale}/atom.xml")
    assert f'<category term="sponsored" label="{label}"/>' in feed
    assert f"&lt;p&gt;&lt;strong&gt;{label}&lt;/strong&gt;&lt;/p&gt;" in feed


@pytest.mark.parametrize(("locale", "label"), [("en", "Sponsored content"), ("vi", "Nội dung được tài trợ")])
def test_what_is_paid_for_says_so_where_only_its_headline_stands(locale: str, label: str) -> None:
    story = a_story(genre="sponsored", locale=Locale(locale), headline="Boats")
    site = Site(story, a_story(locale=VI, headline="Phà"))
    day = f"{story.published_at:%Y/%m/%d}"
    for path in (
        f"/_fragments/1/{locale}/latest.html",
        f"/_fragments/1/{locale}/news/latest.html",
        f"/{locale}/archive/{day}/",
        f"/{locale}/news/{day[:7]}/",
    ):
        assert words(site.page(path), "//li[@class='sponsored']/a") == [f"{label} Boats"], path
        assert words(site.page(path), "//li//span[@class='genre']") == [label], path
