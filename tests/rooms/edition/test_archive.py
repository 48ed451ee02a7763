"""Old lists are kept by month and day: a release touches its own bucket, and its neighbours only when it opens."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from broadsheet.edition.facts import NEWEST_STORIES
from broadsheet.ledger.values import Act
from broadsheet.plain.urns import make_urn
from broadsheet.press.actions import post_notice
from broadsheet.press.values import THE_DAY, Form
from tests.factories.edition import address, words
from tests.factories.ledger import (
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_paper,
    a_section,
    a_story,
    changed,
    released,
    withdrawn,
)
from tests.rooms.edition.conftest import Paper

#: The paper's days begin at 17:00 UTC of the day before.
FEBRUARY, MARCH, APRIL = (datetime(2026, month, 10, 3, tzinfo=UTC) for month in (2, 3, 4))
TURNING = "//nav[@class='turning']//a/@href"


def test_a_story_stands_in_its_month_and_on_its_day_as_the_papers_own_clocks_show_it(paper: Paper) -> None:
    last = datetime(2026, 3, 31, 16, 59, 59, tzinfo=UTC)
    released(late := a_story(headline="Late", published_at=last))
    released(early := a_story(headline="Early", published_at=last + timedelta(seconds=1)))
    released(a_story(headline="Before", published_at=last - timedelta(minutes=1)))
    paper.press()
    assert words(paper.page("/en/news/2026/03/"), "//main//li//a")[:2] == ["Late", "Before"]
    assert paper.page("/en/archive/2026/03/31/").xpath("//main//li/a/@href")[0] == address(late)
    assert paper.page("/en/archive/2026/04/01/").xpath("//main//li/a/@href")[0] == address(early)
    assert words(paper.page("/en/archive/2026/03/31/"), "//main//li/time") == ["23:59", "23:58"]


def test_the_archive_leads_from_years_to_months_to_days(paper: Paper) -> None:
    for moment in (FEBRUARY, APRIL, APRIL + timedelta(days=1), datetime(2024, 12, 30, tzinfo=UTC)):
        released(a_story(published_at=moment))
    paper.press()
    page = paper.page("/en/archive/")
    assert words(page, "//main//h2") == ["2026", "2024"]
    assert words(page, "//main//li") == ["April 2026", "February 2026", "December 2024"]
    assert page.xpath("//main//li/a/@href")[0] == "/en/archive/2026/04/"
    assert words(paper.page("/en/archive/2026/04/"), "//main/div/ul[@class='links']/li") == [
        "11 April 2026",
        "10 April 2026",
    ]
    assert words(paper.page("/en/news/archive/"), "//main//li") == [
        *("April 2026", "February 2026", "December 2024", "News"),
    ]


def test_a_month_in_between_changes_the_months_beside_it_and_nothing_older(paper: Paper) -> None:
    for moment in (datetime(2025, 1, 1, tzinfo=UTC), FEBRUARY, APRIL):
        released(a_story(published_at=moment))
    paper.press()
    released(a_story(published_at=MARCH))
    months = {path for path in paper.press() if path.startswith("/en/news/2026/") and path.count("/") == 5}
    assert months == {"/en/news/2026/02/", "/en/news/2026/03/", "/en/news/2026/04/"}
    page = paper.page("/en/news/2026/03/")
    assert page.xpath(TURNING) == ["/en/news/2026/02/", "/en/news/archive/", "/en/news/2026/04/"]
    assert paper.page("/en/archive/2026/03/10/").xpath(TURNING) == [
        *("/en/archive/2026/02/10/", "/en/archive/2026/03/", "/en/archive/2026/04/10/"),
    ]


def test_the_last_story_of_a_month_takes_it_along_and_its_neighbours_lead_past_it(paper: Paper) -> None:
    stories = [a_story(published_at=moment) for moment in (FEBRUARY, MARCH, APRIL)]
    for story in stories:
        released(story)
    paper.press()
    withdrawn(stories[1])
    paper.press()
    assert paper.read("/en/news/2026/03/") is None
    assert paper.read("/sitemaps/en/2026/03/10.xml") is None
    assert paper.page("/en/news/2026/02/").xpath(TURNING)[-1] == "/en/news/2026/04/"
    assert b"2026/03" not in b"".join(stored.data for stored in paper.store.sheets.values() if stored.form is Form.FILE)


def test_a_byline_of_many_stories_costs_a_release_its_first_page_its_month_and_its_feed(paper: Paper) -> None:
    lan = a_byline()
    released(lan)
    for number in range(60):
        released(a_story(published_at=NOW - timedelta(days=3 * number), bylines=(a_byline_use(lan.subject),)))
    released(a_story(bylines=(a_byline_use(lan.subject),)))
    paper.press()
    released(a_story(bylines=(a_byline_use(lan.subject),)))
    written = paper.press()
    assert [path for path in written if "/by/" in path] == [
        *("/en/by/lan-nguyen/", "/en/by/lan-nguyen/2026/03/", "/en/by/lan-nguyen/rss.xml"),
    ]
    assert len(written) == 16


def test_a_byline_with_another_key_moves_with_all_its_months(paper: Paper) -> None:
    lan = a_byline(key="lan")
    released(lan)
    released(a_story(bylines=(a_byline_use(lan.subject),)))
    paper.press()
    released(a_byline(subject=lan.subject, key="lan-nguyen"), act=Act.UPDATE)
    paper.press()
    below = ("", "2026/03/", "archive/", "rss.xml")
    assert [paper.read(f"/en/by/lan/{each}") for each in below] == [None] * 4
    assert all(paper.read(f"/en/by/lan-nguyen/{each}") for each in below)


def test_everybody_with_a_story_in_the_language_is_among_its_authors(paper: Paper) -> None:
    lan, binh = a_byline(names={VI: "Nguyễn Lan"}), a_byline(name="Bình")
    for byline in (lan, binh):
        released(byline)
    released(story := a_story(bylines=(a_byline_use(lan.subject), a_byline_use(binh.subject))))
    released(a_story(locale=VI, bylines=(a_byline_use(lan.subject),)))
    paper.press()
    assert words(paper.page("/en/by/"), "//main//li") == ["Bình", "Lan Nguyễn"]
    assert words(paper.page("/vi/by/"), "//main//li") == ["Nguyễn Lan"]
    released(changed(story, bylines=(a_byline_use(binh.subject),)), act=Act.UPDATE)
    assert "/en/by/" in paper.press()
    assert words(paper.page("/en/by/"), "//main//li") == ["Bình"]


def test_a_section_that_is_withdrawn_takes_its_months_along_and_brings_them_back(paper: Paper) -> None:
    released(a_story())
    paper.press()
    before = dict(paper.store.sheets)
    withdrawn(a_section())
    paper.press()
    assert [path for path in paper.store.walk() if path.startswith("/en/news/") and "/04/" not in path] == []
    released(a_section(title="News"))
    paper.press()
    assert paper.store.sheets == before


def test_a_story_of_another_section_leaves_the_months_of_the_one_it_was_in(paper: Paper) -> None:
    released(a_section("sport"))
    released(story := a_story())
    paper.press()
    released(changed(story, section=make_urn("section", "sport")), act=Act.UPDATE)
    paper.press()
    assert paper.read("/en/news/2026/03/") is None
    assert words(paper.page("/en/sport/2026/03/"), "//main//ul[@class='lines']//a") == [story.headline]


def test_a_paper_in_another_zone_has_other_days(paper: Paper) -> None:
    released(a_story(published_at=datetime(2026, 3, 31, 20, tzinfo=UTC)))
    paper.press()
    assert paper.read("/en/archive/2026/04/01/")
    released(a_paper(zone="America/Lima"), act=Act.UPDATE)
    paper.press()
    assert paper.read("/en/archive/2026/04/01/") is None
    assert paper.read("/en/archive/2026/03/31/")
    assert paper.read("/sitemaps/en/2026/03/31.xml")
    assert paper.read("/en/news/2026/04/") is None


def test_a_story_leaves_the_news_sitemap_when_the_day_after_it_ends_though_nothing_is_released(paper: Paper) -> None:
    released(story := a_story())

    def listed() -> bool:
        stored = paper.read("/sitemaps/en/news.xml")
        assert stored is not None
        return address(story).encode() in stored.data

    def next_day() -> list[str]:
        paper.now += timedelta(days=1)
        with transaction.atomic():
            post_notice(subject=THE_DAY, now=paper.now)
        return paper.press()

    paper.press()
    assert listed()
    assert next_day() == []
    assert listed()
    assert next_day() == ["/sitemaps/en/news.xml"]
    assert not listed()


def test_what_is_asked_of_the_ledger_does_not_grow_with_the_number_of_months(paper: Paper) -> None:
    def cost_of_a_release() -> int:
        paper.press()
        released(a_story())
        with CaptureQueriesContext(connection) as queries:
            paper.press()
        return len(queries)

    # The lists of the newest are full, so that they look at as many stories before as after.
    for month in (*[0] * NEWEST_STORIES, 1):
        released(a_story(published_at=NOW - timedelta(days=31 * month)))
    before = cost_of_a_release()
    for month in range(2, 12):
        released(a_story(published_at=NOW - timedelta(days=31 * month)))
    assert cost_of_a_release() == before
