"""Where a picture is used: known of bodies and drafts too, and told on the picture's own screen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.urls import reverse
from lxml import html

from broadsheet.desk.actions import Release, Withdraw
from broadsheet.desk.actors import acting_as
from broadsheet.desk.models import Picture, PictureShown
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.desk.queries import released_stories_using, uses_of
from tests.factories import desk
from tests.rooms.desk.conftest import NOW, make_newsroom

if TYPE_CHECKING:
    from broadsheet.desk.models import Story
    from tests.rooms.desk.conftest import Newsroom

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # Wagtail leaves the temporary file of a thumbnail to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def staff() -> Newsroom:
    return make_newsroom()


def in_body(*pictures: Picture) -> list[dict[str, Any]]:
    shown = [desk.block("picture", {"picture": picture.pk, "caption": "", "alt": "Boats"}) for picture in pictures]
    return [desk.paragraph(), *shown]


def release(story: Story) -> None:
    with acting_as("system:test"):
        Release(story, now=NOW).execute()
    story.refresh_from_db()


def uses(picture: Picture) -> list[tuple[str, bool, bool]]:
    return [(shown.story.title, shown.in_released, shown.in_draft) for shown in uses_of(picture)]


@pytest.mark.usefixtures("staff")
def test_pictures_in_bodies_are_found_by_their_own_number_alone() -> None:
    pictures = [desk.picture(title=f"Boats {number}") for number in range(12)]
    for picture in pictures:
        release(desk.story(title=f"Of {picture.title}", body=in_body(picture)))
    for picture in pictures:
        assert [story.title for story in released_stories_using(picture, limit=9)] == [f"Of {picture.title}"]


@pytest.mark.usefixtures("staff")
def test_drafts_count_as_drafts_until_they_are_released_and_after_they_are_withdrawn() -> None:
    picture = desk.picture()
    story = desk.story(title="A", lead_picture=picture)
    assert uses(picture) == [("A", False, True)]
    assert not list(released_stories_using(picture, limit=9))
    release(story)
    assert uses(picture) == [("A", True, True)]
    with acting_as("system:test"):
        Withdraw(story, now=NOW).execute()
    assert uses(picture) == [("A", False, True)]


@pytest.mark.usefixtures("staff")
def test_a_draft_that_takes_the_picture_out_leaves_it_before_readers() -> None:
    old, new = desk.picture(), desk.picture(title="Ships")
    story = desk.story(title="A", body=in_body(old))
    story.save_revision()
    release(story)

    draft = story.get_latest_revision_as_object()
    draft.body = draft._meta.get_field("body").to_python(in_body(new))
    draft.save_revision()
    assert (uses(old), uses(new)) == ([("A", True, False)], [("A", False, True)])

    with acting_as("system:test"):
        story.get_latest_revision().publish()
    assert (uses(old), uses(new)) == ([], [("A", True, True)])


@pytest.mark.usefixtures("staff")
def test_the_table_is_filled_from_stories_made_before_it_was() -> None:
    one, other = desk.picture(), desk.picture(title="Ships")
    story = desk.story(title="A", body=in_body(one))
    release(story)
    draft = story.get_latest_revision_as_object()
    draft.lead_picture = other
    draft.save_revision()
    desk.story(title="B", lead_picture=one)
    before = {(row.story_id, row.picture_id, row.in_released, row.in_draft) for row in PictureShown.objects.all()}

    PictureShown.objects.all().delete()
    migration = import_module("broadsheet.desk.migrations.0006_pictures_shown")
    migration.write_down_what_stories_show(apps, None)
    after = {(row.story_id, row.picture_id, row.in_released, row.in_draft) for row in PictureShown.objects.all()}
    assert after == before
    assert len(after) == 3


def picture_with_stories(count: int) -> Picture:
    words = PictureWords(title="Boats", text_locale="en", alt="Boats", credit="Lan")
    picture = receive_picture(data=desk.jpeg_bytes(), name="boats.jpg", words=words)
    vietnamese = desk.section(key="city", title="Phố", locale="vi")
    for number in range(count):
        release(desk.story(title=f"Out {number}", lead_picture=picture))
        desk.story(title=f"Bản nháp {number}", inside=vietnamese, body=in_body(picture))
    return picture


def test_the_pictures_screen_names_every_story_and_section_with_a_link(staff: Newsroom) -> None:
    picture = picture_with_stories(1)
    answer = staff.client(staff.editor).get(reverse("wagtailimages:edit", args=[picture.pk]))
    rows = html.document_fromstring(answer.content).xpath("//table[@id='picture-uses']//tbody/tr")
    told = [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows]
    assert told == [
        ["Out 0", "English", "Politics", "Released"],
        ["Bản nháp 0", "Tiếng Việt", "Phố", "Draft"],
    ]
    links = [link.get("href") for row in rows for link in row.xpath(".//a")]
    assert len(links) == 4
    assert all(staff.client(staff.editor).get(link).status_code == 200 for link in links)


@pytest.mark.usefixtures("staff")
def test_the_number_of_queries_does_not_grow_with_the_stories(django_assert_num_queries: Any) -> None:
    one = picture_with_stories(1)
    with django_assert_num_queries(1):
        [(use.story.title, use.story.locale.language_code, use.story.section.title) for use in uses_of(one)]
    for number in range(4):
        release(desk.story(title=f"More {number}", lead_picture=one))
    with django_assert_num_queries(1):
        [(use.story.title, use.story.locale.language_code, use.story.section.title) for use in uses_of(one)]


def test_the_pictures_screen_names_standing_pages_too(staff: Newsroom) -> None:
    picture = desk.picture()
    page = desk.standing_page(title="Who we are", body=in_body(picture))
    answer = staff.client(staff.editor).get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in answer
    assert "Who we are" in answer
    assert "Standing page" in answer
