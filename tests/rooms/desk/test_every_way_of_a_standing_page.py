"""Every way Wagtail has to change a standing page ends in an act, or is closed; as for stories (decision 0012)."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, Revision

from broadsheet.desk.actions import Erase, Release, Restore, ask_to_erase
from broadsheet.desk.actions.holding import put_on_hold
from broadsheet.desk.actors import acting_as
from broadsheet.desk.errors import ActRefused, NobodyActs, NotAllowed, WayClosed
from broadsheet.desk.models import SectionLimit, StandingPage
from broadsheet.desk.queries import live_without_release, released_without_live
from broadsheet.ledger.queries import LedgerReader
from broadsheet.ledger.values import PageDocument
from broadsheet.plain.locales import Locale
from broadsheet.plain.urns import make_urn
from tests.factories import desk
from tests.rooms.desk.driving import (
    WAYS_TO_DELETE,
    approve,
    bulk,
    create_page,
    delete_in_vain,
    page_fields,
    press,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.fixture
def said(acts: Any) -> Any:
    """Tells which acts the ledger holds of standing pages."""
    return lambda: acts("page")


@pytest.fixture(autouse=True)
def _desk_and_ledger_agree_afterwards(newsroom: Newsroom) -> Iterator[None]:
    """Whatever a test did: what is live at the desk is what readers have."""
    assert newsroom
    yield
    assert list(live_without_release()) == []
    assert list(released_without_live()) == []


def released(newsroom: Newsroom, title: str = "About us", **fields: Any) -> StandingPage:
    with acting_as(newsroom.chief):
        page = desk.standing_page(title=title, **fields)
        page.save_revision(user=newsroom.chief)
        Release(page, now=NOW).execute()
    return StandingPage.objects.get(pk=page.pk)


# Publishing


def test_create_and_publish_then_edit_and_revert(chief: Client, said: Any) -> None:
    assert "“About us” is released" in told(create_page(chief, "action-publish"))
    page = StandingPage.objects.get()
    assert (page.live, page.url_slug, said()) == (True, "about-us", ["release"])
    first = page.latest_revision
    press(chief, page, None, title="A draft")
    assert said() == ["release"]
    press(chief, page, "action-publish", title="Who we are")
    press(chief, page, "action-publish", revision=str(first.pk))
    assert said() == ["release", "update", "update"]
    standing = LedgerReader().current(make_urn("page", page.subject_key.hex), Locale("en"))
    assert standing is not None
    assert isinstance(standing.document, PageDocument)
    assert (standing.document.title, standing.document.slug) == ("About us", "about-us")


def test_create_as_draft_and_a_row_that_says_it_is_live_is_one(chief: Client, said: Any) -> None:
    create_page(chief, None)
    home = desk.paper_home()
    home.add_child(instance=StandingPage(title="Sly", locale=home.locale, live=True))
    assert set(StandingPage.objects.values_list("live", flat=True)) == {False}
    assert said() == []


def test_approval_in_two_steps(newsroom: Newsroom, said: Any) -> None:
    create_page(newsroom.client(newsroom.editor), "action-submit")
    approve(newsroom.client(newsroom.editor), StandingPage.objects.get())
    assert said() == []
    approve(newsroom.client(newsroom.chief), StandingPage.objects.get())
    assert said() == ["release"]


def test_bulk_publish_and_unpublish(newsroom: Newsroom, chief: Client, said: Any) -> None:
    with acting_as(newsroom.chief):
        for title in ("One", "Two"):
            desk.standing_page(title=title).save_revision(user=newsroom.chief)
    bulk(chief, "publish", StandingPage.objects.all())
    assert said() == ["release"] * 2
    bulk(chief, "unpublish", StandingPage.objects.all())
    assert said() == ["release"] * 2 + ["withdraw"] * 2


def test_ways_in_code(said: Any) -> None:
    with acting_as("system:test"):
        page = desk.standing_page()
        page.save_revision().publish()
        StandingPage.objects.get(pk=page.pk).unpublish()
        plain = Page.objects.get(pk=page.pk)
        plain.live = True
        plain.save()
        row = StandingPage.objects.get(pk=page.pk)
        row.standfirst = "Who makes it."
        row.save()
        row.save()
    assert said() == ["release", "withdraw", "release", "update"]


def test_nobody_named_means_nothing_done(said: Any) -> None:
    page = desk.standing_page()
    page.live = True
    with pytest.raises(NobodyActs):
        page.save()
    assert (StandingPage.objects.get().live, said()) == (False, [])


# Going away


def test_withdrawn_by_the_view_and_released_again_at_the_same_address(
    newsroom: Newsroom, chief: Client, said: Any
) -> None:
    page = released(newsroom)
    assert "withdrawn" in told(chief.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])))
    press(chief, page, "action-publish", title="Who we are", url_slug="other")
    assert said() == ["release", "withdraw", "release"]
    assert StandingPage.objects.get().url_slug == "about-us"


@pytest.mark.parametrize("way", WAYS_TO_DELETE)
def test_released_page_is_never_deleted(newsroom: Newsroom, said: Any, way: str) -> None:
    page = released(newsroom)
    delete_in_vain(newsroom, page, way)
    assert StandingPage.objects.get(pk=page.pk).live
    assert said() == ["release"]


def test_draft_is_deleted_and_a_withdrawn_page_is_not(newsroom: Newsroom, chief: Client) -> None:
    draft = desk.standing_page(title="Draft")
    chief.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert not StandingPage.objects.filter(pk=draft.pk).exists()
    page = released(newsroom)
    chief.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    chief.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert StandingPage.objects.filter(pk=page.pk).exists()


# Moving and copying


@pytest.mark.parametrize("way", ["view", "bulk", "code"])
def test_a_page_stays_in_its_language(newsroom: Newsroom, chief: Client, said: Any, way: str) -> None:
    page, other = released(newsroom), desk.paper_home(locale="vi")
    if way == "view":
        chief.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk]))
    elif way == "bulk":
        bulk(chief, "move", [page], chooser=other.pk)
    else:
        with acting_as(newsroom.chief), pytest.raises(WayClosed, match="its language"), transaction.atomic():
            page.move(other, pos="last-child")
    assert StandingPage.objects.get().get_parent().locale.language_code == "en"
    assert said() == ["release"]


def test_the_copy_screen_is_closed_and_a_copy_in_code_is_a_new_draft(
    newsroom: Newsroom, chief: Client, said: Any
) -> None:
    page = released(newsroom)
    data = {"new_title": "C", "new_slug": "c", "new_parent_page": page.get_parent().pk, "publish_copies": "on"}
    chief.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    chief.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), {**data, "alias": "on"})
    assert StandingPage.objects.count() == 1
    with acting_as(newsroom.chief):
        page.copy(update_attrs={"slug": "copy"}, keep_live=True)
    copy = StandingPage.objects.exclude(pk=page.pk).get()
    assert (copy.live, copy.first_released_at, copy.url_slug, said()) == (False, None, "", ["release"])
    assert copy.subject_key != page.subject_key


def test_alias_is_refused(newsroom: Newsroom, said: Any) -> None:
    page = released(newsroom)
    with acting_as(newsroom.chief), pytest.raises(WayClosed, match="alias"):
        CreatePageAliasAction(page, update_slug="copy").execute()
    assert (StandingPage.objects.count(), said()) == (1, ["release"])


# By the clock


def test_wagtails_own_times_are_closed(newsroom: Newsroom, said: Any) -> None:
    page = desk.standing_page()
    page.go_live_at = NOW + timedelta(days=400)
    with acting_as(newsroom.chief), pytest.raises(WayClosed, match="clock"):
        page.save()
    revision = StandingPage.objects.get().save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=NOW - timedelta(days=4000))
    with pytest.raises(ActRefused):
        call_command("publish_scheduled")
    assert said() == []


# Held back, and erased

WAYS = ("view", "bulk", "revision", "row", "plain page", "approval")


def publish_by(way: str, newsroom: Newsroom, page: StandingPage) -> None:
    """Try to let readers have the page's newest draft on that way; a refusal in code is let go."""
    chief = newsroom.client(newsroom.chief)
    if way == "view":
        press(chief, page, "action-publish", title="Changed")
    elif way == "bulk":
        bulk(chief, "publish", [page])
    elif way == "approval":
        press(newsroom.client(newsroom.editor), page, "action-submit", title="Changed")
        for user in (newsroom.editor, newsroom.chief):
            row = StandingPage.objects.get(pk=page.pk)
            if row.current_workflow_task_state is not None:
                approve(newsroom.client(user), row)
    else:
        with acting_as(newsroom.chief), suppress(ActRefused), transaction.atomic():
            row = Page.objects.get(pk=page.pk) if way == "plain page" else StandingPage.objects.get(pk=page.pk)
            if way == "revision":
                row.title = "Changed"
                row.save_revision().publish()
            else:
                row.live, row.title = True, "Changed"
                row.save()


@pytest.mark.parametrize("is_out", [False, True], ids=["draft", "released"])
@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_past_a_legal_hold(newsroom: Newsroom, said: Any, way: str, is_out: bool) -> None:  # noqa: FBT001 - a parameter of the test
    page = released(newsroom) if is_out else desk.standing_page()
    with acting_as(newsroom.chief):
        page.save_revision(user=newsroom.chief)
        put_on_hold(StandingPage.objects.get(pk=page.pk), reason="Sued.")
    before = said()
    publish_by(way, newsroom, page)
    row = StandingPage.objects.get(pk=page.pk)
    assert (said(), row.live, row.legal_hold) == (before, is_out, "Sued.")


@pytest.mark.parametrize("way", WAYS)
def test_no_way_brings_back_what_was_erased(newsroom: Newsroom, said: Any, way: str) -> None:
    page = released(newsroom)
    make = get_user_model().objects.create_superuser
    with acting_as(make("ada", "ada@example.org", "secret")):
        ask_to_erase(page, reference="Order 7", now=NOW)
    with acting_as(make("bea", "bea@example.org", "secret")):
        Erase(StandingPage.objects.get(pk=page.pk), now=NOW).execute()
    publish_by(way, newsroom, page)
    row = StandingPage.objects.get(pk=page.pk)
    assert (said(), row.live, row.title) == (["release", "erase"], False, "Erased by order")


# Restoring


def test_an_earlier_version_comes_back_and_the_row_with_it(newsroom: Newsroom, said: Any) -> None:
    other, boats = released(newsroom, "Contact"), desk.picture()
    body = [
        {"type": "paragraph", "value": f'<p>See <a linktype="page" id="{other.pk}">contact</a>.</p>', "id": "a"},
        desk.block("picture", {"picture": boats.pk, "caption": "Boats", "alt": "Three boats"}),
    ]
    page = released(newsroom, body=body, purpose="about")
    urn = make_urn("page", page.subject_key.hex)
    first = LedgerReader().current(urn, Locale("en"))
    assert first is not None
    with acting_as(newsroom.chief):
        page.title, page.body, page.purpose = "Other", [("paragraph", "<p>Other words.</p>")], "other"
        page.save()
        Restore(StandingPage.objects.get(pk=page.pk), now=NOW, number=first.number).execute()
        back = LedgerReader().current(urn, Locale("en"))
        assert back is not None
        assert back.document == first.document
        row = StandingPage.objects.get(pk=page.pk)
        row.save()
    assert (row.title, row.purpose) == ("About us", "about")
    assert said() == ["release", "release", "update", "restore"]


# Who may


@pytest.mark.parametrize(("who", "may_make", "may_release"), [("reporter", 0, 0), ("editor", 1, 0), ("chief", 1, 1)])
def test_editors_write_standing_pages_and_chief_editors_release_them(
    newsroom: Newsroom, said: Any, who: str, may_make: int, may_release: int
) -> None:
    user = getattr(newsroom, who)
    create_page(newsroom.client(user), "action-publish")
    assert (StandingPage.objects.count(), len(said())) == (may_make, may_release)
    ready = desk.standing_page(title="Ready")
    press(newsroom.client(user), ready, None, title="Changed")
    assert StandingPage.objects.get(pk=ready.pk).get_latest_revision_as_object().title == (
        "Changed" if may_make else "Ready"
    )
    if not may_release:
        with acting_as(user), pytest.raises(NotAllowed):
            Release(ready, now=NOW).execute()


def test_whoever_is_limited_to_sections_does_nothing_to_a_standing_page(newsroom: Newsroom, said: Any) -> None:
    page, draft = released(newsroom), desk.standing_page(title="Draft")
    SectionLimit.objects.create(user=newsroom.chief, section_key="politics")
    chief = newsroom.client(newsroom.chief)
    create_page(chief, None, title="New")
    for wish in ("edit", "unpublish", "delete"):
        url = reverse(f"wagtailadmin_pages:{wish}", args=[page.pk])
        assert chief.get(url).status_code == 302
        chief.post(url, page_fields(title="Sly"))
    bulk(chief, "unpublish", [page])
    bulk(chief, "delete", [draft])
    assert (StandingPage.objects.count(), said()) == (2, ["release"])
    user = type(newsroom.chief).objects.get(pk=newsroom.chief.pk)
    with acting_as(user), pytest.raises(NotAllowed):
        Release(draft, now=NOW).execute()
    with acting_as(user), pytest.raises(NotAllowed), transaction.atomic():
        draft.delete()
    assert reverse("desk_navigations") not in chief.get(reverse("wagtailadmin_home")).content.decode()


def test_editors_are_offered_standing_pages_and_no_sections_to_make(newsroom: Newsroom) -> None:
    editor, home = newsroom.client(newsroom.editor), desk.paper_home()
    for model, answer in (("standingpage", 200), ("section", 302)):
        assert editor.get(reverse("wagtailadmin_pages:add", args=["desk", model, home.pk])).status_code == answer
