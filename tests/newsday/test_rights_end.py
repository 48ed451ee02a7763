"""A picture whose rights end: every page that showed it is pressed without it; renewed, it stands there again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from broadsheet.desk.actions import Release, withdraw_expired_pictures
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Picture
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.conftest import make_newsroom
from tests.rooms.edition.conftest import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from broadsheet.desk.models import Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper(tmp_path: Path, settings: Settings) -> Paper:
    settings.DATA_DIR, settings.PICTURES_DIR = tmp_path, tmp_path / "pictures"
    make_newsroom()
    return Paper(tmp_path)


def take_in() -> Picture:
    words = PictureWords(title="Boats", text_locale="en", alt="Boats", credit="Lan")
    picture = receive_picture(data=desk.jpeg_bytes(width_px=900, height_px=700), name="boats.jpg", words=words)
    Picture.objects.filter(pk=picture.pk).update(rights_expire_at=utc_now() + timedelta(hours=1))
    picture.refresh_from_db()
    return picture


def release(*stories: Story) -> None:
    with acting_as("system:test"):
        for story in stories:
            Release(story, now=utc_now()).execute()


def showing(paper: Paper, picture: Picture) -> set[str]:
    """The pages and feeds in which a file of the picture is named."""
    return {
        path
        for path, stored in paper.store.sheets.items()
        if not path.startswith(("/pictures/", "/assets/")) and picture.original_digest.encode() in stored.data
    }


def test_every_page_that_shows_it_is_pressed_without_it_and_again_with_it(paper: Paper) -> None:
    picture = take_in()
    body = [desk.paragraph(), desk.block("picture", {"picture": picture.pk, "caption": "", "alt": "Thuyền"})]
    release(
        desk.story(title="Leads with it", lead_picture=picture),
        desk.story(title="Shows it inside", inside=desk.section(title="Chính trị", locale="vi"), body=body),
        desk.story(title="Never had it"),
    )
    paper.press()
    before = showing(paper, picture)
    assert {path.rpartition("/")[0] for path in before if path.endswith("/")} >= {"/en", "/en/politics"}
    assert len(before) >= 5, "two stories, home, section, feed"

    withdraw_expired_pictures(now=utc_now() + timedelta(hours=2))
    assert set(paper.press()) == before, "those and no others"
    assert showing(paper, picture) == set()
    assert {path for path in before if paper.read(path) is None} == set(), "the stories stand"

    picture.rights_expire_at = None
    with acting_as("system:test"):
        picture.save()
    paper.press()
    assert showing(paper, picture) == before
