"""A preview is the reader's page of a draft, whole in itself, and says where something is still missing."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from PIL import Image
from pytest_django import Settings

from broadsheet.edition.assets import style
from broadsheet.edition.errors import NothingToPreview
from broadsheet.edition.overlays import OverlayReader
from broadsheet.edition.preview import preview_story
from broadsheet.edition.reading import Reader
from broadsheet.ledger.pictures import keep_original
from broadsheet.ledger.values import PictureDocument, StoryDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import key_of
from tests.factories.edition import Site, address, words
from tests.factories.ledger import (
    NOW,
    VI,
    a_byline,
    a_byline_use,
    a_paper,
    a_paragraph,
    a_picture,
    a_picture_use,
    a_section,
    a_story,
)


def published(*documents: Any) -> Reader:
    """What is out already."""
    return OverlayReader([a_paper(), a_section(title="News"), *documents], under=None, now=NOW)


def preview(story: StoryDocument, *pictures: PictureDocument, under: Reader | None = None, **more: Any) -> Any:
    """The preview as a tree."""
    laid = {picture.subject: picture for picture in pictures}
    return html.document_fromstring(
        preview_story(story, pictures=laid, now=NOW, under=under or published(), **more).decode()
    )


def a_kept_picture(pictures_dir: Path) -> PictureDocument:
    """A picture whose original is kept."""
    data = BytesIO()
    Image.new("RGB", (1500, 1000), "teal").save(data, "JPEG")
    kept = keep_original(data=data.getvalue(), pictures_dir=pictures_dir)
    return a_picture(original=kept.digest, width_px=kept.width_px, height_px=kept.height_px)


def test_the_preview_prints_what_the_page_will_print() -> None:
    story = a_story(body=(a_paragraph("One."), a_paragraph("Two.")))
    page = Site(story).story_page(story)
    assert words(preview(story), "//article") == words(page, "//article")


def test_an_empty_draft_says_what_goes_where_in_its_language() -> None:
    empty = a_story(headline=" ", standfirst="", body=())
    page = preview(empty)
    assert words(page, "//h1") == ["Headline"]
    assert words(page, "//p[@class='standfirst']") == ["The standfirst says in one or two sentences what it is about."]
    assert words(page, "//div[@class='body']/p") == ["The text of the story begins here."]
    assert words(preview(a_story(headline="", locale=VI)), "//h1") == ["Tít bài"]


def test_nothing_is_loaded_from_the_published_site(settings: Settings, tmp_path: Path) -> None:
    settings.PICTURES_DIR = tmp_path
    picture = a_kept_picture(tmp_path)
    story = a_story(lead=a_picture_use(picture.subject), body=(a_picture_use(picture.subject),))
    page = preview(story, picture)
    assert page.xpath("//style")[0].text == style().decode()
    assert page.xpath("//link[@rel='stylesheet' or @rel='icon']") == []
    sources = page.xpath("//img/@src")
    assert len(sources) == 2
    assert all(source.startswith("data:image/jpeg;base64,") for source in sources)
    assert page.xpath("//source") == []


def test_the_desk_may_say_where_pictures_are() -> None:
    picture = a_picture()
    page = preview(a_story(lead=a_picture_use(picture.subject)), picture, picture_url=lambda path: f"/desk{path}")
    assert page.xpath("//figure//img/@src")[0].startswith(f"/desk/pictures/{key_of(picture.subject)}/")
    assert all(each.startswith("/desk/") for each in page.xpath("//source/@srcset"))


def test_a_picture_whose_file_is_lost_leaves_the_preview_standing(settings: Settings, tmp_path: Path) -> None:
    settings.PICTURES_DIR = tmp_path
    picture = a_picture()
    page = preview(a_story(headline="Still here", lead=a_picture_use(picture.subject)), picture)
    assert words(page, "//h1") == ["Still here"]
    assert page.xpath("//figure") == []


def test_links_lead_to_the_published_site() -> None:
    lan, target = a_byline(), a_story()
    out = published(lan, target, a_story(bylines=(a_byline_use(lan.subject),)))
    draft = a_story(bylines=(a_byline_use(lan.subject),), body=(a_paragraph(f'<a href="{target.subject}">x</a>'),))
    page = preview(draft, under=out)
    inside = [each for each in page.xpath("//a/@href") if not each.startswith("#")]
    assert "http://127.0.0.1:8000" + address(target) in inside
    assert all(each.startswith("http://127.0.0.1:8000/") for each in inside)


def test_a_draft_of_a_released_story_shows_the_draft() -> None:
    story = a_story(headline="Old")
    changed = a_story(subject=story.subject, edition_key=story.edition_key, address=story.address, headline="New")
    assert words(preview(changed, under=published(story)), "//h1") == ["New"]


def test_versions_already_out_in_other_languages_are_offered() -> None:
    vietnamese = a_story(locale=VI)
    draft = a_story(edition_key=vietnamese.edition_key)
    assert words(preview(draft, under=published(vietnamese)), "//p[@class='versions']/a") == ["Tiếng Việt"]


def test_before_the_paper_is_out_there_is_nothing_to_show() -> None:
    with pytest.raises(NothingToPreview):
        preview(a_story(), under=OverlayReader([], under=None, now=NOW))
    with pytest.raises(NothingToPreview):
        preview(a_story(locale=Locale("fr")))
