"""A preview link shows one saved draft to whoever has it, for some days, and nothing else of the desk."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import registry

from broadsheet.desk.actions import Erase, Kill, Release, Restore, Takedown, Withdraw, ask_to_erase
from broadsheet.desk.actions.holding import lift_hold, put_on_hold
from broadsheet.desk.actions.sharing import end_preview, share_preview
from broadsheet.desk.actors import acting_as
from broadsheet.desk.compiling import draft_picture
from broadsheet.desk.errors import NotAllowed, NotReady, WasRemoved
from broadsheet.desk.models import PreviewLink, SectionLimit, Story, StoryByline
from broadsheet.desk.pictures import PictureWords, receive_picture
from broadsheet.desk.subjects import subject_of
from broadsheet.ledger.models import Release as Row
from broadsheet.ledger.pictures import sizes_of
from broadsheet.plain.times import utc_now
from tests.factories import desk
from tests.rooms.desk.driving import press
from tests.rooms.desk.rows import again

if TYPE_CHECKING:
    from django.http import HttpResponse

    from broadsheet.desk.models import Picture
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db


def picture(colour: str = "navy", **fields: Any) -> Picture:
    words = PictureWords(title="Boats", text_locale="en", alt=f"Boats in {colour}", credit="Lan")
    row = receive_picture(
        data=desk.jpeg_bytes(width_px=400, height_px=300, colour=colour), name=f"{colour}.jpg", words=words
    )
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


def saved(newsroom: Newsroom, title: str = "Not out yet", **fields: Any) -> Story:
    """Return a draft of Rita's, saved as the form saves it."""
    story = desk.story(title=title, owner=newsroom.reporter, **fields)
    story.save_revision(user=newsroom.reporter)
    return again(story)


def share(newsroom: Newsroom, story: Story, days: int = 1) -> str:
    """Return the address Rita's link has on the desk's host."""
    with acting_as(newsroom.reporter):
        return reverse("desk_shared_preview", args=[share_preview(again(story), days=days, now=utc_now()).token])


def look(address: str) -> HttpResponse:
    """Follow the link as somebody who was never at the desk."""
    return Client().get(address)


def test_whoever_has_the_link_sees_the_readers_page_of_the_draft(newsroom: Newsroom) -> None:
    answer = look(share(newsroom, saved(newsroom, body=[desk.paragraph("Words nobody has read.")])))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Not out yet" in page
    assert "Words nobody has read." in page
    assert "Harbour Post" in page or "<header" in page


def test_it_shows_the_version_that_was_shared_and_not_what_was_saved_since(newsroom: Newsroom) -> None:
    story = saved(newsroom)
    address = share(newsroom, story)
    press(newsroom.client(newsroom.reporter), story, None, title="Saved since")
    assert "Not out yet" in look(address).content.decode()
    assert "Saved since" not in look(address).content.decode()
    assert "Saved since" in look(share(newsroom, story)).content.decode()


def test_the_page_loads_nothing_runs_nothing_and_is_kept_by_nobody(newsroom: Newsroom) -> None:
    address = share(newsroom, saved(newsroom, title="<script>alert(1)</script>"))
    answer = look(address)
    assert "<script>alert" not in answer.content.decode()
    for each in (answer, look(address[:-2] + "x/")):
        policy = each["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline';")
        assert "'self'" not in policy
        assert "no-store" in each["Cache-Control"]
        assert each["X-Robots-Tag"] == "noindex"
        assert each["Referrer-Policy"] == "no-referrer"
        assert each["X-Frame-Options"] == "DENY"
        assert not each.cookies


def test_pictures_stand_in_the_page_and_no_address_of_the_desk_opens(newsroom: Newsroom) -> None:
    lead, inside = picture(), picture("maroon")
    block = desk.block("picture", {"picture": inside.pk, "caption": "", "alt": ""})
    visitor = Client()
    page = visitor.get(share(newsroom, saved(newsroom, lead_picture=lead, body=[desk.paragraph(), block])))
    html = page.content.decode()
    assert html.count("data:image/jpeg;base64,") >= 2
    assert not re.findall(r"""(?:src|srcset)=["'](?!data:)""", html)
    for row in (lead, inside, picture("green")):
        for path in (sizes_of(draft_picture(row))[0].path, f"/media/{row.file.name}"):
            assert visitor.get(path).status_code == 302, path
    for path in ("/", "/stories/", "/notices/", "/shared/"):
        assert visitor.get(path).status_code in {302, 404}, path


def test_no_other_draft_is_reached_from_it(newsroom: Newsroom) -> None:
    other = saved(newsroom, title="Another secret")
    words = f'See <a linktype="page" id="{other.pk}">what comes next</a>.'
    html = look(share(newsroom, saved(newsroom, body=[desk.paragraph(words)]))).content.decode()
    assert "what comes next" in html
    assert "Another secret" not in html
    assert other.subject_key.hex not in html
    assert settings.WAGTAILADMIN_BASE_URL not in html


@pytest.mark.parametrize("fields", [{"rights_expire_at": utc_now() - timedelta(days=1)}, {}])
def test_a_picture_the_paper_may_not_show_is_left_out(newsroom: Newsroom, fields: dict[str, Any]) -> None:
    row = picture(**fields)
    story = saved(newsroom, lead_picture=row)
    if not fields:
        with acting_as(newsroom.chief):
            Release(row, now=utc_now()).execute()
            Kill(type(row).objects.get(pk=row.pk), now=utc_now(), words="Not ours.").execute()
    html = look(share(newsroom, story)).content.decode()
    assert "Not out yet" in html
    assert "Boats in navy" not in html


def test_what_was_erased_is_in_no_page_a_link_shows(newsroom: Newsroom) -> None:
    row = picture()
    erased, other = saved(newsroom), saved(newsroom, title="Another", lead_picture=row)
    addresses = [share(newsroom, story) for story in (erased, other)]
    assert "<img" in look(addresses[1]).content.decode()
    first, second = (get_user_model().objects.create_superuser(name, f"{name}@example.org") for name in ("ada", "bea"))
    for gone in (erased, row):
        with acting_as(first):
            ask_to_erase(gone, reference="Court, 7", now=utc_now())
        with acting_as(second):
            Erase(gone, now=utc_now()).execute()
    ended, page = (look(address) for address in addresses)
    assert (ended.status_code, page.status_code) == (404, 200)
    assert "<img" not in page.content.decode()


@pytest.mark.parametrize("days", [1, 3, 7])
def test_it_ends_by_itself(newsroom: Newsroom, days: int) -> None:
    moment = utc_now()
    with time_machine.travel(moment, tick=False):
        address = share(newsroom, saved(newsroom), days=days)
    with time_machine.travel(moment + timedelta(days=days, seconds=-1), tick=False):
        assert look(address).status_code == 200
    with time_machine.travel(moment + timedelta(days=days), tick=False):
        assert look(address).status_code == 404


def test_every_link_that_shows_nothing_gives_the_same_answer(newsroom: Newsroom) -> None:
    story = saved(newsroom)
    ended, deleted = share(newsroom, story), share(newsroom, saved(newsroom, title="To be deleted"))
    with acting_as(newsroom.reporter):
        for link in PreviewLink.objects.filter(page=story):
            end_preview(link)
        Story.objects.get(title="To be deleted").delete()
    answers = [look(address) for address in (ended, deleted, reverse("desk_shared_preview", args=["a-guess"]))]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_the_secret_is_long_and_not_kept(newsroom: Newsroom) -> None:
    token = share(newsroom, saved(newsroom)).strip("/").split("/")[-1]
    assert len(token) >= 43
    kept = str(PreviewLink.objects.values().get()) + str(registry.get_logs_for_instance(Story.objects.get()).values())
    assert token not in kept


def test_a_link_ends_with_the_rights_of_whoever_made_it(newsroom: Newsroom) -> None:
    story = saved(newsroom)
    address = share(newsroom, story)
    limit = SectionLimit.objects.create(user=newsroom.reporter, section_key="arts")
    assert look(address).status_code == 404
    limit.delete()
    assert look(address).status_code == 200
    newsroom.reporter.is_active = False
    newsroom.reporter.save()
    assert look(address).status_code == 404


def test_a_link_ends_when_whoever_made_it_only_inspects_from_now_on(newsroom: Newsroom) -> None:
    address = share(newsroom, saved(newsroom))
    newsroom.reporter.groups.add(newsroom.inspector.groups.get())
    assert look(address).status_code == 404


def test_under_legal_hold_nothing_is_shared_and_no_link_shows_anything(newsroom: Newsroom) -> None:
    story = saved(newsroom)
    address = share(newsroom, story)
    with acting_as(newsroom.chief):
        put_on_hold(again(story), reason="The lawyers read it first.")
        with pytest.raises(NotReady, match="The lawyers read it first"):
            share_preview(again(story), days=1, now=utc_now())
        assert look(address).status_code == 404
        lift_hold(again(story))
    assert look(address).status_code == 200


def test_what_was_killed_or_taken_down_is_not_shared_until_it_is_restored(newsroom: Newsroom) -> None:
    for act in (
        lambda row: Kill(row, now=utc_now(), words="Not so."),
        lambda row: Takedown(row, now=utc_now(), reference="Court, 7"),
    ):
        story = saved(newsroom)
        with acting_as(newsroom.chief):
            Release(again(story), now=utc_now()).execute()
            address = share(newsroom, story)
            act(again(story)).execute()
            assert look(address).status_code == 404
            with pytest.raises(WasRemoved):
                share_preview(again(story), days=1, now=utc_now())
    killed = Story.objects.get(removed_by="kill")
    number = Row.objects.filter(subject=subject_of(killed).urn).earliest("number").number
    with acting_as(newsroom.chief):
        Restore(killed, now=utc_now(), number=number).execute()
        Withdraw(again(killed), now=utc_now()).execute()
        share_preview(again(killed), days=1, now=utc_now())


def test_only_who_may_edit_the_story_makes_and_ends_links(newsroom: Newsroom) -> None:
    story = desk.story(owner=newsroom.chief)
    with acting_as(newsroom.reporter), pytest.raises(NotAllowed):
        share_preview(story, days=1, now=utc_now())
    with acting_as("system:clock"), pytest.raises(NotAllowed):
        share_preview(story, days=1, now=utc_now())
    with acting_as(newsroom.editor):
        link = share_preview(story, days=1, now=utc_now()).link
    with acting_as(newsroom.reporter), pytest.raises(NotAllowed):
        end_preview(link)
    screen = reverse("desk_share", args=[story.pk])
    reporter = newsroom.client(newsroom.reporter)
    assert reporter.get(screen).status_code in {302, 403}
    reporter.post(screen, {"days": "1"})
    reporter.post(screen, {"end": str(link.pk)})
    assert PreviewLink.objects.get() == link


def test_a_link_lives_no_longer_than_a_week(newsroom: Newsroom) -> None:
    with acting_as(newsroom.reporter), pytest.raises(NotReady):
        share_preview(saved(newsroom), days=365, now=utc_now())


def test_at_the_desk_a_link_is_made_shown_once_listed_logged_and_ended(newsroom: Newsroom) -> None:
    story = saved(newsroom)
    reporter = newsroom.client(newsroom.reporter)
    screen = reverse("desk_share", args=[story.pk])
    assert screen in reporter.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    made = reporter.post(screen, {"days": "3"})
    address = re.search(r'value="http://127\.0\.0\.1:8001(/shared/[^"]+)"', made.content.decode())
    assert address
    assert "no-store" in made["Cache-Control"]
    assert look(address[1]).status_code == 200
    shown = reporter.get(screen).content.decode()
    assert "Links that work now" in shown
    assert "/shared/" not in shown
    reporter.post(screen, {"end": str(PreviewLink.objects.get().pk)})
    assert look(address[1]).status_code == 404
    logged = registry.get_logs_for_instance(story).values_list("action", "user__username")
    assert {("broadsheet.preview_shared", "rita"), ("broadsheet.preview_ended", "rita")} <= set(logged)


def test_one_storys_screen_ends_no_other_storys_link(newsroom: Newsroom) -> None:
    one, other = saved(newsroom, title="One"), saved(newsroom, title="Other")
    share(newsroom, other)
    screen = reverse("desk_share", args=[one.pk])
    newsroom.client(newsroom.reporter).post(screen, {"end": str(PreviewLink.objects.get().pk)})
    assert PreviewLink.objects.get().page_id == other.pk


def test_what_is_over_is_cleared_away_with_the_next_link(newsroom: Newsroom) -> None:
    story = saved(newsroom)
    share(newsroom, story)
    with time_machine.travel(utc_now() + timedelta(days=2)):
        share(newsroom, story)
    assert PreviewLink.objects.count() == 1


def test_a_picture_and_a_byline_deleted_since_leave_the_page_without_them(newsroom: Newsroom) -> None:
    row, lan = picture(), desk.byline(name="Lan Nguyễn")
    story = saved(newsroom, lead_picture=row, bylines=[(lan, "")])
    address = share(newsroom, story)
    assert "Lan Nguyễn" in look(address).content.decode()
    press(newsroom.client(newsroom.reporter), again(story), None)
    StoryByline.objects.filter(story=story).delete()
    with acting_as(newsroom.chief):
        type(row).objects.get(pk=row.pk).delete()
        type(lan).objects.get(pk=lan.pk).delete()
    page = look(address)
    assert page.status_code == 200
    assert "Lan Nguyễn" not in page.content.decode()


def test_an_inspector_at_the_desk_follows_a_link_as_anybody_would(newsroom: Newsroom) -> None:
    assert newsroom.client(newsroom.inspector).get(share(newsroom, saved(newsroom))).status_code == 200
