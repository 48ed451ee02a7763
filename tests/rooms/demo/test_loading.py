"""The demo paper on the desk and in the ledger."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, ReferenceIndex, WorkflowState

from broadsheet.demo.fronts import read_fronts
from broadsheet.demo.indexing import write_indexes
from broadsheet.demo.loading import load_demo
from broadsheet.demo.stream import demo_key
from broadsheet.demo.values import Stage, read_stories
from broadsheet.desk.models import Picture, Section, Story, StoryByline, StorySource, StoryTopic
from broadsheet.ledger.arrangements import FrontDocument, NavigationDocument, SubjectEntry
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import PageDocument, State, StoryDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import front_urn, make_urn

NOW = datetime(2026, 5, 5, 3, 30, tzinfo=UTC)
RELEASED = [story for story in read_stories() if story.stage is Stage.RELEASED]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def paper(
    django_db_setup: None,  # noqa: ARG001 - the tables must be there
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """The demo, loaded once: each test adds to it in a transaction of its own inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(configuration=settings.CONFIGURATION, now=NOW)
        yield
        transaction.set_rollback(True)


def stories(locale: str) -> list[StoryDocument]:
    standings = LedgerReader().standings("story", Locale(locale))
    return [each.document for each in standings if isinstance(each.document, StoryDocument)]


@pytest.mark.parametrize("locale", ["en", "vi"])
def test_every_released_story_is_before_readers_in_each_language(locale: str) -> None:
    assert {document.headline for document in stories(locale)} == {
        story.versions[Locale(locale)].headline for story in RELEASED
    }


def test_stories_were_published_over_the_last_days_newest_first() -> None:
    placed = LedgerReader().placed(list_name="newest", locale=Locale("en"), limit=None)
    ages = [NOW - each.sort_at for each in placed]
    assert ages == sorted(ages)
    assert ages[0] < timedelta(hours=2)
    assert len({each.sort_at.date() for each in placed}) > 4


def test_a_story_of_a_real_day_bears_that_day() -> None:
    real = next(each for each in LedgerReader().placed(list_name="newest", locale=Locale("en"), limit=None)[::-1])
    assert real.sort_at == datetime(2025, 7, 20, 2, 33, tzinfo=UTC)


def test_a_paper_of_fewer_languages_gets_those_alone() -> None:
    assert set(Story.objects.values_list("locale__language_code", flat=True)) == {"en", "vi"}
    assert set(Section.objects.values_list("locale__language_code", flat=True)) == {"en", "vi"}


def test_both_languages_of_a_story_know_each_other() -> None:
    for document in stories("en"):
        editions = LedgerReader().editions(document.edition_key)
        assert [each.locale for each in editions] == ["en", "vi"]


def test_a_story_keeps_everything_its_file_says() -> None:
    headline = next(story.versions[Locale("vi")].headline for story in RELEASED if story.key == "storm-warnings")
    document = next(each for each in stories("vi") if each.headline == headline)
    assert [use.name for use in document.bylines] == ["Thông tấn Duyên Hải"]
    assert len(document.topics) == 2
    assert document.dateline
    assert document.dateline.place == "Cửa Sóng"
    assert document.lead
    assert document.lead.caption.startswith("Tên lửa Falcon 9")
    assert [source.locale for source in document.sources] == ["vi", "en"]
    original = [block.original_locale for block in document.body if getattr(block, "original", "")]
    assert original == ["en"]


@pytest.mark.parametrize("model", [StoryByline, StoryTopic, StorySource])
def test_every_row_below_a_story_is_numbered(model: Any) -> None:
    assert model.objects.exists()
    assert not model.objects.filter(sort_order=None).exists()


def test_standing_pages_are_before_readers_tied_to_each_other_and_in_the_foot_of_every_page() -> None:
    for locale in ("en", "vi"):
        pages = [each.document for each in LedgerReader().standings("page", Locale(locale))]
        assert [page.purpose for page in pages if isinstance(page, PageDocument)] == ["about", "contact"]
        for page in pages:
            assert isinstance(page, PageDocument)
            assert len(LedgerReader().editions(page.edition_key)) == 2
        navigation = LedgerReader().current(make_urn("navigation", "site"), Locale(locale))
        assert navigation
        assert isinstance(navigation.document, NavigationDocument)
        assert [entry.target for entry in navigation.document.footer if isinstance(entry, SubjectEntry)] == [
            page.subject for page in pages if page
        ]


@pytest.mark.parametrize("locale", ["en", "vi"])
def test_every_front_is_before_readers_as_its_file_arranges_it(locale: str) -> None:
    for front in (each for each in read_fronts() if locale in each.locales):
        standing = LedgerReader().current(front_urn(front.section), Locale(locale))
        assert standing
        assert isinstance(standing.document, FrontDocument)
        assert standing.document.layout == front.layout
        for pins, wanted in ((standing.document.slots, front.slots), (standing.document.featured, front.featured)):
            assert [pin.story for pin in pins] == [make_urn("story", demo_key(pin.story, locale).hex) for pin in wanted]
            ends = [NOW + timedelta(hours=pin.hours) if pin.hours else None for pin in wanted]
            assert [pin.until for pin in pins] == ends
        assert bool(standing.document.strip) == bool(front.strip)


def test_pictures_are_cut_round_what_matters() -> None:
    pavilion = Picture.objects.get(credit="danielbuechele / Flickr")
    standing = LedgerReader().current(f"urn:broadsheet:picture:{pavilion.subject_key.hex}", Locale("mul"))  # type: ignore[arg-type]
    assert standing
    assert standing.state is State.RELEASED
    assert standing.document
    assert standing.document.focal_x == pytest.approx(0.34, abs=0.01)  # type: ignore[union-attr]


def test_a_draft_and_a_story_waiting_for_approval_lie_on_the_desk() -> None:
    unreleased = Story.objects.filter(live=False).order_by("title")
    assert [story.title for story in unreleased] == [
        "Basket boats to race again after four quiet years",
        "Phà đảo Hòn Sẻ chạy thử chuyến tối",
    ]
    waiting = WorkflowState.objects.get(status=WorkflowState.STATUS_IN_PROGRESS)
    assert waiting.content_object.title == unreleased[0].title
    assert waiting.requested_by.username == "reporter"


@pytest.mark.parametrize(
    ("login", "may_release"), [("reporter", False), ("editor", False), ("chief", True), ("admin", True)]
)
def test_each_log_in_works_and_only_who_may_release_can(login: str, *, may_release: bool) -> None:
    user = authenticate(username=login, password=f"{login}-demo")
    assert user
    story = Story.objects.filter(live=False).first()
    assert story
    assert story.permissions_for_user(user).can_publish() is may_release


def test_the_desk_finds_every_story_at_once_and_leaves_the_task_worker_nothing() -> None:
    write_indexes()
    found = Page.objects.type(Story).autocomplete("Basket boats to race again")
    assert [page.title for page in found] == ["Basket boats to race again after four quiet years"]
    assert ReferenceIndex.get_references_to(Picture.objects.get(credit="danielbuechele / Flickr")).exists()
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.READY).exists()


def test_loading_again_adds_nothing() -> None:
    before = (LedgerReader().last_number(), Story.objects.count(), Picture.objects.count())
    load_demo(configuration=settings.CONFIGURATION, now=NOW + timedelta(days=1))
    assert (LedgerReader().last_number(), Story.objects.count(), Picture.objects.count()) == before
