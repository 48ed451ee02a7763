"""Standing pages and bylines erased by order: what is left of them, of what shows them, and that nothing else went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from broadsheet.desk.actions import (
    Correct,
    Erase,
    Kill,
    Release,
    Restore,
    Takedown,
    Update,
    Withdraw,
    ask_to_erase,
    make_appointment,
)
from broadsheet.desk.actions.holding import put_on_hold
from broadsheet.desk.actions.sharing import share_preview
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import ActRefused, NotAllowed, WasErased, WayClosed
from broadsheet.desk.models import Byline, CorrectionNote, DeskNotice, PreviewLink, StandingPage, Story
from broadsheet.desk.screens.addresses import form_address, screen_address
from broadsheet.desk.status import StoryStatus, status_of
from broadsheet.ledger.erasing import erasures
from broadsheet.ledger.models import LedgerDocument
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.values import Act, State
from broadsheet.ledger.verifying import verify
from tests.factories import desk
from tests.rooms.desk.driving import press, told
from tests.rooms.desk.erasing_hands import LAST, LATER, NOW, erase
from tests.rooms.desk.rows import again, standing

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db


def released(row: Any, who: Any) -> Any:
    with acting_as(who):
        if hasattr(row, "save_revision"):
            row.save_revision()
        Release(again(row), now=NOW).execute()
    return again(row)


def foreseen(row: Any, who: Any) -> str:
    with acting_as(who):
        return " ".join(Erase(again(row), now=LATER).foresee())


def in_the_ledger() -> str:
    return "".join(bytes(data).decode() for data in LedgerDocument.objects.values_list("bytes", flat=True))


# Standing pages


def test_an_erased_page_is_an_empty_row_with_its_old_address(newsroom: Newsroom, first: Any, second: Any) -> None:
    page = released(desk.standing_page(title="Zanzibarine imprint", standfirst="Wombats", owner=newsroom.editor), first)
    with acting_as(first):
        Correct(again(page), now=NOW, words="Quokka.").execute()
        share_preview(again(page), days=7, now=NOW)
        Kill(again(page), now=NOW, words="Numbat.").execute()
    assert DeskNotice.objects.filter(page=page).exists()
    erase(page, first, second)
    row = again(page)
    assert (row.title, row.draft_title, row.standfirst, len(row.body)) == ("Erased by order", "Erased by order", "", 0)
    assert (row.live, row.removed_by, row.url_slug, row.purpose) == (False, "erase", page.url_slug, "other")
    assert (row.revisions.count(), row.latest_revision, status_of(row)) == (0, None, StoryStatus.ERASED)
    assert not any(model.objects.filter(page=page).exists() for model in (CorrectionNote, DeskNotice, PreviewLink))
    assert standing(page).state is State.ERASED
    (erasure,) = erasures()
    assert (erasure.document.slug, erasure.document.address, len(erasure.document.erased)) == (page.url_slug, None, 3)
    for word in ("Zanzibarine", "Wombats", "Quokka", "Numbat"):
        assert word not in in_the_ledger()
    assert list(verify(alias="default")) == []


def test_nothing_can_be_done_with_an_erased_page_any_more(first: Any, second: Any) -> None:
    page = released(desk.standing_page(), first)
    version, opened = standing(page).number, again(page).get_latest_revision_as_object()
    erase(page, first, second)
    rows = Row.objects.count()
    with acting_as(second):
        for act in (
            Release(again(page), now=LAST),
            Update(again(page), now=LAST),
            Correct(again(page), now=LAST, words="It was wrong."),
            Withdraw(again(page), now=LAST),
            Kill(again(page), now=LAST, words="It was wrong."),
            Takedown(again(page), now=LAST, reference="Order 8"),
            Restore(again(page), now=LAST, number=version),
            Erase(again(page), now=LAST),
        ):
            with pytest.raises(WasErased, match="erased by order"):
                act.execute()
        for attempt in (
            lambda: put_on_hold(again(page), reason="Why"),
            lambda: make_appointment(again(page), act=Act.RELEASE, due_at=LAST, text_seen=None, now=NOW),
            lambda: ask_to_erase(again(page), reference="Order 8", now=LAST),
        ):
            with pytest.raises(WasErased):
                attempt()
        with pytest.raises(NotAllowed):
            share_preview(again(page), days=1, now=LAST)
        for save in (opened.save, lambda: again(page).save(), again(page).delete):
            with pytest.raises(ActRefused), transaction.atomic():
                save()
    assert (Row.objects.count(), again(page).title) == (rows, "Erased by order")


def test_a_draft_of_a_page_is_erased_too_and_its_form_and_lists_say_so(
    newsroom: Newsroom, first: Any, second: Any
) -> None:
    draft = desk.standing_page(title="Zanzibarine imprint", url_slug="zanzibarine")
    draft.save_revision()
    erase(draft, first, second)
    assert (again(draft).url_slug, status_of(again(draft))) == ("", StoryStatus.ERASED)
    client = newsroom.client(newsroom.chief)
    assert "erased by order" in told(client.get(form_address(draft)))
    press(client, draft, "action-publish", title="Zanzibarine imprint")
    assert again(draft).title == "Erased by order"
    shown = client.get("/standing-pages/").content.decode()
    assert "Erased" in shown
    assert "Zanzibarine" not in shown
    client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert StandingPage.objects.filter(pk=draft.pk).exists()


def test_pictures_that_only_this_page_shows_go_with_it_and_no_others(first: Any, second: Any) -> None:
    alone, with_page, with_story = (desk.picture(title=title) for title in ("Alone", "With a page", "With a story"))

    def body(*pictures: Any) -> list[Any]:
        return [desk.paragraph(), *(desk.block("picture", {"picture": each.pk}) for each in pictures)]

    page = released(desk.standing_page(body=body(alone, with_page, with_story)), first)
    other = released(desk.standing_page(title="Contact", body=body(with_page)), first)
    story = released(desk.story(lead_picture=with_story), first)
    told_before = foreseen(page, first)
    assert "erased with it: “Alone”." in told_before
    assert "stay: “With a page” and “With a story”." in told_before
    assert "It leaves the foot of every page" in told_before
    erase(page, first, second)
    states = [standing(each).state for each in (alone, with_page, with_story, other, story)]
    assert states == [State.ERASED, *[State.RELEASED] * 4]
    assert list(verify(alias="default")) == []


def test_a_story_s_pictures_stay_where_a_standing_page_shows_them(first: Any, second: Any) -> None:
    shared = desk.picture(title="Shared")
    story = released(desk.story(lead_picture=shared), first)
    block = desk.block("picture", {"picture": shared.pk})
    released(desk.standing_page(title="About us", body=[desk.paragraph(), block]), first)
    assert "“About us”" in foreseen(shared, first)
    erase(story, first, second)
    assert standing(shared).state is State.RELEASED


def test_two_administrators_erase_a_page_on_its_screen(newsroom: Newsroom, first: Any, second: Any) -> None:
    page = released(desk.standing_page(title="Zanzibarine imprint"), first)
    screen = screen_address(page, Act.ERASE)
    one, other = newsroom.client(first), newsroom.client(second)
    assert screen in one.get(form_address(page)).content.decode()
    assert screen not in newsroom.client(newsroom.chief).get(form_address(page)).content.decode()
    assert newsroom.client(newsroom.chief).get(screen).status_code in {302, 403}
    assert "zanzibarine-imprint" in one.get(screen).content.decode()
    assert "once another administrator agrees" in told(one.post(screen, {"ask": "ask", "reference": "Order 7"}))
    assert "yourself" in told(one.post(screen, {"agree": "agree", "agreed": "on"}))
    assert "The page is erased." in told(other.post(screen, {"agree": "agree", "agreed": "on"}))
    assert standing(page).state is State.ERASED


# Bylines


def signed(person: Byline, who: Any, **fields: Any) -> Story:
    return released(desk.story(bylines=[(person, "")], **fields), who)


def test_an_erased_byline_is_an_empty_row_and_no_other_document_went(first: Any, second: Any) -> None:
    person = desk.byline(name="Zanzibarine Nguyễn", key="zanzibarine", names={"vi": "Nguyễn Wombat"})
    story = signed(person, first, title="Ferry costs")
    row = Story.objects.get(pk=story.pk)
    documents = {*Row.objects.filter(kind="story").values_list("document_digest", flat=True)}
    before = {*LedgerDocument.objects.values_list("digest", flat=True)}
    erase(person, first, second)
    left = again(person)
    assert (left.name, left.key, left.names.count(), left.is_erased) == (
        "Erased by order",
        person.subject_key.hex,
        0,
        True,
    )
    (erasure,) = erasures()
    assert before - {*LedgerDocument.objects.values_list("digest", flat=True)} == {*erasure.document.erased}
    assert documents <= {*LedgerDocument.objects.values_list("digest", flat=True)}
    assert "Wombat" not in in_the_ledger()
    assert (standing(person).state, standing(story).state) == (State.ERASED, State.RELEASED)
    assert standing(story).document.bylines[0].name == "Zanzibarine Nguyễn", "what was printed is what was printed"
    assert row.live
    assert list(verify(alias="default")) == []


def test_its_stories_stay_and_their_next_versions_are_signed_by_the_others(first: Any, second: Any) -> None:
    person, other = desk.byline(name="Zanzibarine Nguyễn"), desk.byline(name="Lan")
    story = released(desk.story(bylines=[(person, ""), (other, "")], title="Ferry costs"), first)
    words = foreseen(person, first)
    assert "It is taken off “Ferry costs”" in words
    assert "inspectors read it" in words
    version = standing(story).number
    draft = again(story).get_latest_revision_as_object()
    erase(person, first, second)
    assert [use.byline_id for use in again(story).bylines.all()] == [other.pk]
    with acting_as(first):
        draft.title = "Ferry costs more"
        draft.save_revision().publish()
        assert [use.name for use in standing(story).document.bylines] == ["Lan"]
        Restore(again(story), now=LAST, number=version).execute()
        assert [use.name for use in standing(story).document.bylines] == ["Lan"]
        fresh = desk.story(title="Another", bylines=[(again(person), "")])
        Release(fresh, now=LAST).execute()
    assert standing(fresh).document.bylines == ()


def test_what_goes_with_a_byline_is_foreseen_as_fast_for_many_stories(
    first: Any, django_assert_max_num_queries: Any
) -> None:
    person = desk.byline(name="Zanzibarine Nguyễn")
    for number in range(7):
        signed(person, first, title=f"Ferry {number}")
    with CaptureQueriesContext(connection) as few:
        assert "“Ferry 2” and 2 more" in foreseen(person, first)
    for number in range(7, 14):
        signed(person, first, title=f"Ferry {number}")
    with django_assert_max_num_queries(len(few)):
        assert "“Ferry 9” and 9 more" in foreseen(person, first)


def test_nothing_can_be_done_with_an_erased_byline_and_a_namesake_is_somebody_else(first: Any, second: Any) -> None:
    person = desk.byline(name="Zanzibarine Nguyễn", key="zanzibarine")
    released(person, first)
    version = standing(person).number
    opened = again(person)
    erase(person, first, second)
    with acting_as(second):
        for act in (
            Release(again(person), now=LAST),
            Update(again(person), now=LAST),
            Withdraw(again(person), now=LAST),
            Restore(again(person), now=LAST, number=version),
            Erase(again(person), now=LAST),
        ):
            with pytest.raises(WasErased, match="This byline was erased by order"):
                act.execute()
        opened.name = "Zanzibarine Nguyễn"
        for attempt in (opened.save, again(person).delete):
            with pytest.raises(ActRefused), transaction.atomic():
                attempt()
        assert again(person).name == "Erased by order"
        desk.byline(name="Zanzibarine Nguyễn", key="zanzibarine")


def test_two_administrators_erase_a_byline_on_its_screen(newsroom: Newsroom, first: Any, second: Any) -> None:
    person = released(desk.byline(name="Zanzibarine Nguyễn"), first)
    screen, form = screen_address(person, Act.ERASE), form_address(person)
    one, other = newsroom.client(first), newsroom.client(second)
    assert screen in one.get(form).content.decode()
    assert screen not in newsroom.client(newsroom.chief).get(form).content.decode()
    assert "names in other languages" in one.get(screen).content.decode()
    assert "once another administrator agrees" in told(one.post(screen, {"ask": "ask", "reference": "Order 7"}))
    assert "The byline is erased." in told(other.post(screen, {"agree": "agree", "agreed": "on"}))
    shown = other.get(form).content.decode()
    assert screen not in shown
    assert "Zanzibarine" not in shown
    assert "Zanzibarine" not in other.get(reverse("wagtailsnippets_desk_byline:list")).content.decode()
    data = {"name": "Zanzibarine", "key": "", "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    assert "erased by order" in told(one.post(form, data))
    assert again(person).name == "Erased by order"


def test_sections_and_navigations_are_not_erased(first: Any) -> None:
    navigation = desk.navigation(menu=[("sections", None)])
    with acting_as(first):
        navigation.save()
        for row in (desk.section(), navigation):
            with pytest.raises(WayClosed, match="no story, standing page, picture, byline or topic"):
                ask_to_erase(row, reference="Order 7", now=NOW)
