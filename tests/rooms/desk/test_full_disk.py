"""A disk that fills up at any moment: what was begun is undone as a whole, and the person is told."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.urls import reverse
from wagtail.models import PageLogEntry

from broadsheet.desk.actions import Kill, Release, Update
from broadsheet.desk.actors import acting_as
from broadsheet.desk.full_disk import is_full_disk
from broadsheet.desk.models import Picture, Story
from broadsheet.ledger.models import LedgerDocument
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.verifying import verify
from broadsheet.plain.times import utc_now
from broadsheet.press.models import Notice
from tests.factories import desk
from tests.factories.full_disk import files_of_at_most
from tests.rooms.desk.driving import press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.rooms.desk.conftest import Newsroom

ACTS: dict[str, Callable[[Story], Any]] = {
    "release": lambda story: Release(story, now=utc_now()),
    "update": lambda story: Update(story, now=utc_now()),
    "kill": lambda story: Kill(story, now=utc_now(), words="It was not so."),
}


@contextmanager
def room_for(writes: int) -> Iterator[None]:
    """Leave room for so many more writes: pages of SQLite's file, statements of PostgreSQL's."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")  # pages set free before are room as well
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages + writes}")
            try:
                yield
            finally:
                cursor.execute("PRAGMA max_page_count = 1073741823")
        return
    left = [writes]

    def write(execute: Any, sql: str, *words: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            left[0] -= 1
            if left[0] < 0:
                raise DatabaseError from psycopg.errors.DiskFull("could not extend file")
        return execute(sql, *words)

    with connection.execute_wrapper(write):
        yield


def everything() -> Any:
    """All that an act writes."""
    return (
        list(Row.objects.order_by("number").values_list()),
        LedgerDocument.objects.count(),
        Notice.objects.count(),
        PageLogEntry.objects.count(),
        list(
            Story.objects.order_by("pk").values_list("pk", "live", "has_unpublished_changes", "url_slug", "removed_by")
        ),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_disk_that_fills_up_at_any_step_is_done_whole_or_not_at_all(newsroom: Newsroom, act: str) -> None:
    # Too much for a page of the database, so that every step of the act needs room.
    story = desk.story(body=[desk.paragraph("word " * 4000) for _ in range(6)])
    with acting_as(newsroom.chief):
        if act != "release":
            Release(story, now=utc_now()).execute()
            Story.objects.filter(pk=story.pk).update(title="Another headline")
        before, refused = everything(), 0
        for writes in range(0, 400, 5):
            try:
                with room_for(writes):
                    ACTS[act](Story.objects.get(pk=story.pk)).execute()
            except DatabaseError as error:
                found = (is_full_disk(error), everything())
                assert found == (True, before), f"with room for {writes}"
                refused += 1
            else:
                break
    assert everything() != before
    assert refused >= 2
    assert list(verify(alias="default")) == []


@pytest.mark.django_db(transaction=True)
def test_pressing_release_on_a_full_disk_says_so_and_loses_nothing(newsroom: Newsroom) -> None:
    story = desk.story(body=[desk.paragraph("word " * 4000) for _ in range(6)])
    before = everything()
    chief = newsroom.client(newsroom.chief)
    chief.get(reverse("wagtailadmin_home"))
    with room_for(0):
        response = press(chief, story, "action-publish", body="word " * 20_000)
    assert response.status_code == 507
    assert "no room left on the paper&#x27;s disk" in response.content.decode()
    assert everything() == before


@pytest.mark.django_db
def test_a_picture_for_which_there_is_no_room_is_refused_and_leaves_nothing(newsroom: Newsroom) -> None:
    data = desk.jpeg_bytes(width_px=2400, height_px=1600)
    originals = Path(settings.PICTURES_DIR) / "originals"
    kept = set(originals.rglob("*"))
    reporter = newsroom.client(newsroom.reporter)
    reporter.get(reverse("wagtailimages:add"))
    with files_of_at_most(len(data) // 2):
        sent = {"file": SimpleUploadedFile("wide.jpg", data, "image/jpeg"), "title": "Wide", "collection": "1"}
        response = reporter.post(reverse("wagtailimages:add"), {**sent, "text_locale": "en", "alt": "", "credit": ""})
    assert response.status_code == 507
    assert not Picture.objects.exists()
    assert {path for path in originals.rglob("*") if path.is_file()} <= kept
