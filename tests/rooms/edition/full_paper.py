"""A paper in three languages, one of them from right to left, with everything a page may show."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec
from PIL import Image

from broadsheet.ledger.arrangements import BreakingStrip, Pin
from broadsheet.ledger.blocks import (
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
from broadsheet.ledger.pictures import keep_original, keep_words
from broadsheet.ledger.values import Dateline, LanguageLine, SourceUse, StoryDocument
from broadsheet.plain.html import SafeHtml
from broadsheet.plain.locales import Locale
from broadsheet.plain.searching import SearchSheet, results_sheet_path, search_address
from broadsheet.press.values import Form, SheetPath
from broadsheet.serve.search.printing import Found, Hit, print_results
from broadsheet.serve.search.questions import Question
from tests.factories.edition import Site
from tests.factories.ledger import (
    EN,
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_front,
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

    from broadsheet.press.stores import FolderStore

AR = Locale("ar")


def a_full_story(picture: Any, byline: Any, **fields: Any) -> StoryDocument:
    """A story with every block there is."""
    told: dict[str, Any] = {
        "headline": "Basket boats “to race” & win",
        "standfirst": "The race is back.",
        "lead": a_picture_use(picture.subject),
        "bylines": (a_byline_use(byline.subject, role="on the quay"), a_byline_use(name="RT")),
        "dateline": Dateline("Huế", date(2026, 3, 4)),
        "sources": (SourceUse("RT", "https://rt.example/", Locale("ru")), SourceUse("The mayor")),
        "updated_at": NOW + timedelta(hours=1),
        "body": (
            a_paragraph(
                'A <strong>bold</strong> start, <a href="https://x.example/?a=1&amp;b=2">linked</a>.<br>New line.'
            ),
            Heading("h2", 2, "The rules"),
            ItemList("ul", ordered=False, items=(SafeHtml("one"), SafeHtml("two"))),
            Heading("h3", 3, "The order"),
            ItemList("ol", ordered=True, items=(SafeHtml("first"),)),
            Quotation("q", SafeHtml("Ready."), "She", "radio", "Sẵn sàng.", VI),
            Quotation("r", SafeHtml("Words alone.")),
            a_picture_use(picture.subject, caption="", alt=""),
            PullQuote("u", "Ready.", "She"),
            Gallery("g", (a_picture_use(picture.subject), a_picture_use(picture.subject, caption="")), "The boats"),
            Table(
                "t", tuple(tuple(f"{row}×{column}" for column in range(12)) for row in range(4)), "Times", has_head=True
            ),
            Table("s", (("Monday", ""), ("Tuesday", "4")), names_rows=True),
            FactBox("f", "The race", (SafeHtml("Since <strong>1908</strong>."),)),
            Timeline("m", (TimelineEvent("1975", SafeHtml("Closed.")), TimelineEvent("2026", SafeHtml("Open.")))),
        ),
    }
    return a_story(**(told | fields))


def a_full_paper(pictures_dir: Path) -> Site:
    """Stories with and without everything; empty sections too."""
    data = BytesIO()
    Image.linear_gradient("L").resize((900, 1200)).save(data, "JPEG")
    kept = keep_original(data=data.getvalue(), pictures_dir=pictures_dir)
    picture = a_picture(original=kept.digest, width_px=kept.width_px, height_px=kept.height_px)
    keep_words(document=picture, pictures_dir=pictures_dir)
    lan = a_byline()
    sections = [a_section("empty", title=f"Empty {locale}", locale=locale) for locale in (EN, VI, AR)]
    topics = [
        a_topic(
            names={VI: "Biển", AR: "البحر"},
            descriptions={EN: "All about the sea & its boats.", VI: "Về biển.", AR: "كل شيء عن البحر."},
        ),
        a_topic(name="Minh Đỗ", kind="person", names={AR: "مين دو"}, descriptions={EN: "The mayor."}),
        a_topic(name="Huế", kind="place", names={EN: "Hue", AR: "هوي"}),
    ]
    about = tuple(topic.subject for topic in topics)
    languages = (*a_paper().languages, LanguageLine(AR, "العربية", "أخبار"))
    stories = [
        story
        for locale in (EN, VI, AR)
        for story in (
            a_full_story(picture, lan, locale=locale, topics=about, edition_key="e" * 32),
            a_full_story(
                picture,
                lan,
                locale=locale,
                topics=about[:1],
                published_at=NOW - timedelta(days=1),
                genre="sponsored",
            ),
            a_story(locale=locale, standfirst="", body=(), published_at=NOW - timedelta(days=2), genre="opinion"),
        )
    ]
    pages = [
        a_page(locale=locale, edition_key="f" * 32, standfirst="Who makes it.", body=a_full_story(picture, lan).body)
        for locale in (EN, VI, AR)
    ]
    pages.append(a_page(title="What we do when somebody tells us that something in our paper is wrong"))
    told = stories[-3:]
    strip = BreakingStrip("الجسر مغلق", until=NOW + timedelta(days=1), story=told[0].subject)
    fronts = [
        a_front(*told[1:], locale=AR, featured=(Pin(told[0].subject),), strip=strip),
        a_front(told[0], locale=AR, section="news", layout="row"),
    ]
    standard = [a_paper(languages=languages), a_section("news", locale=AR), *sections, picture, lan, *topics]
    return Site(*standard, *pages, *stories, *fronts)


def press(site: Site, store: FolderStore) -> None:
    """Write every sheet and what it needs."""
    for path in site.composer.every_sheet(site.reader):
        sheet = site.sheet(path)
        assert sheet is not None
        for asset in sheet.assets:
            store.put(asset, Form.FILE, site.composer.asset(asset))
        store.put(path, sheet.form, sheet.data)
    for locale in (EN, VI, AR):
        store.put(SheetPath(search_address(locale)), Form.PAGE, found_page(store, locale).encode())


def found_page(store: FolderStore, locale: Locale) -> str:
    """Everything the page of hits may say, as the reader server prints it."""
    shell = store.read(SheetPath(results_sheet_path(locale)))
    assert shell is not None
    sheets = sorted((store.folder / "_search" / locale).glob("*.json"))
    hits = [Hit(locale, msgspec.json.decode(sheet.read_bytes(), type=SearchSheet)) for sheet in sheets]
    question = Question(text='race "& win', section="news", by="RT", first_day=date(2026, 1, 1), page=2)
    found = Found(hits, has_more=True, is_ready=False, is_whole=False)
    return print_results(shell.data.decode(), locale=locale, question=question, found=found)
