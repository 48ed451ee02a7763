"""The first picture of a page is asked for before the page is read, in the very file the page then shows; no other is."""

from datetime import timedelta
from typing import Any

import pytest

from broadsheet.edition.preview import preview_story
from tests.factories.edition import Site
from tests.factories.ledger import NOW, a_front, a_picture, a_picture_use, a_story

PICTURES = tuple(a_picture(width_px=4000, height_px=3000) for _ in range(8))
STORIES = tuple(
    a_story(lead=a_picture_use(picture.subject), published_at=NOW - timedelta(hours=age))
    for age, picture in enumerate(PICTURES)
)


def asked_early(page: Any) -> tuple[str, str]:
    """The files and widths of the one picture that is asked for early; it is the one shown first, and no other is."""
    (link,) = page.xpath("//head/link[@rel='preload' and @as='image']")
    assert (link.get("type"), link.get("fetchpriority"), link.get("href")) == ("image/webp", "high", None)
    (urgent,) = page.xpath("//img[@fetchpriority='high']")
    assert urgent.get("loading") is None
    (source,) = urgent.xpath("ancestor::picture//source")
    asked = (link.get("imagesrcset"), link.get("imagesizes"))
    assert asked == (source.get("srcset"), source.get("sizes"))
    others = [each for each in page.xpath("//img") if each is not urgent]
    assert {(each.get("loading"), each.get("decoding")) for each in others} <= {("lazy", "async")}
    return asked


def test_a_story_asks_early_for_its_lead_picture_and_lazily_for_those_in_its_body() -> None:
    lead, inside = PICTURES[:2]
    story = a_story(lead=a_picture_use(lead.subject), body=(a_picture_use(inside.subject),))
    files, _ = asked_early(Site(story, lead, inside).story_page(story))
    assert lead.subject.rpartition(":")[2] in files
    assert inside.subject.rpartition(":")[2] not in files


@pytest.mark.parametrize("layout", ["", "lead", "lead-two", "row"])
def test_a_front_asks_early_for_the_picture_of_its_first_story_as_wide_as_it_stands_there(layout: str) -> None:
    fronts = (a_front(STORIES[5], layout=layout),) if layout else ()
    files, _ = asked_early(Site(*STORIES, *PICTURES, *fronts).page("/en/"))
    first = PICTURES[5 if layout else 0]
    assert files.startswith(f"/pictures/{first.subject.rpartition(':')[2]}/")


def test_a_page_whose_first_story_has_no_picture_asks_early_for_none() -> None:
    site = Site(bare := a_story(published_at=NOW + timedelta(hours=1)), *STORIES, *PICTURES)
    for page in (site.page("/en/"), site.story_page(bare), site.page("/en/archive/")):
        assert page.xpath("//link[@as='image'] | //img[@fetchpriority]") == []


def test_a_draft_asks_for_nothing_early() -> None:
    site = Site(*PICTURES)
    draft = preview_story(
        STORIES[0], pictures={}, now=NOW, under=site.reader, picture_url=lambda path: f"https://desk.example{path}"
    )
    assert b"preload" not in draft
