"""Release, update, withdraw and import, called as code calls them."""

from __future__ import annotations

from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import PageLogEntry

from broadsheet.desk.actions import Import, Release, Update, Withdraw, drop_guard, register_guard
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import (
    AlreadyReleased,
    NobodyActs,
    NotAllowed,
    NothingToUpdate,
    NotReady,
    NotReleased,
    Problem,
    StillInUse,
)
from broadsheet.desk.models import Story
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import State, StoryDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn
from tests.factories import desk

if TYPE_CHECKING:
    from broadsheet.ledger.values import Document, Standing
    from tests.rooms.desk.conftest import Newsroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chief_at_work")]

NOW = datetime(2026, 3, 4, 20, 6, 7, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def standing(story: Story) -> Standing | None:
    return LedgerReader().current(make_urn("story", story.subject_key.hex), Locale("en"))


def released_document(story: Story) -> StoryDocument:
    now = standing(story)
    assert now is not None
    assert isinstance(now.document, StoryDocument)
    return now.document


def test_released_story_is_in_the_ledger_as_it_was_written(acts: Any) -> None:
    story = desk.story(title="Harbour opens")
    record = Release(story, now=NOW).execute()
    assert (record.act, record.released_by, record.released_at) == ("release", "chris", NOW)
    assert released_document(story).headline == "Harbour opens"
    assert Story.objects.get(pk=story.pk).live
    assert acts() == ["release"]


def test_address_is_of_the_papers_own_day_and_stays_when_headline_and_section_change() -> None:
    story = desk.story(title="Harbour opens")
    Release(story, now=NOW).execute()
    # 20:06 UTC is 03:06 of the next day in Ho Chi Minh City.
    address = released_document(story).address
    assert (address.section, address.day.isoformat(), address.slug) == ("politics", "2026-03-05", "harbour-opens")
    story = Story.objects.get(pk=story.pk)
    story.title = "Something else"
    story.save()
    story.move(desk.section(key="arts", title="Arts"), pos="last-child")
    after = released_document(story)
    assert after.address == address
    assert after.section == make_urn("section", "arts")
    assert after.headline == "Something else"


def test_second_story_of_the_same_headline_gets_an_address_of_its_own() -> None:
    stories = [desk.story(title="Harbour opens") for _ in range(2)]
    for story in stories:
        Release(story, now=NOW).execute()
    assert [released_document(story).address.slug for story in stories] == ["harbour-opens", "harbour-opens-2"]


def test_what_the_story_shows_is_released_before_it(acts: Any) -> None:
    lan = desk.byline()
    story = desk.story(lead_picture=desk.picture(), bylines=[(lan, "")], body=[desk.paragraph()])
    Release(story, now=NOW).execute()
    kinds = list(Row.objects.exclude(kind="paper").order_by("number").values_list("kind", flat=True))
    assert kinds == ["section", "byline", "picture", "story"]
    Release(desk.story(bylines=[(lan, "")]), now=NOW).execute()
    assert acts("byline") == ["release"]


def test_picture_without_credit_keeps_story_and_picture_back(acts: Any) -> None:
    story = desk.story(lead_picture=desk.picture(credit=""))
    with pytest.raises(NotReady) as refused:
        Release(story, now=NOW).execute()
    assert any("credit" in problem.sentence for problem in refused.value.problems)
    assert acts() == acts("picture") == acts("section") == []
    row = Story.objects.get(pk=story.pk)
    assert (row.live, row.first_released_at, row.url_slug) == (False, None, "")


def test_check_tells_what_is_missing_and_writes_nothing() -> None:
    story = desk.story(body=[])
    before = Row.objects.count()
    with pytest.raises(NotReady):
        Release(story, now=NOW).check()
    Release(desk.story(), now=NOW).check()
    assert Row.objects.count() == before


def test_releasing_twice_names_who_and_when(newsroom: Newsroom) -> None:
    story = desk.story(title="Harbour opens")
    Release(story, now=NOW).execute()
    with acting_as(newsroom.chief), pytest.raises(AlreadyReleased) as refused:
        Release(story, now=LATER).execute()
    assert (refused.value.by, refused.value.at) == ("chris", NOW)
    assert "Chris" in str(refused.value)
    assert "03:06" in str(refused.value)


def test_update_without_a_change_says_so_and_writes_nothing(acts: Any) -> None:
    story = desk.story()
    Release(story, now=NOW).execute()
    with pytest.raises(NothingToUpdate, match="Nothing in"):
        Update(story, now=LATER).execute()
    assert acts() == ["release"]


def test_update_of_a_draft_is_refused() -> None:
    with pytest.raises(NotReleased):
        Update(desk.story(), now=NOW).execute()


@pytest.mark.parametrize("told", [True, False])
def test_readers_are_told_of_an_update_only_where_the_editor_ticked_it(told: bool, acts: Any) -> None:  # noqa: FBT001
    story = desk.story(title="Harbour opens")
    Release(story, now=NOW).execute()
    story = Story.objects.get(pk=story.pk)
    story.title, story.show_as_updated = "Harbour opens again", told
    story.save()
    assert acts() == ["release", "update"]
    assert (released_document(story).updated_at is not None) is told
    story.save()
    assert acts() == ["release", "update"]


def test_withdrawn_story_is_not_before_readers_and_can_be_released_again(acts: Any) -> None:
    story = desk.story(title="Harbour opens")
    Release(story, now=NOW).execute()
    address = released_document(story).address
    Withdraw(story, now=LATER).execute()
    now = standing(story)
    assert now is not None
    assert now.state is State.WITHDRAWN
    assert not Story.objects.get(pk=story.pk).live
    with pytest.raises(NotReleased):
        Withdraw(story, now=LATER).execute()
    Release(story, now=LATER).execute()
    assert acts() == ["release", "withdraw", "release"]
    assert released_document(story).address == address


def test_section_in_use_is_not_withdrawn_and_the_sentence_says_where() -> None:
    story = desk.story(title="Harbour opens")
    Release(story, now=NOW).execute()
    section = story.get_parent().specific
    with pytest.raises(StillInUse, match="Harbour opens"):
        Withdraw(section, now=LATER).execute()
    Withdraw(story, now=LATER).execute()
    Withdraw(section, now=LATER).execute()


def test_byline_and_picture_in_use_are_not_withdrawn(acts: Any) -> None:
    lan, boats, quay = desk.byline(), desk.picture(), desk.picture()
    body = [desk.paragraph(), desk.block("picture", {"picture": quay.pk, "caption": "", "alt": "A quay"})]
    story = desk.story(title="Harbour opens", bylines=[(lan, "")], lead_picture=boats, body=body)
    Release(story, now=NOW).execute()
    for row in (lan, boats, quay):
        with pytest.raises(StillInUse, match="Harbour opens"):
            Withdraw(row, now=LATER).execute()
    Withdraw(story, now=LATER).execute()
    for row in (lan, boats, quay):
        Withdraw(row, now=LATER).execute()
    assert acts("picture") == ["release", "release", "withdraw", "withdraw"]


def test_credit_fix_of_a_released_picture_reaches_the_ledger_and_no_story_does(acts: Any) -> None:
    boats = desk.picture(credit="Unknown")
    boats.credit = "Not released yet"
    boats.save()
    assert acts("picture") == []
    Release(desk.story(lead_picture=boats), now=NOW).execute()
    boats.credit = "Lan Nguyễn / Reuters"
    boats.save()
    boats.save()
    assert (acts("picture"), acts()) == (["release", "update"], ["release"])


def test_imported_story_keeps_the_archives_date(acts: Any) -> None:
    story = desk.story(title="Harbour opens")
    archived = datetime(2019, 5, 6, 7, 8, tzinfo=UTC)
    with pytest.raises(NotAllowed):
        Import(story, now=NOW, published_at=archived).execute()
    with acting_as("system:import"):
        record = Import(story, now=NOW, published_at=archived).execute()
    assert (record.act, record.released_at, record.recorded_at) == ("import", archived, NOW)
    document = released_document(story)
    assert (document.published_at, document.address.day.isoformat()) == (archived, "2019-05-06")
    with acting_as("system:import"), pytest.raises(NothingToUpdate):
        Import(story, now=LATER, published_at=archived).execute()
    assert acts() == ["import"]


def test_guard_that_finds_something_keeps_the_story_back(acts: Any) -> None:
    def no_harbours(document: Document) -> list[Problem]:
        harbour = isinstance(document, StoryDocument) and "arbour" in document.headline
        return [Problem("title", "No harbours today.")] if harbour else []

    register_guard(no_harbours)
    try:
        with pytest.raises(NotReady, match="No harbours today"):
            Release(desk.story(title="Harbour opens"), now=NOW).execute()
        Release(desk.story(title="Market opens"), now=NOW).execute()
    finally:
        drop_guard(no_harbours)
    assert acts() == ["release"]


def test_log_of_the_desk_names_the_act_and_the_person() -> None:
    story = desk.story()
    Release(story, now=NOW).execute()
    entries = PageLogEntry.objects.filter(page=story.pk).values_list("action", "user__username")
    assert ("broadsheet.release", "chris") in entries


def test_nobody_can_act_without_a_name() -> None:
    story = desk.story()
    with pytest.raises(NobodyActs):
        Context().run(lambda: Release(story, now=NOW).execute())
