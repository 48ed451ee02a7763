"""Feeds hold the newest stories, those of the paper whole, and a feed reader finds nothing to complain about."""

import re
from datetime import UTC, datetime, timedelta

import feedparser
import msgspec
from lxml import etree

from broadsheet.ledger.blocks import Quotation
from broadsheet.ledger.values import SourceUse
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.locales import Locale
from tests.factories.edition import Site, address
from tests.factories.ledger import (
    NOW,
    a_byline,
    a_byline_use,
    a_paper,
    a_paragraph,
    a_picture,
    a_picture_use,
    a_story,
)

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(site: Site, path: str = "/en/atom.xml") -> feedparser.FeedParserDict:
    parsed = feedparser.parse(site.text(path).encode())
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_an_entry_holds_the_whole_story() -> None:
    picture, lan = a_picture(credit="Getty"), a_byline()
    target = a_story(published_at=NOW - timedelta(days=1))
    story = a_story(
        lead=a_picture_use(picture.subject),
        bylines=(a_byline_use(lan.subject),),
        body=(
            a_paragraph(f'Text with <a href="{target.subject}">a link</a>.'),
            Quotation("q", SafeHtml("Ready."), "She", original="Sẵn sàng.", original_locale=Locale("vi")),
        ),
        sources=(SourceUse("RT"),),
    )
    entry = feed(Site(picture, lan, target, story)).entries[0]
    assert entry.title == story.headline
    assert entry.link == "http://127.0.0.1:8000" + address(story)
    assert entry.author == "Lan Nguyễn"
    text = entry.content[0].value
    assert f'<a href="http://127.0.0.1:8000{address(target)}">a link</a>' in text
    assert all(words in text for words in ("Ready.", "Sẵn sàng.", "Photo: Getty", "Sources: RT"))
    assert re.search(r'<img [^>]*src="http://127\.0\.0\.1:8000/pictures/', text)


def test_times_come_from_the_stories() -> None:
    first, shown = datetime(2026, 3, 1, 2, 0, tzinfo=UTC), datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    parsed = feed(Site(a_story(published_at=first, updated_at=shown), a_story(published_at=first)))
    assert parsed.feed.updated == "2026-03-02T10:00:00+07:00"
    assert {entry.updated for entry in parsed.entries} == {"2026-03-02T10:00:00+07:00", "2026-03-01T09:00:00+07:00"}


def test_an_empty_feed_is_valid_and_as_old_as_the_paper() -> None:
    parsed = feed(Site())
    assert parsed.entries == []
    assert parsed.feed.updated == "2026-03-04T12:06:07+07:00"


def test_what_rfc_4287_requires_is_there() -> None:
    root = etree.fromstring(Site(a_story(), a_story(bylines=())).text("/vi/atom.xml").encode())
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi"
    root = etree.fromstring(Site(a_story(), a_story()).text("/en/atom.xml").encode())
    for element in [root, *root.findall("a:entry", ATOM)]:
        assert [len(element.findall(f"a:{name}", ATOM)) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert root.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == ["http://127.0.0.1:8000/en/atom.xml"]
    assert root.findall("a:author/a:name", ATOM)
    ids = [each.text for each in root.findall("a:entry/a:id", ATOM)]
    assert len(set(ids)) == 2
    assert all(each.startswith("urn:uuid:") for each in ids)


def test_the_id_of_an_entry_stays_when_the_paper_moves_to_another_address() -> None:
    story = a_story()
    here, there = Site(story), Site(a_paper(base_url="https://other.example"), story)
    assert feed(here).entries[0].id == feed(there).entries[0].id
    assert feed(here).entries[0].link != feed(there).entries[0].link


def test_a_changed_headline_keeps_the_id() -> None:
    story = a_story()
    assert feed(Site(story)).entries[0].id == feed(Site(msgspec.structs.replace(story, headline="New"))).entries[0].id


def test_the_papers_rss_holds_the_same_stories_whole_under_the_same_ids() -> None:
    lan = a_byline()
    story = a_story(
        headline="Fish & <chips>",
        standfirst="It is 3 < 4 & more.",
        bylines=(a_byline_use(lan.subject), a_byline_use(name="RT")),
        body=(a_paragraph("A <strong>bold</strong> start."),),
    )
    site = Site(lan, story)
    parsed = feed(site, "/en/rss.xml")
    assert (parsed.version, parsed.feed.title, parsed.feed.language) == ("rss20", "The Test Post", "en")
    assert parsed.feed.link == "http://127.0.0.1:8000/en/"
    entry = parsed.entries[0]
    assert (entry.id, entry.link) == (feed(site).entries[0].id, "http://127.0.0.1:8000" + address(story))
    assert entry.title == "Fish & <chips>"
    assert entry.summary == "It is 3 &lt; 4 &amp; more.", "a description is markup"
    assert "<strong>bold</strong>" in entry.content[0].value
    assert [author.name for author in entry.authors] == ["Lan Nguyễn", "RT"]
    assert [tag.term for tag in entry.tags] == ["News"]
    assert entry.published == "Wed, 04 Mar 2026 12:06:07 +0700"


def test_sections_and_bylines_have_rss_of_their_own_with_summaries() -> None:
    lan = a_byline()
    site = Site(lan, a_story(headline="Hers", bylines=(a_byline_use(lan.subject),)), a_story(headline="Nobody's"))
    section, byline = feed(site, "/en/news/rss.xml"), feed(site, "/en/by/lan-nguyen/rss.xml")
    assert section.feed.title == "News - The Test Post"
    assert {entry.title for entry in section.entries} == {"Hers", "Nobody's"}
    assert [entry.title for entry in byline.entries] == ["Hers"]
    assert byline.entries[0].summary == "The first boat left at dawn."
    assert "content" not in byline.entries[0]
    assert site.sheet("/vi/by/lan-nguyen/rss.xml") is None
    assert site.sheet("/en/sport/rss.xml") is None
    assert feed(site, "/vi/rss.xml").entries == []


def test_each_front_names_its_own_rss() -> None:
    lan = a_byline()
    site = Site(lan, a_story(bylines=(a_byline_use(lan.subject),)))
    for path in ("/en/", "/en/news/", "/en/by/lan-nguyen/"):
        assert site.page(path).xpath("//link[@type='application/rss+xml']/@href") == [f"{path}rss.xml"]
