"""The item partners receive: valid against IPTC's schema, and saying what the document says."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.ledger.blocks import (
    Aside,
    FactBox,
    Gallery,
    Heading,
    ItemList,
    PullQuote,
    Quotation,
    Table,
    Timeline,
    TimelineEvent,
)
from broadsheet.ledger.ninjs import Edition, Item, ninjs_item
from broadsheet.ledger.values import Dateline, Document, Genre, SourceUse, State, StoryDocument
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.locales import Locale
from tests.factories.ledger import (
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_navigation,
    a_page,
    a_paper,
    a_paragraph,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
    a_topic,
)

if TYPE_CHECKING:
    from pathlib import Path


def item(document: Document, state: State = State.RELEASED) -> Item:
    return ninjs_item(
        document,
        edition=Edition(version=3, state=state, first_released_at=NOW, released_at=NOW + timedelta(hours=2)),
    )


def asides() -> tuple[Aside, ...]:
    return (
        PullQuote("pull", "We will & can", "An"),
        Gallery("gallery", (a_picture_use(caption="One <b>"), a_picture_use(caption="")), "All of it"),
        Table("table", (("Day", "Tons <"), ("Monday", "4")), "Catch", has_head=True, names_rows=True),
        FactBox("facts", "The bridge & the road", (SafeHtml("<strong>2 km</strong> long"),)),
        Timeline("time", (TimelineEvent("March <1975>", SafeHtml("<em>Begun</em>")),), "So far"),
    )


def a_full_story() -> StoryDocument:
    return a_story(
        headline="Cầu mới & đường cũ",
        lead=a_picture_use(caption="Cây cầu", alt='Cầu "mới"'),
        bylines=(a_byline_use(name="Lan Nguyễn"), a_byline_use(name="Tín Hoa", role="Photos")),
        dateline=Dateline(place="Hải Phòng", day=date(2026, 3, 4)),
        sources=(SourceUse(name="RT"), SourceUse(name="The Gazette", url="https://example.org/a?b=1", locale=VI)),
        body=(
            a_paragraph("One <strong>bold</strong> &amp; plain."),
            Heading(id="h", level=2, text="Cost < benefit"),
            ItemList(id="o", ordered=True, items=(SafeHtml("first"), SafeHtml("second"))),
            ItemList(id="u", ordered=False, items=(SafeHtml("only"),)),
            Quotation(
                id="q",
                words=SafeHtml("We <em>will</em>"),
                speaker="An & Bình",
                source="Radio",
                original="Chúng tôi sẽ",
                original_locale=Locale("vi"),
            ),
            a_picture_use(caption="A <b>", alt='Say "cheese"'),
            Quotation(id="p", words=SafeHtml("Alone")),
        ),
    )


@pytest.mark.shared
def test_every_kind_of_document_is_a_valid_item(shared_data: Path, tmp_path: Path) -> None:
    documents = [
        a_full_story(),
        a_story(standfirst="", body=()),
        a_story(body=asides()),
        a_picture(),
        a_picture(credit="", copyright="", caption="", alt="", text_locale=Locale("mul")),
        a_section(description="What happened"),
        a_section(),
        a_byline(names={VI: "Lan"}),
        a_byline(is_agency=True),
        a_topic(names={VI: "Biển"}, descriptions={VI: "Về biển."}),
        a_story(topics=(a_topic().subject,)),
        a_paper(),
        a_page(standfirst="Who makes it", body=a_full_story().body),
        a_navigation(),
    ]
    files = []
    for number, (document, state) in enumerate((d, s) for d in documents for s in State):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(item(document, state)), encoding="utf-8")
        files.append(str(file))

    checker = [sys.executable, str(shared_data / "tools" / "wire_validate.py"), "ninjs", "3.1", *files]
    checked = subprocess.run(checker, capture_output=True, text=True, check=False, timeout=60)
    assert checked.stdout.splitlines()[-1:] == [f"{len(files)} passed, 0 failed"], checked.stdout + checked.stderr


def test_what_stands_beside_the_text_is_told_as_html() -> None:
    (body,) = item(a_story(body=asides()))["bodies"]
    assert body["value"].startswith("<aside><p>We will &amp; can <cite>An</cite></p></aside>")
    assert (
        "<table><caption>Catch</caption><tr><th>Day</th><th>Tons &lt;</th></tr><tr><th>Monday</th><td>4</td></tr></table>"
        in body["value"]
    )
    assert (
        "<aside><p><strong>The bridge &amp; the road</strong></p><p><strong>2 km</strong> long</p></aside>"
        in body["value"]
    )
    assert "<dl><dt>March &lt;1975&gt;</dt><dd><em>Begun</em></dd></dl>" in body["value"]
    assert [each["name"] for each in item(a_story(body=asides()))["associations"]] == ["body-1", "body-2"]


@pytest.mark.parametrize(("genre", "name"), [("news", "News"), ("sponsored", "Sponsored content")])
def test_partners_are_told_the_type_of_a_story(genre: Genre, name: str) -> None:
    assert item(a_story(genre=genre))["genres"] == [{"name": name, "literal": genre}]


def test_a_story_is_told_whole() -> None:
    story = a_full_story()
    told = item(story)

    assert (told["uri"], told["type"], told["language"]) == (story.subject, "text", "en")
    assert told["headlines"] == [{"role": "main", "contentType": "text/plain", "value": "Cầu mới & đường cũ"}]
    assert told["descriptions"] == [{"role": "summary", "contentType": "text/plain", "value": story.standfirst}]
    assert told["by"] == "Lan Nguyễn, Tín Hoa"
    assert [person["name"] for person in told["people"]] == ["Lan Nguyễn", "Tín Hoa"]
    assert told["infoSources"] == [{"name": "RT"}, {"name": "The Gazette", "uri": "https://example.org/a?b=1"}]
    assert told["subjects"] == [{"name": "news", "rel": "section", "uri": "urn:broadsheet:section:news"}]
    assert told["located"] == "Hải Phòng"
    assert [(picture["name"], picture["rel"]) for picture in told["associations"]] == [
        ("main", "main"),
        ("body-1", "body"),
    ]
    assert story.lead is not None
    assert told["associations"][0]["uri"] == story.lead.picture


def test_the_body_is_clean_html_in_the_order_of_the_blocks() -> None:
    story = a_full_story()
    picture: Any = story.body[5]
    assert item(story)["bodies"][0]["value"].split("\n") == [
        "<p>One <strong>bold</strong> &amp; plain.</p>",
        "<h2>Cost &lt; benefit</h2>",
        "<ol><li>first</li><li>second</li></ol>",
        "<ul><li>only</li></ul>",
        (
            '<blockquote><p>We <em>will</em></p><p lang="vi">Chúng tôi sẽ</p>'
            "<p><cite>An &amp; Bình, Radio</cite></p></blockquote>"
        ),
        (
            f'<figure><img src="{picture.picture}" alt="Say &quot;cheese&quot;">'
            "<figcaption>A &lt;b&gt;</figcaption></figure>"
        ),
        "<blockquote><p>Alone</p></blockquote>",
    ]


def test_an_item_says_which_version_it_is_and_since_when() -> None:
    told = item(a_story())
    assert (told["version"], told["firstCreated"], told["versionCreated"]) == (
        "3",
        "2026-03-04T05:06:07Z",
        "2026-03-04T07:06:07Z",
    )


def test_a_withdrawn_item_is_withheld() -> None:
    assert item(a_story())["pubStatus"] == "usable"
    assert item(a_story(), State.WITHDRAWN)["pubStatus"] == "withheld"


def test_a_picture_tells_its_rights_its_size_and_what_matters_in_it() -> None:
    told = item(a_picture(focal_x=0.25, focal_y=0.5))
    assert (told["type"], told["by"], told["copyrightNotice"]) == ("picture", "Lan Nguyễn", "© The Test Post")
    assert told["renditions"][0] == {
        "name": "original",
        "contentType": "image/jpeg",
        "width": 1600,
        "height": 1200,
        "poi": {"x": 400, "y": 600},
    }


def test_what_is_empty_is_left_out() -> None:
    told = item(a_story(standfirst="", body=()))
    assert {"descriptions", "by", "people", "infoSources", "located", "associations"}.isdisjoint(told)
    assert "copyrightNotice" not in item(a_picture(copyright=""))
    assert "language" not in item(a_picture(text_locale=Locale("mul")))
