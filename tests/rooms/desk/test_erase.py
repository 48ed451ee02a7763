"""The act erase, called as code calls it: who may, what it takes two for, and that nothing comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from broadsheet.desk.actions import (
    Correct,
    Erase,
    Import,
    Kill,
    Release,
    Restore,
    Takedown,
    Update,
    Withdraw,
    ask_to_erase,
    make_appointment,
    take_back_erasure,
)
from broadsheet.desk.actions.follow_up import start_follow_up
from broadsheet.desk.actions.holding import put_on_hold
from broadsheet.desk.actions.sharing import share_preview
from broadsheet.desk.actors import acting_as
from broadsheet.desk.erasing.reaching import drop_reach, register_reach
from broadsheet.desk.errors import ActRefused, NotAgreed, NotAllowed, NotReady, NotReleased, WasErased
from broadsheet.desk.models import ErasureRequest, Picture, Remnant, Story
from broadsheet.desk.status import StoryStatus, status_of
from broadsheet.ledger.erasing import erasures
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.values import Act, State
from broadsheet.ledger.verifying import verify
from tests.factories import desk
from tests.rooms.desk.erasing_hands import LAST, LATER, NOW, erase
from tests.rooms.desk.rows import again, standing

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db


def a_released_story(who: Any, **fields: Any) -> Story:
    story = desk.story(**fields)
    story.save_revision()
    with acting_as(who):
        Release(again(story), now=NOW).execute()
    return again(story)


def state_of(row: Any) -> State | None:
    found = standing(row)
    return found.state if found else None


def test_an_erased_story_is_an_empty_row_with_its_old_address(first: Any, second: Any) -> None:
    story = a_released_story(first, title="Zanzibarine affair", standfirst="Wombats", sources=[("Quokka", "")])
    erase(story, first, second)
    row = again(story)
    assert (row.title, row.draft_title, row.standfirst, len(row.body)) == ("Erased by order", "Erased by order", "", 0)
    assert (row.live, row.removed_by, row.url_slug, row.first_day) == (False, "erase", story.url_slug, story.first_day)
    assert (row.revisions.count(), row.sources.count(), row.latest_revision) == (0, 0, None)
    assert status_of(row) is StoryStatus.ERASED
    assert state_of(row) is State.ERASED
    (erasure,) = erasures()
    assert (erasure.document.reference, erasure.document.asked_by, erasure.erased_by) == (
        "Court of Huế, 7/2026",
        "ada",
        "bea",
    )
    assert list(verify(alias="default")) == []
    assert not ErasureRequest.objects.exists()


def test_one_administrator_alone_erases_nothing(first: Any, second: Any) -> None:
    story = a_released_story(first)
    with acting_as(first), pytest.raises(NotAgreed, match="Nobody asks"):
        Erase(story, now=NOW).execute()
    with acting_as(first):
        ask_to_erase(story, reference="Order 7", now=NOW)
        with pytest.raises(NotAgreed, match="yourself"):
            Erase(again(story), now=NOW).execute()
        with pytest.raises(NotAgreed, match="ada asked"):
            ask_to_erase(again(story), reference="Order 8", now=NOW)
    with acting_as(second), pytest.raises(NotAgreed, match="ada asked"):
        ask_to_erase(again(story), reference="Order 8", now=NOW)
    assert again(story).live
    assert state_of(story) is State.RELEASED


@pytest.mark.parametrize("role", ["reporter", "editor", "chief", "photo", "inspector"])
def test_nobody_but_administrators_may(newsroom: Newsroom, first: Any, role: str) -> None:
    story = a_released_story(first)
    someone = getattr(newsroom, role)
    with acting_as(someone):
        for attempt in (
            lambda: ask_to_erase(again(story), reference="Order 7", now=NOW),
            lambda: take_back_erasure(again(story)),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    with acting_as(first):
        ask_to_erase(again(story), reference="Order 7", now=NOW)
    with acting_as(someone), pytest.raises(NotAllowed):
        Erase(again(story), now=NOW).execute()
    assert again(story).live


def test_no_part_of_the_system_erases(first: Any) -> None:
    story = a_released_story(first)
    with acting_as(first):
        ask_to_erase(story, reference="Order 7", now=NOW)
    with acting_as("system:import"), pytest.raises(NotAllowed):
        Erase(again(story), now=NOW).execute()


@pytest.mark.parametrize("lost", ["is_active", "is_superuser"])
@pytest.mark.parametrize("which", ["first", "second"])
def test_who_is_no_administrator_any_more_does_not_count(first: Any, second: Any, which: str, lost: str) -> None:
    story = a_released_story(first)
    with acting_as(first):
        ask_to_erase(story, reference="Order 7", now=NOW)
    # The person of the request was read before; what counts is who they are now.
    get_user_model().objects.filter(pk={"first": first, "second": second}[which].pk).update(**{lost: False})
    refused = NotAgreed if which == "first" else NotAllowed
    with acting_as(second), pytest.raises(refused):
        Erase(again(story), now=NOW).execute()
    assert again(story).live


def test_what_was_asked_can_be_taken_back(first: Any, second: Any) -> None:
    story = a_released_story(first)
    with acting_as(first):
        ask_to_erase(story, reference="Order 7", now=NOW)
    with acting_as(second):
        take_back_erasure(again(story))
        with pytest.raises(NotAgreed):
            take_back_erasure(again(story))
        with pytest.raises(NotAgreed):
            Erase(again(story), now=NOW).execute()


@pytest.mark.parametrize("reference", ["", " \n", "x" * 301])
def test_the_order_has_to_be_named(first: Any, reference: str) -> None:
    story = a_released_story(first)
    with acting_as(first), pytest.raises(NotReady):
        ask_to_erase(story, reference=reference, now=NOW)


def test_nothing_can_be_done_with_it_any_more(first: Any, second: Any) -> None:
    story = a_released_story(first)
    version = Row.objects.filter(kind="story").get().number
    erase(story, first, second)
    rows = Row.objects.count()
    with acting_as(second):
        for act in (
            Release(again(story), now=LAST),
            Update(again(story), now=LAST),
            Correct(again(story), now=LAST, words="It was wrong."),
            Withdraw(again(story), now=LAST),
            Kill(again(story), now=LAST, words="It was wrong."),
            Takedown(again(story), now=LAST, reference="Order 8"),
            Restore(again(story), now=LAST, number=version),
            Import(again(story), now=LAST),
            Erase(again(story), now=LAST),
        ):
            with pytest.raises(WasErased):
                act.check()
            with pytest.raises(WasErased, match="erased by order"):
                act.execute()
        for attempt in (
            lambda: put_on_hold(again(story), reason="Why"),
            lambda: make_appointment(again(story), act=Act.RELEASE, due_at=LAST, text_seen=None, now=NOW),
            lambda: make_appointment(again(story), act=Act.WITHDRAW, due_at=LAST, text_seen=None, now=NOW),
            lambda: ask_to_erase(again(story), reference="Order 8", now=LAST),
        ):
            with pytest.raises(WasErased):
                attempt()
        with pytest.raises(NotAllowed):
            share_preview(again(story), days=1, now=LAST)
        with pytest.raises(NotReleased):
            start_follow_up(again(story))
    assert Row.objects.count() == rows


def test_it_is_saved_by_nobody_any_more_an_open_form_neither(first: Any, second: Any) -> None:
    story = a_released_story(first)
    opened = again(story).get_latest_revision_as_object()
    erase(story, first, second)
    opened.title = "Zanzibarine affair"
    with acting_as(first):
        for save in (opened.save, lambda: again(story).save(), again(story).delete):
            with pytest.raises(ActRefused), transaction.atomic():
                save()
    assert again(story).title == "Erased by order"


def test_a_draft_that_readers_never_had_is_erased_too(first: Any, second: Any) -> None:
    draft = desk.story(title="Zanzibarine affair")
    draft.save_revision()
    erase(draft, first, second)
    assert again(draft).revisions.count() == 0
    assert status_of(again(draft)) is StoryStatus.ERASED
    with acting_as(first), pytest.raises(WasErased):
        Release(again(draft), now=LAST).execute()
    assert list(verify(alias="default")) == []


def test_pictures_that_only_this_story_shows_go_with_it(first: Any, second: Any) -> None:
    lead, inside, shared = (desk.picture(title=title) for title in ("Lead", "Inside", "Shared"))
    body = [desk.paragraph(), *(desk.block("picture", {"picture": each.pk}) for each in (inside, shared))]
    story = a_released_story(first, lead_picture=lead, body=body)
    other = a_released_story(first, title="Another", lead_picture=shared)
    with acting_as(first):
        ask_to_erase(story, reference="Order 7", now=LATER)
    with acting_as(second):
        told = " ".join(Erase(again(story), now=LAST).foresee())
        Erase(again(story), now=LAST).execute()
    assert "erased with it: “Lead” and “Inside”" in told
    assert "stay: “Shared”" in told
    assert [state_of(each) for each in (lead, inside, shared)] == [State.ERASED, State.ERASED, State.RELEASED]
    last = Row.objects.order_by("-number").values_list("kind", "act")[:3]
    assert list(last) == [("story", "erase"), ("picture", "erase"), ("picture", "erase")]
    assert state_of(other) is State.RELEASED
    assert list(verify(alias="default")) == []


def test_a_picture_is_erased_though_stories_show_it_and_they_stay(first: Any, second: Any) -> None:
    picture = desk.picture(title="Wombat", credit="Quokka", caption="Numbat")
    picture.tags.add("bandicoot")
    story = a_released_story(first, lead_picture=picture)
    with acting_as(first):
        told = " ".join(Erase(picture, now=NOW).foresee())
    assert story.title in told
    erase(picture, first, second)
    row = again(picture)
    assert (row.title, row.credit, row.caption, row.original_digest) == ("Erased by order", "", "", "")
    assert row.tags.count() == 0
    assert (row.width, row.height) == (1, 1)
    assert row.file.name.endswith("erased-by-order.png")
    assert state_of(story) is State.RELEASED
    assert again(story).lead_picture_id == picture.pk
    with acting_as(first):
        for attempt in (row.save, lambda: Release(again(picture), now=LAST).execute()):
            with pytest.raises(ActRefused):
                attempt()
        draft = again(story)
        draft.title = "Changed"
        draft.live_revision = draft.save_revision()
        with pytest.raises(ActRefused):
            draft.save()


def test_an_original_another_picture_needs_is_not_to_go(first: Any, second: Any) -> None:
    picture, twin, alone = desk.picture(), desk.picture(credit="Somebody else"), desk.picture()
    # Two colours beside each other may be one and the same JPEG, so these say whose file is whose.
    for row, digest in ((picture, "a" * 64), (twin, "a" * 64), (alone, "b" * 64)):
        Picture.objects.filter(pk=row.pk).update(original_digest=digest)
    erase(picture, first, second)
    erase(alone, first, second)
    found = Remnant.objects.filter(kind=Remnant.Kind.ORIGINAL).values_list("name", flat=True)
    assert list(found) == ["b" * 64]


def test_other_rooms_can_let_it_reach_them(first: Any, second: Any) -> None:
    reached: list[str] = []

    def note(row: Any) -> None:
        reached.append(row.title)

    register_reach(note)
    try:
        erase(a_released_story(first, title="Zanzibarine affair"), first, second)
    finally:
        drop_reach(note)
    assert reached == ["Zanzibarine affair"]


def test_a_refused_erasure_leaves_everything_as_it_was(first: Any, second: Any) -> None:
    story = a_released_story(first, title="Bridge opens")
    revisions = story.revisions.count()

    def refuse(_row: Any) -> None:
        raise NotAllowed

    register_reach(refuse)
    try:
        with pytest.raises(NotAllowed):
            erase(story, first, second)
    finally:
        drop_reach(refuse)
    assert (again(story).title, again(story).live, again(story).revisions.count()) == ("Bridge opens", True, revisions)
    assert ErasureRequest.objects.count() == 1
    assert [row.act for row in Row.objects.filter(act=Act.ERASE)] == []
