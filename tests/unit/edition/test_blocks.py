"""What stands beside the running text: on the page, for keys and screen readers, and in the feed."""

import pytest

from broadsheet.ledger.blocks import Aside, FactBox, Gallery, PullQuote, Table, Timeline, TimelineEvent
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.urns import make_urn
from tests.factories.edition import Site, address, words
from tests.factories.ledger import a_picture, a_picture_use, a_story

TABLE = Table("t", (("", "Tons"), ("Monday", "4"), ("Tuesday", "")), "Catch", has_head=True, names_rows=True)
BOX = FactBox("f", "The harbour", (SafeHtml("Built in <strong>1908</strong>."), SafeHtml("Deep.")))
TIMELINE = Timeline(
    "m", (TimelineEvent("1975", SafeHtml("Closed.")), TimelineEvent("2026", SafeHtml("Open."))), "So far"
)


def test_a_pull_quote_stands_apart_with_its_speaker() -> None:
    page = Site(story := a_story(body=(PullQuote("u", "We waited.", "Minh"),))).story_page(story)
    assert words(page, "//aside[@class='pull-quote']/p") == ["We waited.", "Minh"]


def test_a_gallery_shows_its_pictures_in_a_row_that_takes_the_focus() -> None:
    pictures = [a_picture(credit=f"Lan {number}") for number in (1, 2)]
    uses = tuple(a_picture_use(picture.subject, caption=f"Boat {picture.credit[-1]}") for picture in pictures)
    hidden = a_picture_use(make_urn("picture", "hidden"))
    site = Site(story := a_story(body=(Gallery("g", (*uses, hidden), "Boats"),)), *pictures)
    page = site.story_page(story)
    assert words(page, "//div[@class='gallery']/h2") == ["Boats"]
    assert words(page, "//div[@class='gallery']//figcaption") == [
        "1/2 Boat 1 Photo: Lan 1",
        "2/2 Boat 2 Photo: Lan 2",
    ]
    (strip,) = page.xpath("//div[@class='strip']")
    assert (strip.get("tabindex"), strip.get("aria-label")) == ("0", "Pictures; scroll sideways")
    assert page.xpath("//div[@class='strip']//img/@loading") == ["lazy", "lazy"]
    sheet = site.sheet(address(story))
    assert sheet is not None
    assert set(page.xpath("//div[@class='strip']//img/@src")) <= set(sheet.assets)


def test_a_gallery_none_of_whose_pictures_is_out_leaves_no_gap() -> None:
    page = Site(story := a_story(body=(Gallery("g", (a_picture_use(),), "Boats"),))).story_page(story)
    assert page.xpath("//div[@class='gallery']") == []


def test_a_table_names_columns_and_rows_and_scrolls_by_itself() -> None:
    page = Site(story := a_story(body=(TABLE,))).story_page(story)
    (frame,) = page.xpath("//div[@class='table']")
    assert (frame.get("tabindex"), frame.get("aria-label")) == ("0", "Catch")
    assert words(frame, ".//caption") == ["Catch"]
    assert words(frame, ".//thead//th[@scope='col']") == ["Tons"]
    assert words(frame, ".//tbody//th[@scope='row']") == ["Monday", "Tuesday"]
    assert words(frame, ".//tbody//td") == ["4", ""]


def test_a_table_without_names_has_none() -> None:
    page = Site(story := a_story(body=(Table("t", (("a", "b"),)),))).story_page(story)
    assert page.xpath("//thead | //th | //caption") == []
    assert page.xpath("//div[@class='table']/@aria-label") == ["Table"]


def test_a_fact_box_and_a_timeline_have_headings() -> None:
    page = Site(story := a_story(body=(BOX, TIMELINE))).story_page(story)
    assert words(page, "//aside[@class='fact-box']/*") == ["The harbour", "Built in 1908.", "Deep."]
    assert words(page, "//div[@class='timeline']/h2") == ["So far"]
    assert words(page, "//div[@class='timeline']//dt") == ["1975", "2026"]
    assert words(page, "//div[@class='timeline']//dd") == ["Closed.", "Open."]


@pytest.mark.parametrize(
    ("block", "told"),
    [
        (PullQuote("u", "We & they", "Minh"), "<blockquote><p>We &amp; they <cite>Minh</cite></p></blockquote>"),
        (TABLE, "<caption>Catch</caption><tr><th></th><th>Tons</th></tr><tr><td>Monday</td><td>4</td></tr>"),
        (BOX, "<p><strong>The harbour</strong></p>"),
        (TIMELINE, "<dl><dt>1975</dt><dd>Closed.</dd><dt>2026</dt><dd>Open.</dd></dl>"),
    ],
)
def test_a_feed_tells_each_in_plain_html(block: Aside, told: str) -> None:
    feed = Site(a_story(body=(block,))).text("/en/atom.xml")
    escaped = told.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert escaped in feed


def test_a_feed_has_every_picture_of_a_gallery() -> None:
    picture = a_picture()
    uses = tuple(a_picture_use(picture.subject, caption=caption) for caption in ("One", "Two"))
    feed = Site(picture, a_story(body=(Gallery("g", uses, "Boats"),))).text("/en/atom.xml")
    assert all(each in feed for each in ("Boats", "One", "Two"))
    assert feed.count("&lt;img ") == 2
