"""A picture shows on exactly the pages that have it, and its files come and go with it."""

from io import BytesIO

import msgspec
from PIL import Image

from broadsheet.ledger.pictures import keep_original
from broadsheet.ledger.values import Act, PictureDocument, StoryDocument
from broadsheet.plain.urns import key_of, make_urn
from tests.factories.edition import address, searched, words
from tests.factories.ledger import a_picture, a_picture_use, a_story, erased, killed, released, withdrawn
from tests.rooms.edition.conftest import Paper
from tests.rooms.edition.sheets import FRONTS, FULL_TEXT


def with_picture(paper: Paper) -> tuple[PictureDocument, StoryDocument]:
    """A released picture of unknown credit, and the pressed story that leads with it."""
    data = BytesIO()
    Image.new("RGB", (800, 600), "navy").save(data, "JPEG")
    kept = keep_original(data=data.getvalue(), pictures_dir=paper.data_dir / "pictures")
    picture = a_picture(original=kept.digest, width_px=800, height_px=600, credit="Unknown")
    released(picture)
    released(story := a_story(lead=a_picture_use(picture.subject)))
    paper.press()
    return picture, story


def picture_files(paper: Paper) -> list[str]:
    return sorted(path for path in paper.store.walk() if path.startswith("/pictures/"))


def test_a_corrected_credit_reaches_the_pages_that_show_the_picture(paper: Paper) -> None:
    released(a_story())
    picture, story = with_picture(paper)
    assert len(picture_files(paper)) == 7
    released(msgspec.structs.replace(picture, credit="Lan"))
    assert set(paper.press()) == {address(story), *FRONTS, *FULL_TEXT}, (
        "fronts show its files, whose names say the credit"
    )
    page = paper.page(address(story))
    assert words(page, "//figcaption/span") == ["Photo: Lan"]
    files = [paper.read(src) for src in page.xpath("//figure//img/@src")]
    assert files
    assert all(b"<photoshop:Credit>Lan</photoshop:Credit>" in stored.data for stored in files if stored)
    assert len(picture_files(paper)) == 7, "the files with the wrong credit are gone"
    assert all(b"Unknown" not in paper.store.sheets[path].data for path in picture_files(paper))


def test_the_files_of_a_killed_picture_leave_with_it_after_the_pages_and_come_back_with_it(paper: Paper) -> None:
    picture, story = with_picture(paper)
    other = a_picture(subject=make_urn("picture", "another"), original=picture.original, width_px=800, height_px=600)
    released(other)
    released(a_story(lead=a_picture_use(other.subject)))
    paper.press()
    before = picture_files(paper)
    assert len(before) == 14, "the same photograph, taken in twice, has files of its own each time"
    killed(picture)
    order = paper.press()
    assert address(story) in order
    assert {path for path in before if key_of(other.subject) in path} == set(picture_files(paper))
    released(picture, act=Act.RESTORE)
    paper.press()
    assert picture_files(paper) == before
    withdrawn(picture)
    paper.press()
    assert len(picture_files(paper)) == 7


def test_files_about_to_go_stay_where_their_picture_comes_back_first(paper: Paper) -> None:
    picture, _story = with_picture(paper)
    before = dict(paper.store.sheets)
    withdrawn(picture)
    released(picture, act=Act.RESTORE)
    paper.press()
    assert paper.store.sheets == before


def test_a_killed_picture_leaves_every_page_that_showed_it(paper: Paper) -> None:
    picture, story = with_picture(paper)
    killed(picture)
    assert set(paper.press()) == {address(story), *FRONTS, searched(story), *FULL_TEXT}
    pages = [stored for path, stored in paper.store.sheets.items() if path.endswith("/")]
    assert not any(picture.original.encode() in stored.data for stored in pages)


def test_an_erased_picture_is_gone_from_the_stories_that_show_it(paper: Paper) -> None:
    drawing = BytesIO()
    Image.effect_noise((40, 30), 90).save(drawing, "PNG")
    original = keep_original(data=drawing.getvalue(), pictures_dir=paper.data_dir / "pictures").digest
    released(picture := a_picture(original=original, width_px=40, height_px=30))
    released(story := a_story(lead=a_picture_use(picture.subject)))
    paper.press()
    assert paper.page(address(story)).xpath("//main//img")
    erased(picture)
    assert [path for path in paper.store.sheets if path.startswith("/pictures/")]
    assert address(story) in paper.press()
    assert not paper.page(address(story)).xpath("//main//img")
    assert not [path for path in paper.store.sheets if path.startswith("/pictures/")]
