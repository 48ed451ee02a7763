"""What is done to the ledger shows on exactly the pages that say it, and nowhere else."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from broadsheet.edition.values import THE_HOUSE
from broadsheet.ledger.values import Act, Correction
from broadsheet.plain.locales import Locale
from broadsheet.press.actions import post_notice
from tests.factories.edition import address, searched, words
from tests.factories.ledger import (
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_paper,
    a_paragraph,
    a_section,
    a_story,
    changed,
    released,
    withdrawn,
)
from tests.rooms.edition.conftest import Paper
from tests.rooms.edition.sheets import AROUND, BUCKETS, FEEDS, FIXED, FRONTS, FULL_TEXT, LATEST, LISTS, SITEMAP

EMPTY = (
    *(
        "",
        "news/",
        "atom.xml",
        "rss.xml",
        "news/rss.xml",
        "archive/",
        "news/archive/",
        "by/",
        "topics/",
        "corrections/",
        "404.html",
    ),
    "site.webmanifest",
)


def test_before_the_first_story_the_whole_empty_paper_stands(paper: Paper) -> None:
    pages = {path for path in paper.store.walk() if not path.startswith("/assets/")}
    assert pages == {
        *("/", "/404.html", "/robots.txt", "/sitemap.xml", "/sitemaps/en/news.xml", "/sitemaps/vi/news.xml"),
        *(f"/{locale}/{name}" for locale in ("en", "vi") for name in EMPTY),
        *(f"/_fragments/1/{locale}/{name}latest.html" for locale in ("en", "vi") for name in ("", "news/")),
        *(f"/_fragments/1/{locale}/breaking.html" for locale in ("en", "vi")),
        *(f"/_search/{locale}/results.html" for locale in ("en", "vi")),
    }


def test_a_released_story_writes_its_page_its_lists_and_the_feeds_in_this_order(paper: Paper) -> None:
    released(a_story())
    paper.press()
    released(story := a_story())
    assert paper.press() == [address(story), *LISTS, *SITEMAP, searched(story), *FEEDS, *LATEST]
    assert words(paper.page("/en/"), "//h2") == [story.headline] * 2


def test_the_first_story_of_all_opens_its_day_and_its_months_before_anything_leads_there(paper: Paper) -> None:
    released(story := a_story())
    written = paper.press()
    assert written[0] == address(story)
    assert set(written[1:]) == {*AROUND, searched(story)}
    assert len(written) == len(AROUND) + 2
    for leading, target in (
        ("/en/archive/", BUCKETS[1]),
        ("/en/news/archive/", BUCKETS[2]),
        ("/sitemap.xml", *SITEMAP),
    ):
        assert written.index(target) < written.index(leading)


@pytest.mark.parametrize("archive", [0, 30])
def test_a_release_costs_the_same_whatever_the_size_of_the_archive(paper: Paper, archive: int) -> None:
    for number in range(archive):
        released(a_story(published_at=NOW - timedelta(days=number + 1)))
    released(a_story())
    paper.press()
    released(a_story())
    assert len(paper.press()) == 13


def test_a_new_headline_reaches_every_page_that_shows_it(paper: Paper) -> None:
    released(story := a_story(headline="Old"))
    paper.press()
    released(changed(story, headline="New"), act=Act.UPDATE)
    assert paper.press() == [address(story), *LISTS, searched(story), *FEEDS, *LATEST]
    assert all(words(paper.page(path), "//h2") == ["New"] for path in FRONTS)


def test_a_new_body_leaves_the_fronts_alone(paper: Paper) -> None:
    released(story := a_story())
    paper.press()
    released(changed(story, body=(a_paragraph("Quite another text."),)), act=Act.UPDATE, at=NOW + timedelta(hours=1))
    assert paper.press() == [address(story), *SITEMAP, searched(story), *FULL_TEXT]


def test_a_version_in_another_language_adds_itself_to_the_first_one_and_leaves_with_it(paper: Paper) -> None:
    released(english := a_story())
    paper.press()
    released(vietnamese := a_story(locale=VI, edition_key=english.edition_key))
    around = {path.replace("/en/", "/vi/") for path in AROUND}
    assert set(paper.press()) == {address(english), address(vietnamese), searched(vietnamese), *around}
    assert words(paper.page(address(english)), "//p[@class='versions']/a") == ["Tiếng Việt"]
    withdrawn(vietnamese)
    paper.press()
    assert paper.page(address(english)).xpath("//p[@class='versions']") == []


def test_a_renamed_section_reaches_every_page_of_its_language_and_none_of_the_other(paper: Paper) -> None:
    released(story := a_story())
    released(a_story(locale=VI))
    paper.press()
    released(a_section(title="Today"), act=Act.UPDATE)
    written = paper.press()
    pages = {*LISTS, "/en/archive/", "/en/archive/2026/03/", "/en/news/archive/", *FIXED, searched(story)}
    assert set(written) == {address(story), *pages, *FULL_TEXT, "/en/news/rss.xml"}
    assert words(paper.page(address(story)), "//p[@class='kicker']") == ["Today"]


def test_a_withdrawn_section_leaves_no_front_and_no_link_to_it(paper: Paper) -> None:
    released(story := a_story())
    paper.press()
    withdrawn(a_section())
    paper.press()
    assert paper.read("/en/news/") is None
    assert not any(b'href="/en/news/"' in stored.data for stored in paper.store.sheets.values())
    assert paper.page(address(story)).xpath("//p[@class='kicker']") == []


def test_a_bylines_page_comes_with_its_first_story_and_leaves_with_its_last(paper: Paper) -> None:
    lan = a_byline()
    released(lan)
    assert paper.press() == []
    released(story := a_story(bylines=(a_byline_use(lan.subject),)))
    assert "/en/by/lan-nguyen/" in paper.press()
    withdrawn(story)
    assert "/en/by/lan-nguyen/" in paper.press()
    assert paper.read("/en/by/lan-nguyen/") is None


def test_a_paper_that_gives_up_a_language_takes_all_of_it_down_and_can_put_it_back(paper: Paper) -> None:
    released(story := a_story(locale=VI))
    paper.press()
    before = dict(paper.store.sheets)
    released(a_paper(languages=a_paper().languages[:1]), act=Act.UPDATE)
    paper.press()
    assert [path for path in paper.store.walk() if path.startswith("/vi/")] == []
    released(a_paper(), act=Act.UPDATE)
    paper.press()
    assert paper.read(address(story)) == before[address(story)]
    assert paper.store.sheets == before


def test_a_paper_that_begins_a_language_gets_its_fronts_and_its_stories(paper: Paper) -> None:
    languages = a_paper().languages
    french = languages[0].__class__(Locale("fr"), "Français")
    released(story := a_story(locale=Locale("fr")))
    assert paper.press() == []
    released(a_paper(languages=(*languages, french)), act=Act.UPDATE)
    paper.press()
    assert paper.read("/fr/") is not None
    assert paper.read(address(story)) is not None


def test_a_new_release_of_the_product_presses_nothing_when_it_changes_nothing(paper: Paper) -> None:
    released(a_story())
    paper.press()
    with transaction.atomic():
        post_notice(subject=THE_HOUSE, now=NOW)
    assert paper.press() == []


def test_a_correction_stands_on_the_page_in_the_feeds_among_all_and_in_the_structured_data(paper: Paper) -> None:
    released(story := a_story())
    paper.press()
    at = NOW + timedelta(days=1)
    released(changed(story, corrections=(Correction("The fare is 15,000 dong.", at),)), act=Act.CORRECT, at=at)
    among_all = {"/en/corrections/", "/en/corrections/2026/03/"}
    assert set(paper.press()) == {address(story), *SITEMAP, *FULL_TEXT, *among_all, searched(story)}
    page = paper.page(address(story))
    assert "The fare is 15,000 dong." in words(page, "//section[@class='corrections']/p")[0]
    assert words(page, "//a[@class='corrected']") == ["Corrected"]
    structured = json.loads(words(page, "//script[@type='application/ld+json']")[0])
    assert structured["correction"][0]["text"] == "The fare is 15,000 dong."
    assert structured["dateModified"] == "2026-03-05T12:06:07+07:00"
    feed = paper.read("/en/atom.xml")
    assert feed is not None
    assert "Correction, 05/03/2026 12:06:" in feed.data.decode()
    assert "<updated>2026-03-05T12:06:07+07:00</updated>" in feed.data.decode()
